package io.kintospring.client;

import java.time.Duration;

import io.kintospring.KintoNotSentException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Signals to pauses, watches and transfers that the client is closed.
 */
final class Closing {

	/** A sink, because it removes subscribers that cancel. */
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
	 * Complete when the client is closed. Subscribers must not delay closing the client.
	 */
	Mono<Void> closed() {
		return OwnThreads.signalling(this.end.asMono());
	}

	/**
	 * Complete after a pause, or fail if the client is closed during the pause.
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
	 * Block the current thread for a pause.
	 */
	void awaitPause(Object what, Duration pause) {
		if (pause.isZero()) {
			return;
		}
		Blocking.require(what);
		WaitingThread.await(what, pause(what, pause).thenReturn(true));
	}

	static KintoNotSentException error(Object what) {
		return new KintoNotSentException(what + " was not sent: the client is closed", null);
	}

}
