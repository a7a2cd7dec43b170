/**
 * The kinds of objects, and the model that stores objects with their permissions and
 * publishes their changes.
 */
@NullMarked
package io.kintospring.embedded.resource;

import org.jspecify.annotations.NullMarked;
