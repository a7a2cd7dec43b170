/**
 * The one pair of endpoints, for objects and for lists, behind all of Kinto's resources,
 * and the few endpoints beside it.
 */
@NullMarked
package io.kintospring.embedded.resource;

import org.jspecify.annotations.NullMarked;
