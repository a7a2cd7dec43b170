/**
 * What you call: the blocking and the reactive template, and the handles of buckets and
 * collections that they give.
 */
@NullMarked
package io.kintospring.template;

import org.jspecify.annotations.NullMarked;
