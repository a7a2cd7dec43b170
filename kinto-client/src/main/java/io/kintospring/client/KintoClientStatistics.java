package io.kintospring.client;

/**
 * Numbers of events since a client was built, such as for metrics. They only increase,
 * and also count calls that are not observed. Numbers of a snapshot can differ slightly
 * in time. Immutable.
 *
 * @param retries the requests that were sent again after a failure
 * @param conflicts the {@code 412} responses, including those within batches: the object
 * was changed concurrently, or exists already
 * @param repeatedUpdates the attempts of updates that were repeated after a conflict
 * @param backoffs the {@code Backoff} headers
 * @param retryAfters the {@code Retry-After} headers
 * @param alerts the {@code Alert} headers
 * @param batchRequests the requests that were sent for batches
 * @param batchCalls the calls in those requests
 * @param streams the streams that were started. Watches do not count.
 * @param streamPages the pages that streams received
 * @see KintoClient#statistics()
 */
public record KintoClientStatistics(long retries, long conflicts, long repeatedUpdates, long backoffs, long retryAfters,
		long alerts, long batchRequests, long batchCalls, long streams, long streamPages) {
}
