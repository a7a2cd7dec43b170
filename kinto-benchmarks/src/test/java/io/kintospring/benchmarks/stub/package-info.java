/**
 * Tests for the stub server.
 */
@NullMarked
package io.kintospring.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
