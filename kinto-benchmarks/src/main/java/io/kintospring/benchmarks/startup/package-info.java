/**
 * Small applications, without Kinto and with it.
 */
@NullMarked
package io.kintospring.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
