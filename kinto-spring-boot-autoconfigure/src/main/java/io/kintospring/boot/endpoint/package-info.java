/**
 * Actuator endpoint for Kinto.
 */
@NullMarked
package io.kintospring.boot.endpoint;

import org.jspecify.annotations.NullMarked;
