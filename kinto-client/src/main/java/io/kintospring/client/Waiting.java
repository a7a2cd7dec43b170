package io.kintospring.client;

import java.time.Duration;
import java.util.Objects;

import io.kintospring.KintoException;
import io.kintospring.KintoTransportException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Waiting for answers, on threads that may.
 */
final class Waiting {

	private Waiting() {
	}

	static void require(Object what) {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(what + " was not sent: it waits for the answer, and the thread '"
					+ Thread.currentThread().getName() + "' must never wait, as others depend on it. Use the"
					+ " ReactiveKintoTemplate here, or publishOn(Schedulers.boundedElastic()) before it.");
		}
	}

	/**
	 * Wait. What the thread carries, such as the observation that it is in, is carried
	 * on.
	 */
	static <R> R forAnswer(Object what, Mono<R> answer) {
		require(what);
		try {
			return Objects.requireNonNull(answer.contextCapture().block());
		}
		catch (KintoException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (Exceptions.unwrap(ex) instanceof InterruptedException interruption) {
				throw interrupted(what, interruption);
			}
			throw ex;
		}
	}

	static void pause(Object what, Duration pause) {
		if (!pause.isZero()) {
			forAnswer(what, Mono.delay(pause));
		}
	}

	static KintoTransportException interrupted(Object what, InterruptedException interruption) {
		Thread.currentThread().interrupt();
		return new KintoTransportException(what + ": interrupted while waiting for the answer", interruption);
	}

}
