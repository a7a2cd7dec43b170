/**
 * Test support: an embedded server for tests, and a slice of an application that has
 * Kinto only.
 */
@NullMarked
package io.kintospring.boot.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
