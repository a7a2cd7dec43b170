package io.kintospring.client;

import java.time.Duration;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoNotSentException;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Holds back requests while the server asks its clients to back off, if the application
 * wants this.
 */
final class BackoffGate {

	private final KintoBackoffMode mode;

	private final Signals signals;

	private final Closing closing;

	BackoffGate(KintoBackoffMode mode, Signals signals, Closing closing) {
		this.mode = mode;
		this.signals = signals;
		this.closing = closing;
	}

	/**
	 * Return how long a request has to wait.
	 * @param request the request
	 * @return the duration, or zero if it may be sent
	 */
	Duration delay(KintoRequest request) {
		return (this.mode == KintoBackoffMode.NOTIFY || request.isAboutServer()) ? Duration.ZERO
				: this.signals.remainingBackoff();
	}

	/**
	 * Return how long a request has to wait that is sent again.
	 * @param request the request
	 * @param response the response to the last attempt, whose {@code Backoff} counts, too
	 */
	Duration delay(KintoRequest request, @Nullable KintoResponse response) {
		Duration delay = delay(request);
		if (this.mode == KintoBackoffMode.NOTIFY || response == null) {
			return delay;
		}
		Duration requested = this.signals.backoff(response);
		return (requested.compareTo(delay) > 0) ? requested : delay;
	}

	/**
	 * Return whether requests fail instead of waiting.
	 */
	boolean isFailing() {
		return this.mode == KintoBackoffMode.FAIL;
	}

	/**
	 * Complete when a request may be sent. The backoff can be extended in the meantime.
	 * @param request the request
	 * @param limit the maximum time to wait
	 */
	Mono<Void> pass(KintoRequest request, Duration limit) {
		Duration delay = delay(request);
		if (delay.isZero()) {
			return Mono.empty();
		}
		if (this.mode == KintoBackoffMode.FAIL || delay.compareTo(limit) > 0) {
			return Mono.error(() -> new KintoNotSentException(
					request + " was not sent: the server asked to back off for " + delay.toMillis() + " ms more", null,
					delay));
		}
		return this.closing.pause(request, delay).then(Mono.defer(() -> pass(request, limit.minus(delay))));
	}

}
