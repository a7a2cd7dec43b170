/**
 * Tests for the code, links and tables of the documentation.
 */
@NullMarked
package io.kintospring.docs;

import org.jspecify.annotations.NullMarked;
