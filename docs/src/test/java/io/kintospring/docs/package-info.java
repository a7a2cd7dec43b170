/**
 * Keeps the documentation true.
 */
@NullMarked
package io.kintospring.docs;

import org.jspecify.annotations.NullMarked;
