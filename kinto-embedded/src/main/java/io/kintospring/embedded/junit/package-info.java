/**
 * JUnit Jupiter support for the embedded server.
 */
@NullMarked
package io.kintospring.embedded.junit;

import org.jspecify.annotations.NullMarked;
