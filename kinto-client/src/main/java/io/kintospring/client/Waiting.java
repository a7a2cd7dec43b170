package io.kintospring.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.kintospring.KintoException;
import io.kintospring.KintoTransportException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
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
		return translated(what, () -> Objects.requireNonNull(answer.contextCapture().block()));
	}

	private static <R> R translated(Object what, Supplier<R> wait) {
		try {
			return wait.get();
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
	 * Return what comes as a stream, which is begun when it is consumed.
	 */
	static <E> Stream<E> stream(Object what, Flux<E> elements, int ahead) {
		AtomicReference<@Nullable Iterator<E>> begun = new AtomicReference<>();
		Supplier<Spliterator<E>> source = () -> {
			Iterator<E> iterator = elements.contextCapture().toIterable(ahead).iterator();
			begun.set(iterator);
			return Spliterators.spliteratorUnknownSize(new Translated<>(what, iterator), Spliterator.ORDERED);
		};
		return StreamSupport.stream(source, Spliterator.ORDERED, false).onClose(() -> {
			if (begun.get() instanceof Disposable subscription) {
				subscription.dispose();
			}
		});
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

	private record Translated<E>(Object what, Iterator<E> elements) implements Iterator<E> {

		@Override
		public boolean hasNext() {
			return translated(this.what, this.elements::hasNext);
		}

		@Override
		public E next() {
			return this.elements.next();
		}

	}

}
