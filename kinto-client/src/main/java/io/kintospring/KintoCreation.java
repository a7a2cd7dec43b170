package io.kintospring;

/**
 * Result of an operation that creates an object unless it exists.
 *
 * @param <T> the type of the data
 * @param object the object on the server. In the bucket {@code default}, an existing
 * object whose id contains {@code default} is returned without its permissions; read them
 * separately.
 * @param created {@code true} if the object was created, {@code false} if it existed and
 * is unchanged
 */
public record KintoCreation<T>(KintoObject<T> object, boolean created) {
}
