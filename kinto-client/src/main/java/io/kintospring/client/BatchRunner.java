package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.kintospring.KintoBatchProgress;
import io.kintospring.KintoException;
import io.kintospring.client.Observations.Observed;
import io.kintospring.protocol.BatchChunk;
import io.kintospring.protocol.BatchMembers;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.server.KintoServerInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * Runs batches, with one or several requests in flight.
 */
final class BatchRunner {

	private static final Log logger = LogFactory.getLog(BatchRunner.class);

	private final RequestExecutor requests;

	private final KintoAuthentication authentication;

	private final Observations observations;

	private final ServerKnowledge knowledge;

	private final Signals signals;

	private final CallRunner calls;

	private final Statistics statistics;

	private final Retries retries;

	private final Closing closing;

	BatchRunner(RequestExecutor requests, KintoAuthentication authentication, Observations observations,
			ServerKnowledge knowledge, Signals signals, CallRunner calls, Statistics statistics, Retries retries,
			Closing closing) {
		this.requests = requests;
		this.authentication = authentication;
		this.observations = observations;
		this.knowledge = knowledge;
		this.signals = signals;
		this.calls = calls;
		this.statistics = statistics;
		this.retries = retries;
		this.closing = closing;
	}

	/**
	 * Check the capabilities, find out the limit of the server, and divide the batch into
	 * requests.
	 */
	private KintoFlow<List<BatchChunk>> chunks(KintoBatch batch) {
		KintoFlow<Boolean> requirements = KintoFlow.done(true);
		for (KintoCall<?> call : batch.requirements()) {
			requirements = requirements.then((before) -> this.knowledge.requirement(call));
		}
		return requirements.then((checked) -> batch.isLimitedByServer()
				? this.knowledge.info(batch.serverInfo()).then((info) -> KintoFlow.done(batch.chunks(info)))
				: KintoFlow.done(batch.chunks()));
	}

	/**
	 * Run a batch on the calling thread, which sends all requests, reads all responses
	 * and reports the progress. The next request is in flight while a response is read.
	 */
	BatchResult await(KintoBatch batch) {
		Credentials credentials = Credentials.renewed(this.authentication);
		Run run = new Run(batch);
		Deque<BatchChunk> waiting = new ArrayDeque<>(this.calls.await(chunks(batch), credentials));
		Deque<Sent> inFlight = new ArrayDeque<>();
		WaitingThread thread = new WaitingThread();
		Blocking.require(batch);
		try {
			fill(batch, waiting, inFlight, thread, credentials);
			while (!inFlight.isEmpty()) {
				Sent sent = inFlight.element();
				Exchanged exchanged = thread.get(batch, sent.exchanged());
				inFlight.remove();
				List<BatchChunk> next = isRejected(batch, exchanged) ? awaitDivided(batch, exchanged, credentials)
						: List.of();
				if (next.isEmpty()) {
					if (!batch.stopsAtFailedRequest()) {
						fill(batch, waiting, inFlight, thread, credentials);
					}
					next = read(batch, exchanged, run);
				}
				for (int i = next.size() - 1; i >= 0; i--) {
					waiting.addFirst(next.get(i));
				}
				if (!run.stopped) {
					fill(batch, waiting, inFlight, thread, credentials);
				}
			}
		}
		catch (KintoException ex) {
			for (Sent sent : inFlight) {
				if (sent.exchanged().cancel(true) || sent.exchanged().isCompletedExceptionally()) {
					run.failed(sent.chunk(), ex);
				}
				else {
					// this response was received, although an earlier one was not
					read(batch, sent.exchanged().join(), run).forEach(waiting::addFirst);
				}
			}
			inFlight.clear();
		}
		finally {
			inFlight.forEach((sent) -> sent.exchanged().cancel(true));
		}
		waiting.forEach(run::notSent);
		return run.result();
	}

	/**
	 * Send as many requests as may be in flight. An interrupted thread sends no more
	 * requests, but still reads the received responses.
	 */
	private void fill(KintoBatch batch, Deque<BatchChunk> waiting, Deque<Sent> inFlight, WaitingThread thread,
			Credentials credentials) {
		while (!waiting.isEmpty() && inFlight.size() < batch.parallel() && !Thread.currentThread().isInterrupted()) {
			BatchChunk chunk = waiting.remove();
			inFlight.add(new Sent(chunk, Blocking.future(exchange(chunk, credentials).contextCapture(), thread)));
		}
	}

	private List<BatchChunk> awaitDivided(KintoBatch batch, Exchanged rejected, Credentials credentials) {
		try {
			return divided(batch, rejected, this.calls.await(batch.serverInfo(), credentials));
		}
		catch (KintoException ex) {
			return List.of();
		}
	}

