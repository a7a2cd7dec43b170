/**
 * A small blog whose posts live in Kinto.
 */
@NullMarked
package io.kintospring.sample;

import org.jspecify.annotations.NullMarked;
