package io.kintospring.boot.autoconfigure.embedded;

import java.util.function.Supplier;

/**
 * Server that is not started yet.
 *
 * @param <T> the type of the server
 * @param configuration identifies the configuration of the server. Its class must not be
 * one that is loaded again when the application restarts.
 * @param start starts the server
 */
record ConfiguredServer<T>(Object configuration, Supplier<T> start) {

}