	Mono<BatchResult> execute(KintoBatch batch) {
		return Mono.defer(() -> {
			Credentials credentials = Credentials.reused(this.authentication);
			Run run = new Run(batch);
			return this.calls.execute(chunks(batch), credentials)
				.flatMapMany((chunks) -> exchanges(batch, chunks, run, credentials))
				.then(Mono.fromSupplier(run::result));
		});
	}

	/**
	 * Read each response while the next request is in flight, unless sending it depends
	 * on the response.
	 */
	private Flux<Exchanged> exchanges(KintoBatch batch, List<BatchChunk> chunks, Run run, Credentials credentials) {
		boolean stops = batch.stopsAtFailedRequest();
		Flux<Exchanged> exchanges = Flux.fromIterable(chunks).flatMapSequential((chunk) -> {
			Flux<Exchanged> exchanged = exchanges(batch, chunk, run, credentials);
			return stops ? read(batch, exchanged.publishOn(Schedulers.parallel()), run, credentials) : exchanged;
		}, batch.parallel(), 1);
		int ahead = Math.min(batch.parallel(), chunks.size()) + 1;
		return stops ? exchanges : read(batch, exchanges.publishOn(Schedulers.parallel(), ahead), run, credentials);
	}

	/**
	 * Read responses, and send the calls again that the server undid.
	 */
	private Flux<Exchanged> read(KintoBatch batch, Flux<Exchanged> exchanges, Run run, Credentials credentials) {
		List<BatchChunk> again = new ArrayList<>();
		return exchanges.handle(reading(batch, run, again))
			.concatWith(Flux.defer(() -> again.isEmpty() ? Flux.empty() : read(batch,
					Flux.fromIterable(List.copyOf(again))
						.flatMapSequential((chunk) -> exchanges(batch, chunk, run, credentials), batch.parallel(), 1)
						.publishOn(Schedulers.parallel()),
					run, credentials)));
	}

	private BiConsumer<Exchanged, SynchronousSink<Exchanged>> reading(KintoBatch batch, Run run,
			List<BatchChunk> again) {
		return (exchanged, sink) -> {
			try {
				again.addAll(read(batch, exchanged, run));
			}
			catch (Throwable ex) {
				sink.error(ExchangeErrors.signallable(exchanged.request(), ex));
			}
		};
	}

	private Flux<Exchanged> exchanges(KintoBatch batch, BatchChunk chunk, Run run, Credentials credentials) {
		return Flux.defer(() -> {
			if (run.stopped) {
				run.notSent(chunk);
				return Flux.empty();
			}
			return exchange(chunk, credentials).flatMapMany((exchanged) -> isRejected(batch, exchanged)
					? divided(batch, exchanged, credentials)
						.flatMapMany((divided) -> divided.isEmpty() ? Flux.just(exchanged)
								: Flux.fromIterable(divided)
									.concatMap((smaller) -> exchanges(batch, smaller, run, credentials), 1))
					: Flux.just(exchanged));
		});
	}

	private Mono<List<BatchChunk>> divided(KintoBatch batch, Exchanged rejected, Credentials credentials) {
		return this.calls.execute(batch.serverInfo(), credentials)
			.map((fresh) -> divided(batch, rejected, fresh))
			.onErrorResume(KintoException.class, (ex) -> Mono.just(List.of()));
	}

	/**
	 * Return whether the server may accept fewer calls in a request than before.
	 */
	private static boolean isRejected(KintoBatch batch, Exchanged exchanged) {
		KintoResponse response = exchanged.response();
		return batch.isLimitedByServer() && response != null && exchanged.chunk().isRefused(response);
	}

	/**
	 * Return the smaller requests to send instead, or none if the server still announces
	 * a limit that allows the rejected request.
	 */
	private static List<BatchChunk> divided(KintoBatch batch, Exchanged rejected, KintoServerInfo fresh) {
		KintoResponse response = Objects.requireNonNull(rejected.response());
		List<BatchChunk> divided = batch.divide(rejected.chunk().after(response), fresh);
		if (divided.size() == 1) {
			return List.of();
		}
		rejected.observed().stop();
		return divided;
	}

	private Mono<Exchanged> exchange(BatchChunk chunk, Credentials credentials) {
		RequestCredentials own = new RequestCredentials(credentials);
		if (chunk.pause().isZero()) {
			return send(chunk, own);
		}
		return Mono.deferContextual((view) -> {
			own.askFor(chunk.request().request(), view);
			return this.closing.pause(chunk, chunk.pause()).then(Mono.defer(() -> send(chunk, own)));
		})
			.onErrorResume(KintoException.class,
					(ex) -> Mono.just(new Exchanged(chunk, chunk.request(), this.observations.none(), null, ex)));
	}

