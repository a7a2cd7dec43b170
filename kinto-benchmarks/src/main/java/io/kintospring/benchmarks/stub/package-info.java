/**
 * A server that costs next to nothing: it answers as Kinto does, from prepared bytes.
 */
@NullMarked
package io.kintospring.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
