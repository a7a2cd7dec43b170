/**
 * Auto-configuration of the server's health.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
