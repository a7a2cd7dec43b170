/**
 * Requests and responses, independent of HTTP: what clients send, parsed and validated,
 * and what they receive, including errors. They do not depend on the kinds of objects.
 */
@NullMarked
package io.kintospring.embedded.request;

import org.jspecify.annotations.NullMarked;
