/**
 * Support for tests with an embedded Kinto server, and a test slice for Kinto components.
 */
@NullMarked
package io.kintospring.boot.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
