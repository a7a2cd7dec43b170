/**
 * Locks for updates by several instances of an application.
 */
@NullMarked
package io.kintospring.boot.lock;

import org.jspecify.annotations.NullMarked;
