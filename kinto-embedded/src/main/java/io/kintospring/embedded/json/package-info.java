/**
 * JSON as Kinto reads and writes it.
 */
@NullMarked
package io.kintospring.embedded.json;

import org.jspecify.annotations.NullMarked;
