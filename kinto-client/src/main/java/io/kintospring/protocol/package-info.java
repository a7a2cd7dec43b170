/**
 * Kinto's HTTP protocol: paths, headers, preconditions, queries, bodies and errors. This
 * package creates calls, which are immutable values, and sends nothing.
 */
@NullMarked
package io.kintospring.protocol;

import org.jspecify.annotations.NullMarked;
