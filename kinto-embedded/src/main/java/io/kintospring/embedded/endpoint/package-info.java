/**
 * Endpoints of the API, and the application that dispatches requests to them. One
 * endpoint for objects and one for lists serve all resources; the others are special
 * cases.
 */
@NullMarked
package io.kintospring.embedded.endpoint;

import org.jspecify.annotations.NullMarked;
