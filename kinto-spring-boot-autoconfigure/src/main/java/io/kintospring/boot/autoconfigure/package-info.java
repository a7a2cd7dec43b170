/**
 * Auto-configuration for the Kinto templates and their connection to the server.
 */
@NullMarked
package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
