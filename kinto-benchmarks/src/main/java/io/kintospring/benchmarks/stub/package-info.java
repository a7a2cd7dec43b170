/**
 * Stub of a Kinto server with minimal overhead.
 */
@NullMarked
package io.kintospring.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
