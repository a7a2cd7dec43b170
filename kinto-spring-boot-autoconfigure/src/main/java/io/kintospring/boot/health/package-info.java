/**
 * Health indicator for Kinto.
 */
@NullMarked
package io.kintospring.boot.health;

import org.jspecify.annotations.NullMarked;
