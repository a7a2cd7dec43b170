/**
 * The embedded server in tests with JUnit Jupiter.
 */
@NullMarked
package io.kintospring.embedded.junit;

import org.jspecify.annotations.NullMarked;
