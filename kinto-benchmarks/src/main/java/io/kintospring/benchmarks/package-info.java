/**
 * Runs the workloads against all opponents, round by round, and tells the results.
 */
@NullMarked
package io.kintospring.benchmarks;

import org.jspecify.annotations.NullMarked;
