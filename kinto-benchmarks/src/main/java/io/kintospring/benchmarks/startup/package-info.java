/**
 * Small applications without and with Kinto.
 */
@NullMarked
package io.kintospring.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
