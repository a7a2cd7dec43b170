package io.kintospring;

/**
 * An object that is there now, whoever created it.
 *
 * @param <T> the type of the data
 * @param object the object, as the server has it
 * @param created whether it was created now; otherwise it was there already, with the
 * data that it had
 */
public record KintoCreation<T>(KintoObject<T> object, boolean created) {
}
