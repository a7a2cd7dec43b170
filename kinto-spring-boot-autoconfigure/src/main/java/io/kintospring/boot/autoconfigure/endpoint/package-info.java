/**
 * Auto-configuration for the Kinto endpoint.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
