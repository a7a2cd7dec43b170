package io.kintospring.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Waits for responses on threads that may be blocked.
 */
final class Blocking {

	/** Marks the context of a call that a thread waits for. Its value is the executor. */
	private static final Object AWAITED = new Object();

	private static final Executor ANY_THREAD = Runnable::run;

	private Blocking() {
	}

	/**
	 * Return whether a thread waits for the call with this context. Such a call can be
	 * completed on any thread, because the waiting thread continues by itself.
	 */
	static boolean isAwaited(ContextView context) {
		return context.hasKey(AWAITED);
	}

	/**
	 * Return what runs code of the application for the call with this context: the
	 * waiting thread if there is one.
	 */
	@SuppressWarnings("NullAway")
	static Executor executor(ContextView context) {
		return context.getOrDefault(AWAITED, ANY_THREAD);
	}

	/**
	 * Return a context for the transport, which may call code of the application.
	 */
	static Context notAwaited(Context context) {
		return context.delete(AWAITED);
	}

	/**
	 * Check that the current thread may be blocked, before anything is sent.
	 * @throws IllegalStateException on a thread that must not be blocked
	 * @throws KintoNotSentException if the thread is interrupted
	 */
	static void require(Object what) {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(what + " was not sent: a blocking call is not allowed on the thread '"
					+ Thread.currentThread().getName() + "', which must not be blocked. Use the ReactiveKintoTemplate,"
					+ " or publishOn(Schedulers.boundedElastic()) before the call.");
		}
		if (Thread.currentThread().isInterrupted()) {
			throw new KintoNotSentException(what + " was not sent: the thread is interrupted", null);
		}
	}

	/**
	 * Subscribe to a result, which must not be empty, and which a consumer waits for.
	 * @param executor runs code of the application for the consumer
	 */
	@SuppressWarnings("NullAway")
	static <R> CompletableFuture<R> future(Mono<R> result, Executor executor) {
		return result.contextWrite((context) -> context.put(AWAITED, executor)).toFuture();
	}

	/**
	 * Wait for a result that was subscribed to. An exception of another thread also shows
	 * where this thread waited.
	 */
	static <R> R get(Object what, CompletableFuture<R> result) {
		try {
			return result.get();
		}
		catch (InterruptedException ex) {
			throw interrupted(what, ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			cause.addSuppressed(new Exception("The thread that waited for the response"));
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

}
