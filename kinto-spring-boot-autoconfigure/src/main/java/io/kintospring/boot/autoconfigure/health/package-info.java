/**
 * Auto-configuration for the Kinto health indicator.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
