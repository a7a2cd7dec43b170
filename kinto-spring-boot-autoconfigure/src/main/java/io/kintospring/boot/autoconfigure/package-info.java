/**
 * Auto-configuration of the templates: where the server is, how it is talked to, and what
 * to say if that can't be.
 */
@NullMarked
package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
