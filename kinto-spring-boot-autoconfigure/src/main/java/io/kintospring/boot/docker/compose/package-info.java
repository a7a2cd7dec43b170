/**
 * Service connection of a Kinto service of Docker Compose.
 */
@NullMarked
package io.kintospring.boot.docker.compose;

import org.jspecify.annotations.NullMarked;
