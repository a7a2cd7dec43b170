/**
 * Auto-configuration of an embedded server for development and tests.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.embedded;

import org.jspecify.annotations.NullMarked;