	private Mono<Exchanged> send(BatchChunk chunk, RequestCredentials credentials) {
		return Mono.deferContextual((view) -> {
			KintoCall<BatchMembers> request = chunk.request();
			this.statistics.sentBatch(chunk.calls().size());
			Observed observed = this.observations.start(request.request(), view);
			return this.requests.exchange(request, credentials, chunk.calls().size(), RequestExecutor.IGNORE_HEAD)
				.map(chunk::received)
				.doOnNext(this.signals::process)
				.map((response) -> new Exchanged(chunk, request, observed, response, null))
				.onErrorResume(KintoException.class, (ex) -> {
					observed.stop(ex);
					return Mono.just(new Exchanged(chunk, request, observed, null, ex));
				})
				.doOnCancel(observed::stop)
				.contextWrite(observed::writeTo);
		});
	}

	/**
	 * Read a response.
	 * @return the request to send again, if the server undid calls
	 */
	private List<BatchChunk> read(KintoBatch batch, Exchanged exchanged, Run run) {
		KintoResponse response = exchanged.response();
		KintoException error = exchanged.error();
		if (response != null) {
			try {
				exchanged.observed().received(response);
				BatchMembers members = exchanged.request().read(response);
				exchanged.observed().stop();
				this.signals.process(response, members);
				this.statistics.received(members.outcomes());
				if (members.contradicting()) {
					this.knowledge.forget();
				}
				return done(batch, exchanged, members, run);
			}
			catch (KintoException ex) {
				exchanged.observed().stop(ex);
				error = ex;
			}
		}
		if (error != null) {
			run.failed(exchanged.chunk(), error);
		}
		return List.of();
	}

	/**
	 * Keep the outcomes of a request, and return the request for calls that the server
	 * undid. A call that was sent alone was sent again already.
	 */
	private List<BatchChunk> done(KintoBatch batch, Exchanged exchanged, BatchMembers members, Run run) {
		BatchChunk chunk = exchanged.chunk();
		int undone = members.undone();
		Duration pause = (undone > 0 && chunk.calls().size() > 1 && batch.canRepeat(chunk, undone))
				? this.retries.pause(exchanged.request().request(), chunk.retries(), members) : null;
		if (pause == null) {
			run.done(chunk, 0, members.reportUndone());
			return List.of();
		}
		run.done(chunk, undone, members);
		this.statistics.retried();
		return List.of(chunk.again(members, pause));
	}

	private record Sent(BatchChunk chunk, CompletableFuture<Exchanged> exchanged) {
	}

	private record Exchanged(BatchChunk chunk, KintoCall<BatchMembers> request, Observed observed,
			@Nullable KintoResponse response, @Nullable KintoException error) {
	}

	/**
	 * Run of a batch. Requests in flight can complete on different threads.
	 */
	private static final class Run {

		private final KintoBatch batch;

		private final @Nullable Outcome<?>[] outcomes;

		private final AtomicInteger done = new AtomicInteger();

		private final AtomicInteger failed = new AtomicInteger();

		/** Whether no more requests are sent. */
		private volatile boolean stopped;

		Run(KintoBatch batch) {
			this.batch = batch;
			this.outcomes = new Outcome<?>[batch.size()];
		}

		void failed(BatchChunk chunk, KintoException error) {
			stop();
			done(chunk, 0, chunk.failed(error));
		}

		/**
		 * Keep the outcomes of a request, except those of the first calls, which are sent
		 * again.
		 */
		void done(BatchChunk chunk, int undone, BatchMembers members) {
			if (members.failed()) {
				stop();
			}
			done(chunk, undone, members.outcomes());
		}

		private void stop() {
			this.stopped |= this.batch.stopsAtFailedRequest();
		}

		private synchronized void done(BatchChunk chunk, int undone, List<Outcome<?>> outcomes) {
			put(chunk, outcomes);
			List<Outcome<?>> kept = outcomes.subList(undone, outcomes.size());
			if (kept.isEmpty()) {
				return;
			}
			int failures = (int) kept.stream().filter((outcome) -> outcome.error() != null).count();
			report(new KintoBatchProgress(this.done.addAndGet(kept.size()), this.failed.addAndGet(failures),
					this.batch.size()));
		}

		private void report(KintoBatchProgress progress) {
			try {
				this.batch.report(progress);
			}
			catch (Throwable ex) {
				logger.warn("The progress listener of a batch failed; the batch goes on", ex);
			}
		}

		synchronized void notSent(BatchChunk chunk) {
			put(chunk, chunk.notSent());
		}

		private void put(BatchChunk chunk, List<Outcome<?>> outcomes) {
			for (int i = 0; i < outcomes.size(); i++) {
				this.outcomes[chunk.start() + i] = outcomes.get(i);
			}
		}

		synchronized BatchResult result() {
			return this.batch.result(this.stopped, Arrays.asList(this.outcomes));
		}

	}

}
