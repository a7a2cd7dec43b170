/**
 * Blocking and reactive templates, and the handles for buckets and collections that they
 * return.
 */
@NullMarked
package io.kintospring.template;

import org.jspecify.annotations.NullMarked;
