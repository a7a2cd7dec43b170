/**
 * Values, options and exceptions that applications use.
 */
@NullMarked
package io.kintospring;

import org.jspecify.annotations.NullMarked;
