/**
 * Declarative initialization of a Kinto server: buckets, groups, collections and records
 * that an application requires.
 */
@NullMarked
package io.kintospring.boot.initialization;

import org.jspecify.annotations.NullMarked;
