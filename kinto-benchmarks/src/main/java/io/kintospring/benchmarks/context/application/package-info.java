/**
 * Application with auto-configuration, and without any beans of its own.
 */
@NullMarked
package io.kintospring.benchmarks.context.application;

import org.jspecify.annotations.NullMarked;
