package io.kintospring.client;

import java.time.Duration;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.kintospring.KintoException;
import io.kintospring.client.Observations.Observed;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;

/**
 * Runs sequences, which are read request by request. The request for the next slice is in
 * flight while a slice is consumed.
 */
final class SequenceRunner {

	private final RequestExecutor requests;

	private final KintoAuthentication authentication;

	private final Observations observations;

	private final Signals signals;

	private final CallRunner calls;

	private final Closing closing;

	private final Statistics statistics;

	SequenceRunner(RequestExecutor requests, KintoAuthentication authentication, Observations observations,
			Signals signals, CallRunner calls, Closing closing, Statistics statistics) {
		this.requests = requests;
		this.authentication = authentication;
		this.observations = observations;
		this.signals = signals;
		this.calls = calls;
		this.closing = closing;
		this.statistics = statistics;
	}

	<E> Stream<E> await(KintoSequence<E> sequence) {
		KintoCall<?> first = sequence.first();
		return await(first, sequence.endless(), (thread, credentials) -> {
			this.calls.awaitSupport(first, credentials);
			return awaited(sequence, thread, credentials);
		});
	}

	<E> Stream<E> await(KintoParallelSequence<E> sequence) {
		if (sequence instanceof KintoParallelSequence.Ordered<E> ordered) {
			return await(ordered.first(), false,
					(thread, credentials) -> new OrderedSlices<>(this.calls.await(ordered.list(), credentials),
							ordered.parallel(), awaitedSender(false, thread, credentials)));
		}
		KintoParallelSequence.Unordered<E> unordered = (KintoParallelSequence.Unordered<E>) sequence;
		return await(unordered.sequences(), false,
				(thread, credentials) -> new ParallelSlices<>(this.calls.await(unordered.sequences(), credentials),
						unordered.parallel(), (one) -> awaited(one, thread, credentials)));
	}

