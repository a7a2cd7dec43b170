/**
 * The words of Kinto: values, options and exceptions that users import.
 */
@NullMarked
package io.kintospring;

import org.jspecify.annotations.NullMarked;
