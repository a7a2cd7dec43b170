/**
 * The API over HTTP: reads requests, writes answers.
 */
@NullMarked
package io.kintospring.embedded.http;

import org.jspecify.annotations.NullMarked;
