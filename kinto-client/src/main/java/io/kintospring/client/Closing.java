package io.kintospring.client;

import java.time.Duration;

import io.kintospring.KintoNotSentException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Whether the client is closed, for those who pause between two requests.
 */
final class Closing {

	/** A sink, as it forgets a subscriber that cancels. */
	private final Sinks.Empty<Void> end = Sinks.empty();

	private volatile boolean closed;

	boolean isClosed() {
		return this.closed;
	}

	void close() {
		this.closed = true;
		this.end.tryEmitEmpty();
	}

	/**
	 * Complete when the client is closed. What subscribers do then must not keep the
	 * client from closing.
	 */
	Mono<Void> closed() {
		return OwnThreads.signalling(this.end.asMono());
	}

	/**
	 * Complete after a pause, or fail when the client is closed meanwhile.
	 */
	Mono<Void> pause(Object what, Duration pause) {
		if (pause.isZero()) {
			return Mono.empty();
		}
		return Mono.delay(pause)
			.takeUntilOther(closed())
			.then(Mono.defer(() -> isClosed() ? Mono.error(error(what)) : Mono.empty()));
	}

	/**
	 * Pause on this thread.
	 */
	void awaitPause(Object what, Duration pause) {
		if (pause.isZero()) {
			return;
		}
		Blocking.require(what);
		Blocking.get(what, pause(what, pause).thenReturn(true));
	}

	static KintoNotSentException error(Object what) {
		return new KintoNotSentException(what + " was not sent: the client is closed", null);
	}

}
