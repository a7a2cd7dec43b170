/**
 * What reading and writing JSON costs, without a network.
 */
@NullMarked
package io.kintospring.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
