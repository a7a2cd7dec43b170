/**
 * How a call is run: authenticated, sent, timed, and its answer read and listened to.
 */
@NullMarked
package io.kintospring.client;

import org.jspecify.annotations.NullMarked;
