/**
 * Objects in memory: strictly growing timestamps, tombstones, filters, sorting, page
 * tokens.
 */
@NullMarked
package io.kintospring.embedded.storage;

import org.jspecify.annotations.NullMarked;
