/**
 * Load for servers.
 */
@NullMarked
package io.kintospring.benchmarks.server;

import org.jspecify.annotations.NullMarked;
