/**
 * Faults that the server injects to test clients.
 */
@NullMarked
package io.kintospring.embedded.fault;

import org.jspecify.annotations.NullMarked;
