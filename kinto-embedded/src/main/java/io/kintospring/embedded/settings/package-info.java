/**
 * Settings of the server, with the names that Kinto uses.
 */
@NullMarked
package io.kintospring.embedded.settings;

import org.jspecify.annotations.NullMarked;
