/**
 * Auto-configuration for the declarative initialization of a Kinto server.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.initialization;

import org.jspecify.annotations.NullMarked;
