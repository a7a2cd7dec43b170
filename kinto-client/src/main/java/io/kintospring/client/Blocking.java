package io.kintospring.client;

import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Waits for responses, on threads that may be blocked.
 */
final class Blocking {

	/** Marks the context of a call that a thread waits for. */
	private static final Object AWAITED = new Object();

	private Blocking() {
	}

	/**
	 * Return whether a thread waits for what has this context. Then it can be ended on
	 * any thread: the one that waits goes on by itself.
	 */
	static boolean isAwaited(ContextView context) {
		return context.hasKey(AWAITED);
	}

	/**
	 * Return a context for what the transport does, which may call code of the
	 * application.
	 */
	static Context notAwaited(Context context) {
		return context.delete(AWAITED);
	}

	/**
	 * Check that this thread may wait, before anything is sent.
	 * @throws IllegalStateException on a thread that must not be blocked
	 * @throws KintoNotSentException if the thread is interrupted
	 */
	static void require(Object what) {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(what + " was not sent: it blocks until the response is there, and the"
					+ " thread '" + Thread.currentThread().getName() + "' must not be blocked, as others depend on"
					+ " it. Use the ReactiveKintoTemplate here, or publishOn(Schedulers.boundedElastic()) before it.");
		}
		if (Thread.currentThread().isInterrupted()) {
			throw new KintoNotSentException(what + " was not sent: the thread is interrupted", null);
		}
	}

	/**
	 * Wait for a result. What the thread carries, such as its current observation, goes
	 * along.
	 */
	static <R> R get(Object what, Mono<R> result) {
		try {
			return Objects.requireNonNull(awaited(result).contextCapture().block());
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

	/**
	 * Send what is never empty.
	 */
	@SuppressWarnings("NullAway")
	static <R> CompletableFuture<R> future(Mono<R> result) {
		return awaited(result).toFuture();
	}

	private static <R> Mono<R> awaited(Mono<R> result) {
		return result.contextWrite((context) -> context.put(AWAITED, true));
	}

	/**
	 * Wait for a result that is on its way.
	 */
	static <R> R get(Object what, CompletableFuture<R> result) {
		try {
			return result.get();
		}
		catch (InterruptedException ex) {
			throw interrupted(what, ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof RuntimeException exception) {
				throw exception;
			}
			if (cause instanceof Error error) {
				throw error;
			}
			throw new IllegalStateException(cause);
		}
	}

	static KintoTransportException interrupted(Object what, InterruptedException interruption) {
		Thread.currentThread().interrupt();
		return new KintoTransportException(what + ": interrupted while waiting for the response", interruption);
	}

	static <E> Stream<E> stream(Iterator<E> elements, Runnable onClose) {
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED), false)
			.onClose(onClose);
	}

}
