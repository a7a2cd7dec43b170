/**
 * HTTP server that reads requests and writes responses.
 */
@NullMarked
package io.kintospring.embedded.http;

import org.jspecify.annotations.NullMarked;
