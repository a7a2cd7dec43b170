/**
 * Runner and report of the benchmarks.
 */
@NullMarked
package io.kintospring.benchmarks;

import org.jspecify.annotations.NullMarked;
