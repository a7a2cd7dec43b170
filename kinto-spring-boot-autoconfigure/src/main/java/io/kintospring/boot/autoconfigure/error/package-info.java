/**
 * Auto-configuration of mappings of Kinto's exceptions.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.error;

import org.jspecify.annotations.NullMarked;
