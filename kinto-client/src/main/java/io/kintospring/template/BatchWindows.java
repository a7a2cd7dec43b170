package io.kintospring.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoBatchProgress;
import io.kintospring.client.KintoExecutor;
import io.kintospring.client.ReactiveKintoExecutor;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Sends any number of calls as one batch after the other, so that only the calls and
 * outcomes of one batch are in memory.
 */
final class BatchWindows<R> {

	private static final int SIZE = 1000;

	private final KintoCalls calls;

	private final KintoBatchOptions options;

	private int done;

	private int failed;

	private boolean stopped;

	private BatchWindows(KintoCalls calls, KintoBatchOptions options) {
		this.calls = calls;
		this.options = options;
	}

	static <R> Stream<Outcome<R>> stream(KintoExecutor executor, KintoCalls calls,
			Stream<? extends KintoCall<R>> source, KintoBatchOptions options) {
		BatchWindows<R> windows = new BatchWindows<>(calls, options);
		Iterator<List<Outcome<R>>> results = windows.results(executor, source.iterator());
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(results, Spliterator.ORDERED), false)
			.flatMap(List::stream)
			.onClose(source::close);
	}

	private Iterator<List<Outcome<R>>> results(KintoExecutor executor, Iterator<? extends KintoCall<R>> source) {
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return !BatchWindows.this.stopped && source.hasNext();
			}

			@Override
			public List<Outcome<R>> next() {
				List<KintoCall<R>> window = new ArrayList<>();
				while (window.size() < SIZE && source.hasNext()) {
					window.add(source.next());
				}
				if (window.isEmpty()) {
					throw new NoSuchElementException();
				}
				return outcomes(executor.execute(batch(window)));
			}

		};
	}

	static <R> Flux<Outcome<R>> stream(ReactiveKintoExecutor executor, KintoCalls calls,
			Publisher<? extends KintoCall<R>> source, KintoBatchOptions.Customizer... options) {
		return Flux.defer(() -> {
			BatchWindows<R> windows = new BatchWindows<>(calls, KintoBatchOptions.of(options));
			return Flux.from(source)
				.buffer(SIZE)
				.materialize()
				.concatMap((next) -> windows.run(executor, next), 1)
				.takeUntil((outcomes) -> windows.stopped)
				.concatMapDelayError(Flux::fromIterable, 1);
		});
	}

	/**
	 * Run a batch, or signal the end of the source. If its failure were a signal of the
	 * stream, it would cancel a batch in flight, and overtake outcomes.
	 */
	private Mono<List<Outcome<R>>> run(ReactiveKintoExecutor executor,
			Signal<? extends List<? extends KintoCall<R>>> next) {
		List<? extends KintoCall<R>> window = next.get();
		if (window != null) {
			return executor.execute(batch(window)).map(this::outcomes);
		}
		Throwable failure = next.getThrowable();
		return (failure != null) ? Mono.error(failure) : Mono.empty();
	}

	private KintoBatch batch(List<? extends KintoCall<R>> window) {
		Consumer<KintoBatchProgress> listener = this.options.progressListener();
		int before = this.done;
		int failedBefore = this.failed;
		return this.calls.batch(window,
				(ignored) -> this.options.collectErrors()
					.onProgress((progress) -> listener.accept(new KintoBatchProgress(before + progress.done(),
							failedBefore + progress.failed(), before + progress.total()))));
	}

	@SuppressWarnings("unchecked")
	private List<Outcome<R>> outcomes(BatchResult result) {
		this.done += result.outcomes().size();
		this.failed += (int) result.outcomes().stream().filter((outcome) -> outcome.error() != null).count();
		this.stopped = result.isStopped();
		return (List<Outcome<R>>) (List<?>) result.outcomes();
	}

}
