package io.kintospring.client;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
 * Runs what is read request by request. While one part is consumed, the request for the
 * next one is under way.
 */
final class SequenceRunner {

	private final RequestExecutor requests;

	private final KintoAuthentication authentication;

	private final Observations observations;

	private final Signals signals;

	private final CallRunner calls;

	private final Closing closing;

	SequenceRunner(RequestExecutor requests, KintoAuthentication authentication, Observations observations,
			Signals signals, CallRunner calls, Closing closing) {
		this.requests = requests;
		this.authentication = authentication;
		this.observations = observations;
		this.signals = signals;
		this.calls = calls;
		this.closing = closing;
	}

	<E> Stream<E> await(KintoSequence<E> sequence) {
		KintoCall<?> first = sequence.first();
		return await(first, sequence.endless(), () -> {
			this.calls.awaitSupport(first);
			return awaited(sequence);
		});
	}

	<E> Stream<E> await(KintoParallelSequence<E> sequence) {
		if (sequence instanceof KintoParallelSequence.Ordered<E> ordered) {
			return await(ordered.first(), false,
					() -> new OrderedSlices<>(this.calls.await(ordered.list()), ordered.parallel(), awaitedSender()));
		}
		KintoParallelSequence.Unordered<E> unordered = (KintoParallelSequence.Unordered<E>) sequence;
		return await(unordered.sequences(), false, () -> new ParallelSlices<>(this.calls.await(unordered.sequences()),
				unordered.parallel(), this::awaited));
	}

	private <E> Stream<E> await(Object what, boolean endless, Supplier<SliceSource<E>> begin) {
		Blocking.require(what);
		AwaitedElements<E> elements = new AwaitedElements<>(what, begin, () -> endless && this.closing.isClosed(),
				this.closing);
		return Blocking.stream(elements, elements::close);
	}

	private <E> SequentialSlices<E> awaited(KintoSequence<E> sequence) {
		return new SequentialSlices<>(sequence.first(), awaitedSender(), this.signals::remainingBackoff);
	}

	/**
	 * Every request is sent by the thread that waits, in the context of the caller.
	 */
	private Function<KintoCall<?>, InFlight> awaitedSender() {
		Credentials credentials = Credentials.renewed(this.authentication);
		return (call) -> new InFlight((head) -> exchange(call, credentials, head).contextCapture());
	}

	<E> Flux<E> execute(KintoSequence<E> sequence) {
		return Flux.deferContextual((view) -> execute(sequence, (elements) -> each(sequence.first(), elements),
				Credentials.renewed(this.authentication).askFor(sequence.first().request(), view)));
	}

	<E> Flux<E> execute(KintoParallelSequence<E> sequence) {
		if (sequence instanceof KintoParallelSequence.Ordered<E> ordered) {
			return Flux.deferContextual((view) -> {
				Credentials credentials = Credentials.renewed(this.authentication)
					.askFor(ordered.first().request(), view);
				return this.calls.execute(ordered.list(), credentials)
					.flatMapMany((list) -> execute(ordered.first(),
							(sender) -> new OrderedSlices<>(list, ordered.parallel(), sender),
							(elements) -> each(ordered.first(), elements), credentials));
			}).onErrorStop();
		}
		KintoParallelSequence.Unordered<E> unordered = (KintoParallelSequence.Unordered<E>) sequence;
		return Flux.defer(() -> {
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
				credentials)
			.onErrorResume((ex) -> sequence.endless() && this.closing.isClosed(), (ex) -> Flux.empty())
			.onErrorStop();
	}

	/**
	 * One thread reads and hands over all parts: no connection waits meanwhile, and where
	 * two threads take turns, each finds its caches cold. The stream ends at an error, as
	 * the next part is not known.
	 */
	private <E, X> Flux<X> execute(KintoCall<?> first, Function<Function<KintoCall<?>, InFlight>, SliceSource<E>> begin,
			Function<Iterable<E>, Publisher<X>> reader, Credentials credentials) {
		return Flux.<X>deferContextual((view) -> {
			SliceSource<E> parts = begin
				.apply((call) -> new InFlight((head) -> exchange(call, credentials, head).contextWrite(view)));
			Scheduler readingThread = Schedulers.single(Schedulers.parallel());
			Flux<X> elements = Flux.<Mono<KintoResponse>>generate((sink) -> next(first, parts, sink))
				.concatMap((response) -> response.publishOn(readingThread)
					.flux()
					.concatMap((received) -> read(first, parts, received, reader), 0), 0)
				.subscribeOn(readingThread)
				.doFinally((signal) -> {
					parts.close();
					readingThread.dispose();
				});
			return (first.capability() != null) ? this.calls.support(first, credentials).thenMany(elements) : elements;
		});
	}

	private <E> void next(Object what, SliceSource<E> parts, SynchronousSink<Mono<KintoResponse>> sink) {
		if (parts.isFinished()) {
			sink.complete();
			return;
		}
		sink.next(this.closing.pause(what, parts.pause()).then(Mono.defer(() -> {
			InFlight inFlight = parts.next();
			if (inFlight == null) {
				return Mono.empty();
			}
			inFlight.head().thenAccept(parts::onHead);
			return Mono.fromFuture(inFlight.response());
		})));
	}

	private static <E, X> Publisher<X> read(Object what, SliceSource<E> parts, KintoResponse response,
			Function<Iterable<E>, Publisher<X>> reader) {
		try {
			return reader.apply(parts.read(response));
		}
		catch (Throwable ex) {
			return Mono.error(FatalErrors.signallable(what, ex));
		}
	}

	/**
	 * Whatever reading throws ends the stream, also what Reactor takes for fatal and
	 * would not signal.
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
				sink.error(FatalErrors.signallable(what, ex));
			}
			return iterator;
		});
	}

	private Mono<KintoResponse> exchange(KintoCall<?> call, Credentials credentials, Consumer<KintoResponse> head) {
		return Mono.deferContextual((view) -> {
			Observed observed = this.observations.start(call.request(), view);
			return this.requests.exchange(call.request(), credentials, 1, head)
				.doOnNext((response) -> received(call, response, observed))
				.doOnError(observed::stop)
				.doOnCancel(observed::stop)
				.contextWrite(observed::writeTo);
		});
	}

	/**
	 * A response is observed until it is complete: it is read only when its elements are
	 * wanted. An error is short, and tells what the caller gets.
	 */
	private void received(KintoCall<?> call, KintoResponse response, Observed observed) {
		observed.received(response);
		this.calls.hear(call, response);
		if (response.status() >= HttpStatus.BAD_REQUEST.value()) {
			try {
				call.read(response);
			}
			catch (KintoException ex) {
				observed.stop(ex);
			}
		}
		observed.stop();
	}

}
