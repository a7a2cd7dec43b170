/**
 * Between the data of objects and JSON: attributes bind straight between bytes and the
 * user's type, and the id and the version are picked up on the way.
 */
@NullMarked
package io.kintospring.json;

import org.jspecify.annotations.NullMarked;
