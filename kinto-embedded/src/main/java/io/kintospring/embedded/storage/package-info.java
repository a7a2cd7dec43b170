/**
 * In-memory storage of objects: strictly increasing timestamps, tombstones, filters,
 * sorting and page tokens.
 */
@NullMarked
package io.kintospring.embedded.storage;

import org.jspecify.annotations.NullMarked;
