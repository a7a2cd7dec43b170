/**
 * An in-memory Kinto server for development and tests.
 */
@NullMarked
package io.kintospring.embedded;

import org.jspecify.annotations.NullMarked;
