/**
 * Tests for the benchmarks, and for the allocation of the client.
 */
@NullMarked
package io.kintospring.benchmarks;

import org.jspecify.annotations.NullMarked;
