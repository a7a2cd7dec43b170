/**
 * The stub answers as Kinto does.
 */
@NullMarked
package io.kintospring.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
