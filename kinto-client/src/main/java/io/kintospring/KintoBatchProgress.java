package io.kintospring;

/**
 * How far a batch is.
 *
 * @param done the number of calls whose outcome is known
 * @param failed the number of those that have failed
 * @param total the number of all calls of the batch
 */
public record KintoBatchProgress(int done, int failed, int total) {
}
