/**
 * Import of configuration from Kinto with {@code spring.config.import}.
 */
@NullMarked
package io.kintospring.boot.autoconfigure.config;

import org.jspecify.annotations.NullMarked;
