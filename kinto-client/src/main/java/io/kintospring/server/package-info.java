/**
 * Information about a server: versions, settings, capabilities, user and heartbeat.
 */
@NullMarked
package io.kintospring.server;

import org.jspecify.annotations.NullMarked;
