/**
 * Queries of lists: filters, order, fields and pages.
 */
@NullMarked
package io.kintospring.query;

import org.jspecify.annotations.NullMarked;
