/**
 * Auto-configuration for the metrics of Kinto.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
