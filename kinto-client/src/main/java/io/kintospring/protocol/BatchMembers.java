package io.kintospring.protocol;

import java.time.Instant;
import java.util.List;

import io.kintospring.KintoSignal;
import io.kintospring.protocol.BatchResult.Outcome;

/**
 * Response to one request of a batch.
 *
 * @param outcomes the outcome of each call
 * @param signalling the responses to single calls that contain {@code Backoff},
 * {@code Retry-After} or {@code Alert}
 * @param contradicting whether a response shows that the server lost a capability
 * @param failed whether the request failed as a whole. The error of a single call in a
 * request with several calls is no such failure.
 */
public record BatchMembers(List<Outcome<?>> outcomes, List<KintoResponse> signalling, boolean contradicting,
		boolean failed) {

	/**
	 * Return the distinct signals of single calls that the whole response does not
	 * repeat.
	 * @param whole the response to the whole request
	 * @param now the time of the response
	 * @return the signals
	 */
	public List<KintoSignal> signals(KintoResponse whole, Instant now) {
		if (this.signalling.isEmpty()) {
			return List.of();
		}
		List<KintoSignal> known = whole.signals(now);
		return this.signalling.stream()
			.flatMap((response) -> response.signals(now).stream())
			.distinct()
			.filter((signal) -> !known.contains(signal))
			.toList();
	}

}
