/**
 * Binding of objects' data to JSON. Jackson binds bytes directly to the user's type, and
 * wrappers intercept the id and the version.
 */
@NullMarked
package io.kintospring.json;

import org.jspecify.annotations.NullMarked;
