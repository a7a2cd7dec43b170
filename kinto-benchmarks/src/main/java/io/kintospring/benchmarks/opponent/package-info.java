/**
 * Clients to compare, with a common interface.
 */
@NullMarked
package io.kintospring.benchmarks.opponent;

import org.jspecify.annotations.NullMarked;
