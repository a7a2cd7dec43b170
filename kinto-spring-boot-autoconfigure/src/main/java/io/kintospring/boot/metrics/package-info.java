/**
 * Metrics for Kinto.
 */
@NullMarked
package io.kintospring.boot.metrics;

import org.jspecify.annotations.NullMarked;
