/**
 * Benchmarks of reading and writing JSON without a network.
 */
@NullMarked
package io.kintospring.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
