/**
 * How Kinto is said in HTTP: paths, headers, versions, queries, bodies and errors. Makes
 * calls, which are values, and sends nothing.
 */
@NullMarked
package io.kintospring.protocol;

import org.jspecify.annotations.NullMarked;
