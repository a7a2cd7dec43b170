/**
 * Application events of what a server says beside its answers.
 */
@NullMarked
package io.kintospring.boot.event;

import org.jspecify.annotations.NullMarked;
