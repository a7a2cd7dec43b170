/**
 * Auto-configuration for the check of required capabilities.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.capability;

import org.jspecify.annotations.NullMarked;
