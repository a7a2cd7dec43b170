/**
 * The server's health.
 */
@NullMarked
package io.kintospring.boot.health;

import org.jspecify.annotations.NullMarked;
