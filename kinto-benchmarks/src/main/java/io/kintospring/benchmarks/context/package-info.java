/**
 * Test contexts whose startup is measured.
 */
@NullMarked
package io.kintospring.benchmarks.context;

import org.jspecify.annotations.NullMarked;
