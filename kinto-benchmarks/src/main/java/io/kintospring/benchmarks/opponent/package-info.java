/**
 * The clients that are compared, behind one interface.
 */
@NullMarked
package io.kintospring.benchmarks.opponent;

import org.jspecify.annotations.NullMarked;
