/**
 * Who somebody is and what they may do: principals, permissions and their inheritance.
 */
@NullMarked
package io.kintospring.embedded.permission;

import org.jspecify.annotations.NullMarked;
