/**
 * Endpoints of the API. One endpoint for objects and one for lists serve all resources;
 * the others are special cases.
 */
@NullMarked
package io.kintospring.embedded.resource;

import org.jspecify.annotations.NullMarked;
