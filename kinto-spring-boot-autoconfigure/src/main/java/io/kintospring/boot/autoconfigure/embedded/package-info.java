/**
 * Auto-configuration for an embedded Kinto server for development and tests.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.embedded;

import org.jspecify.annotations.NullMarked;
