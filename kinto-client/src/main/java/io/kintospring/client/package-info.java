/**
 * Execution of calls: authentication, timeouts, signals, observations and the HTTP
 * transport.
 */
@NullMarked
package io.kintospring.client;

import org.jspecify.annotations.NullMarked;
