/**
 * Info contributor for Kinto.
 */
@NullMarked
package io.kintospring.boot.info;

import org.jspecify.annotations.NullMarked;
