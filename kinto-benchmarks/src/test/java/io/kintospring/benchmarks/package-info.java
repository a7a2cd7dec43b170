/**
 * What the benchmarks rest on is right, and the client allocates no more than it did.
 */
@NullMarked
package io.kintospring.benchmarks;

import org.jspecify.annotations.NullMarked;
