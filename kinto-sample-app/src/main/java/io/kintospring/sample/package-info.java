/**
 * Sample blog that stores its posts in Kinto.
 */
@NullMarked
package io.kintospring.sample;

import org.jspecify.annotations.NullMarked;
