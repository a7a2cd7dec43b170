/**
 * Data file that keeps the data of a server after it is closed.
 */
@NullMarked
package io.kintospring.embedded.file;

import org.jspecify.annotations.NullMarked;
