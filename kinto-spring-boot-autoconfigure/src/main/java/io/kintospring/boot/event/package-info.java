/**
 * Application events for the signals of a Kinto server, and for changes of imported
 * configuration.
 */
@NullMarked
package io.kintospring.boot.event;

import org.jspecify.annotations.NullMarked;
