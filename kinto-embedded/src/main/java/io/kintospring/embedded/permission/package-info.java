/**
 * Authentication of users, and permissions with their inheritance.
 */
@NullMarked
package io.kintospring.embedded.permission;

import org.jspecify.annotations.NullMarked;
