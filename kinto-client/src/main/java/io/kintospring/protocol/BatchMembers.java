package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.KintoException;
import io.kintospring.KintoSignal;
import io.kintospring.protocol.BatchResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Response to one request of a batch.
 *
 * @param outcomes the outcome of each call
 * @param signalling the responses to single calls that contain {@code Backoff},
 * {@code Retry-After} or {@code Alert}
 * @param contradicting whether a response shows that the server lost a capability
 * @param failed whether the request failed as a whole, which includes a 401 to every
 * call. The error of a single call in a request with several calls is no such failure.
 * @param uncertain the error of an earlier attempt that may have been applied, or
 * {@code null}
 */
public record BatchMembers(List<Outcome<?>> outcomes, List<KintoResponse> signalling, boolean contradicting,
		boolean failed, @Nullable KintoException uncertain) {

	/**
	 * Return the number of calls that the server did not apply, because a concurrent
	 * write was in their way. On PostgreSQL, a {@code 409} undoes all earlier calls of
	 * the same request, although their responses report success. Later calls are kept.
	 * @return the number of calls to send again, which are the first ones
	 */
	public int undone() {
		for (int i = this.outcomes.size(); i > 0; i--) {
			if (this.outcomes.get(i - 1).undoesEarlier()) {
				return i;
			}
		}
		return 0;
	}

	/**
	 * Return how long the server asked to wait before the undone calls are sent again.
	 * @param now the time of the response
	 * @return the duration, or {@code null} if it asked for none
	 */
	public @Nullable Duration retryAfter(Instant now) {
		int undone = undone();
		return (undone > 0) ? SignalReader.retryAfter(this.outcomes.get(undone - 1).headers(), now) : null;
	}

	/**
	 * Return these responses with the undone calls as failed ones.
	 * @return the responses
	 */
	public BatchMembers reportUndone() {
		int undone = undone();
		if (undone < 2) {
			return this;
		}
		List<Outcome<?>> reported = new ArrayList<>(this.outcomes);
		reported.subList(0, undone - 1).replaceAll((outcome) -> outcome.undoneBy(this.outcomes.get(undone - 1)));
		return new BatchMembers(reported, this.signalling, this.contradicting, this.failed, this.uncertain);
	}

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
