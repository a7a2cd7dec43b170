/**
 * What can be configured, by Kinto's own names.
 */
@NullMarked
package io.kintospring.embedded.settings;

import org.jspecify.annotations.NullMarked;
