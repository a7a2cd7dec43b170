package io.kintospring.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.kintospring.KintoNotSentException;
import reactor.core.publisher.Mono;

/**
 * Whether the client is closed, for those who pause between two requests.
 */
final class Closing {

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	boolean isClosed() {
		return this.closed.isDone();
	}

	void close() {
		this.closed.complete(null);
	}

	/**
	 * Complete after a pause, or fail when the client is closed meanwhile.
	 */
	Mono<Void> pause(Object what, Duration pause) {
		if (pause.isZero()) {
			return Mono.empty();
		}
		return Mono.delay(pause)
			.takeUntilOther(Mono.fromFuture(this.closed, true))
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
