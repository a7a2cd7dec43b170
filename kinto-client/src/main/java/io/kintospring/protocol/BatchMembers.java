package io.kintospring.protocol;

import java.time.Instant;
import java.util.List;

import io.kintospring.KintoSignal;
import io.kintospring.protocol.BatchResult.Outcome;

/**
 * The response to one request of a batch.
 *
 * @param outcomes the outcome of each call
 * @param signalling the responses to single calls that contain signals
 * @param contradicting whether a response says that the server lacks a capability after
 * all
 */
public record BatchMembers(List<Outcome<?>> outcomes, List<KintoResponse> signalling, boolean contradicting) {

	/**
	 * Return the signals of single calls that differ from each other, and from those of
	 * the request as a whole.
	 * @param whole the response to the request as a whole
	 * @param now when the response came
	 * @return the signals
	 */
	public List<KintoSignal> signals(KintoResponse whole, Instant now) {
		if (this.signalling.isEmpty()) {
			return List.of();
		}
		List<KintoSignal> heard = whole.signals(now);
		return this.signalling.stream()
			.flatMap((response) -> response.signals(now).stream())
			.distinct()
			.filter((signal) -> !heard.contains(signal))
			.toList();
	}

}
