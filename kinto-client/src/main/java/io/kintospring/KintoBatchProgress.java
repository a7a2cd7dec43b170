package io.kintospring;

/**
 * Progress of a batch.
 *
 * @param done the number of calls whose outcome is known
 * @param failed the number of failed calls among them
 * @param total the number of calls in the batch; for a stream of calls, the number of
 * calls that were taken from the stream so far
 */
public record KintoBatchProgress(int done, int failed, int total) {
}
