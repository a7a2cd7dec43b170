/**
 * What goes wrong on purpose, so that clients can be tested.
 */
@NullMarked
package io.kintospring.embedded.fault;

import org.jspecify.annotations.NullMarked;
