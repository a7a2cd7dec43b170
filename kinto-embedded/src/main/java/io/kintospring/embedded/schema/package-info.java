/**
 * Validation by JSON Schema with the results of Kinto's library.
 */
@NullMarked
package io.kintospring.embedded.schema;

import org.jspecify.annotations.NullMarked;
