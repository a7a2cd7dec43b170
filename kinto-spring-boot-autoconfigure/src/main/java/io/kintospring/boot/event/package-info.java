/**
 * Application events for the signals of a Kinto server.
 */
@NullMarked
package io.kintospring.boot.event;

import org.jspecify.annotations.NullMarked;