	private <E> Stream<E> await(Object what, boolean endless,
			BiFunction<WaitingThread, Credentials, SliceSource<E>> begin) {
		Blocking.require(what);
		AwaitedElements<E> elements = new AwaitedElements<>(what, (thread) -> {
			started(endless);
			return begin.apply(thread, Credentials.renewed(this.authentication));
		}, () -> endless && this.closing.isClosed(), this.closing);
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED), false)
			.onClose(elements::close);
	}

	private <E> SequentialSlices<E> awaited(KintoSequence<E> sequence, WaitingThread thread, Credentials credentials) {
		return new SequentialSlices<>(sequence.first(), awaitedSender(sequence.endless(), thread, credentials),
				this.signals::remainingBackoff);
	}

	/**
	 * Return a sender for the waiting thread, which sends every request in the context of
	 * the caller.
	 */
	private Function<KintoCall<?>, InFlight> awaitedSender(boolean endless, WaitingThread thread,
			Credentials credentials) {
		return (call) -> new InFlight((head) -> exchange(call, credentials, endless, head).contextCapture(), thread);
	}

	<E> Flux<E> execute(KintoSequence<E> sequence) {
		return Flux.deferContextual((view) -> {
			started(sequence.endless());
			return execute(sequence, (elements) -> each(sequence.first(), elements),
					Credentials.renewed(this.authentication).askFor(sequence.first().request(), view));
		});
	}

	<E> Flux<E> execute(KintoParallelSequence<E> sequence) {
		if (sequence instanceof KintoParallelSequence.Ordered<E> ordered) {
			return Flux.deferContextual((view) -> {
				started(false);
				Credentials credentials = Credentials.renewed(this.authentication)
					.askFor(ordered.first().request(), view);
				return this.calls.execute(ordered.list(), credentials)
					.flatMapMany((list) -> execute(ordered.first(),
							(sender) -> new OrderedSlices<>(list, ordered.parallel(), sender),
							(elements) -> each(ordered.first(), elements), credentials, false));
			}).onErrorStop();
		}
		KintoParallelSequence.Unordered<E> unordered = (KintoParallelSequence.Unordered<E>) sequence;
		return Flux.defer(() -> {
			started(false);
			Credentials credentials = Credentials.renewed(this.authentication);
			return this.calls.execute(unordered.sequences(), credentials)
				.flatMapMany(
						(sequences) -> Flux.fromIterable(sequences)
							.flatMap((one) -> execute(one, (elements) -> each(one.first(), elements).collectList(),
									credentials), unordered.parallel(), 1))
				.concatMapIterable((elements) -> elements, 1);
		});
	}

	private <E, X> Flux<X> execute(KintoSequence<E> sequence, Function<Iterable<E>, Publisher<X>> reader,
			Credentials credentials) {
		return execute(sequence.first(),
				(sender) -> new SequentialSlices<>(sequence.first(), sender, this.signals::remainingBackoff), reader,
				credentials, sequence.endless())
			.onErrorResume((ex) -> sequence.endless() && this.closing.isClosed(), (ex) -> Flux.empty())
			.onErrorStop();
	}

	/**
	 * Stream a sequence. One thread reads and emits all slices: no connection waits in
	 * the meantime, and its CPU caches stay warm. An error ends the stream, because the
	 * next slice is unknown.
	 */
	private <E, X> Flux<X> execute(KintoCall<?> first, Function<Function<KintoCall<?>, InFlight>, SliceSource<E>> begin,
			Function<Iterable<E>, Publisher<X>> reader, Credentials credentials, boolean endless) {
		return Flux.<X>deferContextual((view) -> {
			SliceSource<E> slices = begin
				.apply((call) -> new InFlight((head) -> exchange(call, credentials, endless, head).contextWrite(view),
						Runnable::run));
			Scheduler readingThread = Schedulers.single(Schedulers.parallel());
			Flux<X> elements = Flux.<Mono<KintoResponse>>generate((sink) -> next(first, slices, sink))
				.concatMap((response) -> response.publishOn(readingThread)
					.flux()
					.concatMap((received) -> read(first, slices, received, reader), 0), 0)
				.subscribeOn(readingThread)
				.doFinally((signal) -> {
					slices.close();
					readingThread.dispose();
				});
			return (first.capability() != null) ? this.calls.support(first, credentials).thenMany(elements) : elements;
		});
	}

	private <E> void next(Object what, SliceSource<E> slices, SynchronousSink<Mono<KintoResponse>> sink) {
		if (slices.isFinished()) {
			sink.complete();
			return;
		}
		sink.next(pause(what, slices).then(Mono.defer(() -> {
			InFlight inFlight = slices.next();
			if (inFlight == null) {
				return Mono.empty();
			}
			inFlight.head().thenAccept(slices::onHead);
			return Mono.fromFuture(inFlight.response());
		})));
	}

	private Mono<Void> pause(Object what, SliceSource<?> slices) {
		Duration pause = slices.pause();
		return pause.isZero() ? Mono.empty()
				: this.closing.pause(what, pause).then(Mono.defer(() -> pause(what, slices)));
	}

	private static <E, X> Publisher<X> read(Object what, SliceSource<E> slices, KintoResponse response,
			Function<Iterable<E>, Publisher<X>> reader) {
		try {
			return reader.apply(slices.read(response));
		}
		catch (Throwable ex) {
			return Mono.error(ExchangeErrors.signallable(what, ex));
		}
	}

	/**
	 * Read elements. Every exception is signalled, also those that Reactor treats as
	 * fatal and would throw.
	 */
	private static <E> Flux<E> each(Object what, Iterable<E> elements) {
		return Flux.generate(elements::iterator, (iterator, sink) -> {
			try {
				if (iterator.hasNext()) {
					sink.next(iterator.next());
				}
				else {
					sink.complete();
				}
			}
			catch (Throwable ex) {
				sink.error(ExchangeErrors.signallable(what, ex));
			}
			return iterator;
		});
	}

	/**
	 * Count a stream. Watches are endless and poll, so they would distort the numbers.
	 */
	private void started(boolean endless) {
		if (!endless) {
			this.statistics.startedStream();
		}
	}

	private Mono<KintoResponse> exchange(KintoCall<?> call, Credentials credentials, boolean endless,
			Consumer<KintoResponse> head) {
		return Mono.deferContextual((view) -> {
			Observed observed = this.observations.start(call.request(), view);
			return this.requests.exchange(call, new RequestCredentials(credentials), 1, head)
				.doOnNext((response) -> received(call, response, endless, observed))
				.doOnError(observed::stop)
				.doOnCancel(observed::stop)
				.contextWrite(observed::writeTo);
		});
	}

	/**
	 * Stop the observation when the response is complete, because its elements are read
	 * on demand. An error response is read at once, for the exception that the caller
	 * gets.
	 */
	private void received(KintoCall<?> call, KintoResponse response, boolean endless, Observed observed) {
		observed.received(response);
		this.calls.process(call, response);
		if (response.status() >= HttpStatus.BAD_REQUEST.value()) {
			try {
				call.read(response);
			}
			catch (KintoException ex) {
				observed.stop(ex);
			}
		}
		else if (!endless) {
			this.statistics.receivedPage();
		}
		observed.stop();
	}

}
