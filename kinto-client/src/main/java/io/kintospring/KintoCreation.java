package io.kintospring;

/**
 * An object that is there now, whoever created it.
 *
 * @param <T> the type of the data
 * @param object the object, as the server has it. If it was there already, in the bucket
 * {@code default}, with the word {@code default} in its id, its permissions are not told:
 * ask for them.
 * @param created whether it was created now; otherwise it was there already, with the
 * data that it had
 */
public record KintoCreation<T>(KintoObject<T> object, boolean created) {
}
