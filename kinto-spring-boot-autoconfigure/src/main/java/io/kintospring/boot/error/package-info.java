/**
 * Mappings of Kinto's exceptions to the error types of Spring: problem details and data
 * access exceptions.
 */
@NullMarked
package io.kintospring.boot.error;

import org.jspecify.annotations.NullMarked;
