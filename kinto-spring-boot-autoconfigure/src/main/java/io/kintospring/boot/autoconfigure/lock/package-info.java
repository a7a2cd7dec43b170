/**
 * Auto-configuration for the lock of updates.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.lock;

import org.jspecify.annotations.NullMarked;
