package io.kintospring;

/**
 * Result of an operation that creates an object unless it exists.
 *
 * @param <T> the type of the data
 * @param object the object on the server. An existing object whose id contains
 * {@code default} has no permissions here if it is in the bucket {@code default}; read
 * them separately.
 * @param created {@code true} if the object was created, {@code false} if it existed and
 * is unchanged
 */
public record KintoCreation<T>(KintoObject<T> object, boolean created) {
}
