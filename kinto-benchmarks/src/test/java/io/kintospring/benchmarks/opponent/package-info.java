/**
 * Tests for the opponents.
 */
@NullMarked
package io.kintospring.benchmarks.opponent;

import org.jspecify.annotations.NullMarked;
