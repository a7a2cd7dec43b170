/**
 * Kinto in a container of Testcontainers, and its service connection.
 */
@NullMarked
package io.kintospring.boot.testcontainers;

import org.jspecify.annotations.NullMarked;
