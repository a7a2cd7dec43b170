/**
 * Auto-configuration for the Kinto info contributor.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.info;

import org.jspecify.annotations.NullMarked;
