/**
 * All opponents do the same.
 */
@NullMarked
package io.kintospring.benchmarks.opponent;

import org.jspecify.annotations.NullMarked;
