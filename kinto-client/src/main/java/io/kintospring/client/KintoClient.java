package io.kintospring.client;

import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.kintospring.KintoException;
import io.kintospring.KintoSignal;
import io.kintospring.KintoUrl;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import io.kintospring.protocol.KintoSequence.Part;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Runs calls against one server: the blocking and the reactive template share all of it.
 */
public final class KintoClient implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(KintoClient.class);

	private static final int DOWNLOAD_AHEAD = 4;

	private static final int STREAM_AHEAD = 256;

	private final KintoTransport transport;

	private final KintoAuthentication authentication;

	private final Duration timeout;

	private final Duration transferTimeout;

	private final ObservationRegistry observationRegistry;

	private final @Nullable KintoObservationConvention observationConvention;

	private final Exchanges exchanges;

	private final Consumer<KintoSignal> signalListener;

	private final Clock clock;

	private final AtomicReference<Instant> backoffUntil = new AtomicReference<>(Instant.EPOCH);

	private KintoClient(Builder builder) {
		this.transport = builder.transport;
		this.authentication = builder.authentication;
		this.timeout = builder.timeout;
		this.transferTimeout = builder.transferTimeout;
		this.observationRegistry = builder.observationRegistry;
		this.observationConvention = builder.observationConvention;
		this.exchanges = new Exchanges(this.transport, this.authentication, this.timeout, this.transferTimeout,
				new Observations(this.observationRegistry, this.observationConvention, this.transport.server()));
		this.signalListener = builder.signalListener;
		this.clock = builder.clock;
	}

	/**
	 * Start building a client.
	 * @param transport carries requests to the server
	 * @return a builder with defaults: no authentication, a timeout of 5 seconds, nobody
	 * who listens
	 */
	public static Builder builder(KintoTransport transport) {
		return new Builder(transport);
	}

	/**
	 * Start building a client.
	 * @param url the root of the server's API, such as
	 * {@code https://kinto.example.com/v1}
	 * @return a builder with defaults: Reactor Netty as the transport, no authentication,
	 * a timeout of 5 seconds, nobody who listens
	 * @throws IllegalArgumentException if the URL cannot be one
	 */
	public static Builder builder(String url) {
		return new Builder(ReactorNettyKintoTransport.builder(KintoUrl.of(url)).build());
	}

	/**
	 * Start building a client like this one.
	 * @return a builder with the settings of this client
	 */
	public Builder mutate() {
		return new Builder(this.transport).authentication(this.authentication)
			.timeout(this.timeout)
			.transferTimeout(this.transferTimeout)
			.observationRegistry(this.observationRegistry)
			.observationConvention(this.observationConvention)
			.signalListener(this.signalListener)
			.clock(this.clock);
	}

	/**
	 * Run a call.
	 * @param <R> what the answer is read as
	 * @param call the call
	 * @return the result; each subscription sends the request anew. Fails with a
	 * {@link KintoException}.
	 */
	public <R> Mono<R> execute(KintoCall<R> call) {
		return required(call, exchange(call.request()).map((response) -> read(call, response)));
	}

	private <R> Mono<R> required(KintoCall<?> call, Mono<R> result) {
		return (call.requirement() instanceof KintoFlow.Ask<?> question) ? execute(question).then(result) : result;
	}

	/**
	 * Run a flow, one request after the other.
	 * @param <R> the result
	 * @param flow the flow
	 * @return the result; each subscription starts anew. Fails with a
	 * {@link KintoException}.
	 */
	public <R> Mono<R> execute(KintoFlow<R> flow) {
		return Mono.just(flow).expand(this::next).last().map(KintoClient::result);
	}

	private <R> Mono<KintoFlow<R>> next(KintoFlow<R> flow) {
		return (flow instanceof KintoFlow.Ask<R> ask) ? after(ask.pause(), execute(ask.call())) : Mono.empty();
	}

	private static <R> R result(KintoFlow<R> flow) {
		return ((KintoFlow.Done<R>) flow).result();
	}

	/**
	 * Run a batch.
	 * @param batch the batch
	 * @return what became of its calls; each subscription sends them anew. Fails with a
	 * {@link KintoException} if that was asked for, or if it is not known how many calls
	 * the server takes at once.
	 */
	public Mono<BatchResult> execute(KintoBatch batch) {
		return execute(batch.parts()).flatMapMany((parts) -> answers(batch, parts))
			.publishOn(Schedulers.parallel(), batch.parallel() + 1)
			.map(this::read)
			.collectList()
			.map(batch::result);
	}

	/**
	 * The answer to one part can be read while that to the next one comes.
	 */
	private Flux<PartAnswer> answers(KintoBatch batch, List<KintoBatch.Part> parts) {
		AtomicBoolean stopped = new AtomicBoolean();
		return Flux.fromIterable(parts)
			.flatMapSequential((part) -> stopped.get() ? Mono.just(new PartAnswer(part, null, null))
					: answer(part).doOnNext((answer) -> {
						if (batch.stopsAfter(answer.response())) {
							stopped.set(true);
						}
					}), batch.parallel(), 1);
	}

	private Mono<PartAnswer> answer(KintoBatch.Part part) {
		return exchange(part.request().request()).map((response) -> new PartAnswer(part, response, null))
			.onErrorResume(KintoException.class, (ex) -> Mono.just(new PartAnswer(part, null, ex)));
	}

	private List<Outcome<?>> read(PartAnswer answer) {
		if (answer.error() != null) {
			return answer.part().failed(answer.error());
		}
		return (answer.response() != null) ? read(answer.part(), answer.response()) : answer.part().notSent();
	}

	private List<Outcome<?>> read(KintoBatch.Part part, KintoResponse response) {
		try {
			KintoBatch.Members members = read(part.request(), response);
			Instant now = this.clock.instant();
			members.answers().stream().flatMap((answer) -> answer.signals(now).stream()).distinct().forEach(this::tell);
			return members.outcomes();
		}
		catch (KintoException ex) {
			return part.failed(ex);
		}
	}

	/**
	 * What became of a part: an answer, an error, or nothing if it was not sent.
	 */
	private record PartAnswer(KintoBatch.Part part, @Nullable KintoResponse response, @Nullable KintoException error) {
	}

	/**
	 * Run a sequence, part by part, as its elements are asked for: while those of one
	 * part are consumed, the next part is fetched, and no more.
	 * @param <E> what it is a sequence of
	 * @param sequence the sequence
	 * @return its elements; each subscription starts anew. Fails with a
	 * {@link KintoException}.
	 */
	public <E> Flux<E> stream(KintoSequence<E> sequence) {
		return parts(sequence, Flux::fromIterable);
	}

	/**
	 * Run several sequences side by side, as their elements are asked for: of each, no
	 * more than three parts are held.
	 * @param <E> what they are sequences of
	 * @param sequence the sequences
	 * @return their elements in no order; each subscription starts anew. Fails with a
	 * {@link KintoException}.
	 */
	public <E> Flux<E> stream(KintoParallelSequence<E> sequence) {
		return execute(sequence.sequences())
			.flatMapMany((sequences) -> Flux.fromIterable(sequences)
				.flatMap((each) -> parts(each, (elements) -> Flux.fromIterable(elements).collectList()),
						sequence.parallel(), 1))
			.concatMapIterable((elements) -> elements, 1);
	}

	/**
	 * A part is read when it is wanted, and not before. One thread asks for, reads and
	 * hands over all of them: no connection waits meanwhile, and where two threads take
	 * turns, each finds its caches cold. Nobody can go on after an error, as the next
	 * part is not known.
	 */
	private <E, X> Flux<X> parts(KintoSequence<E> sequence, Function<Iterable<E>, Publisher<X>> reader) {
		return Flux.<X>deferContextual((context) -> {
			PartsAhead<E> parts = new PartsAhead<>(this, sequence.first(),
					(call, pause) -> after(pause, required(call, exchange(call.request()).doOnNext(this::hear)))
						.contextWrite(context));
			Scheduler readingThread = Schedulers.single(Schedulers.parallel());
			return parts.answers()
				.concatMap((answer) -> answer.publishOn(readingThread)
					.flux()
					.concatMap((response) -> reader.apply(parts.read(response).elements()), 0), 0)
				.subscribeOn(readingThread)
				.doFinally((signal) -> {
					parts.close();
					readingThread.dispose();
				});
		}).onErrorStop();
	}

	/**
	 * Run a call and wait for its result. The answer is read, and who listens is told, on
	 * the thread that waits.
	 * @param <R> what the answer is read as
	 * @param call the call
	 * @return the result
	 * @throws KintoException if no answer came, or one that is not what was asked for
	 * @throws IllegalStateException on a thread that must not wait, such as one of an
	 * event loop; nothing is sent then
	 */
	public <R> R await(KintoCall<R> call) {
		await(call.requirement());
		return read(call, Waiting.forAnswer(call, exchange(call.request())));
	}

	/**
	 * Run a flow and wait for its result.
	 * @param <R> the result
	 * @param flow the flow
	 * @return the result
	 * @throws KintoException if no answer came, or one that is not what was asked for
	 * @throws IllegalStateException on a thread that must not wait, such as one of an
	 * event loop; nothing is sent then
	 */
	public <R> R await(KintoFlow<R> flow) {
		KintoFlow<R> rest = flow;
		while (rest instanceof KintoFlow.Ask<R> ask) {
			Waiting.pause(ask, ask.pause());
			rest = await(ask.call());
		}
		return result(rest);
	}

	/**
	 * Run a batch and wait for its result.
	 * @param batch the batch
	 * @return what became of its calls
	 * @throws KintoException if that was asked for, or if it is not known how many calls
	 * the server takes at once
	 * @throws IllegalStateException on a thread that must not wait, such as one of an
	 * event loop; nothing is sent then
	 */
	public BatchResult await(KintoBatch batch) {
		List<KintoBatch.Part> parts = await(batch.parts());
		Waiting.require(batch);
		try (Stream<PartAnswer> answers = Waiting.stream(batch, answers(batch, parts), batch.parallel() + 1)) {
			return batch.result(answers.map(this::read).toList());
		}
	}

	/**
	 * Run a sequence, and wait for its parts as the stream is consumed: while one part is
	 * consumed, the next one is fetched, and no more.
	 * @param <E> what it is a sequence of
	 * @param sequence the sequence
	 * @return its elements. Close it if it is not consumed to its end. It fails with a
	 * {@link KintoException} on the way.
	 * @throws IllegalStateException on a thread that must not wait, such as one of an
	 * event loop; nothing is sent then
	 */
	public <E> Stream<E> awaitStream(KintoSequence<E> sequence) {
		Waiting.require(sequence.first());
		PartsAhead<E> parts = new PartsAhead<>(this, sequence.first(), (call, pause) -> {
			await(call.requirement());
			return after(pause, exchange(call.request())).contextCapture();
		});
		Iterator<E> iterator = new WaitingIterator<>(this, sequence.first(), parts);
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false)
			.onClose(parts::close);
	}

	/**
	 * Run several sequences side by side, and wait for their parts as the stream is
	 * consumed.
	 * @param <E> what they are sequences of
	 * @param sequence the sequences
	 * @return their elements in no order. Close it if it is not consumed to its end. It
	 * fails with a {@link KintoException} on the way.
	 * @throws IllegalStateException on a thread that must not wait, such as one of an
	 * event loop; nothing is sent then
	 */
	public <E> Stream<E> awaitStream(KintoParallelSequence<E> sequence) {
		Waiting.require(sequence.sequences());
		return Waiting.stream(sequence.sequences(), stream(sequence), STREAM_AHEAD);
	}

	/**
	 * Download a file. Each part of it that is asked for has to come within the transfer
	 * timeout; how long it takes to consume does not count.
	 * @param download the file
	 * @return its bytes as they come, which the subscriber has to release; each
	 * subscription starts anew. Fails with a {@link KintoException}, at its end if it is
	 * not the file that was uploaded.
	 */
	public Flux<DataBuffer> stream(KintoDownload download) {
		return execute(download.address()).flatMapMany((address) -> this.exchanges.download(download, address));
	}

	/**
	 * Download a file, and wait for its bytes as they are read. Each part of it has to
	 * come within the transfer timeout.
	 * @param download the file
	 * @return its bytes. Close it if it is not read to its end. Reading fails with a
	 * {@link KintoException}, at the end if it is not the file that was uploaded.
	 * @throws KintoException if it is not known where the file is
	 * @throws IllegalStateException on a thread that must not wait, such as one of an
	 * event loop; nothing is sent then
	 */
	public InputStream awaitStream(KintoDownload download) {
		Waiting.require(download);
		URI address = await(download.address());
		return DataBufferUtils.subscriberInputStream(this.exchanges.download(download, address).contextCapture(),
				DOWNLOAD_AHEAD);
	}

	/**
	 * Return for how long the server still asks for less. The longest time it has asked
	 * for counts, also if later answers do not repeat it.
	 * @return the time, or zero
	 */
	public Duration remainingBackoff() {
		Duration remaining = Duration.between(this.clock.instant(), this.backoffUntil.get());
		return remaining.isNegative() ? Duration.ZERO : remaining;
	}

	/**
	 * Return which server calls go to, for people to read.
	 * @return the address of the server's API, without credentials
	 */
	public String server() {
		return this.transport.server();
	}

	/**
	 * Close the transport, and with it the connections to the server.
	 */
	@Override
	public void close() {
		this.transport.close();
	}

	private Mono<KintoResponse> exchange(KintoRequest request) {
		return this.exchanges.exchange(request);
	}

	private static <R> Mono<R> after(Duration pause, Mono<R> next) {
		return pause.isZero() ? next : Mono.delay(pause).then(next);
	}

	private <R> R read(KintoCall<R> call, KintoResponse response) {
		hear(response);
		return call.read(response);
	}

	/**
	 * Hear what the server says beside its answer.
	 */
	void hear(KintoResponse response) {
		response.signals(this.clock.instant()).forEach(this::tell);
	}

	Duration pauseBefore(Part<?> part) {
		Duration backoff = remainingBackoff();
		return (part.pause().isZero() || part.pause().compareTo(backoff) > 0) ? part.pause() : backoff;
	}

	private void tell(KintoSignal signal) {
		if (signal instanceof KintoSignal.Backoff backoff) {
			this.backoffUntil.accumulateAndGet(backoff.releaseTime(), (one, other) -> one.isAfter(other) ? one : other);
		}
		try {
			this.signalListener.accept(signal);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed on " + signal + "; the answer it came with is not affected", ex);
		}
	}

	/**
	 * Builds a {@link KintoClient}.
	 */
	public static final class Builder {

		private KintoTransport transport;

		private KintoAuthentication authentication = KintoAuthentication.none();

		private Duration timeout = Duration.ofSeconds(5);

		private Duration transferTimeout = Duration.ofSeconds(30);

		private Consumer<KintoSignal> signalListener = (signal) -> {
		};

		private Clock clock = Clock.systemUTC();

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private @Nullable KintoObservationConvention observationConvention;

		private Builder(KintoTransport transport) {
			this.transport = transport;
		}

		/**
		 * Talk to another server. Reactor Netty keeps its other settings; any other
		 * transport is replaced by Reactor Netty with defaults.
		 * @param url the root of the server's API
		 * @return this builder
		 * @throws IllegalArgumentException if the URL cannot be one
		 */
		public Builder url(String url) {
			KintoUrl root = KintoUrl.of(url);
			this.transport = ((this.transport instanceof ReactorNettyKintoTransport netty) ? netty.mutate(root)
					: ReactorNettyKintoTransport.builder(root))
				.build();
			return this;
		}

		/**
		 * Set what carries requests to the server.
		 * @param transport the transport
		 * @return this builder
		 */
		public Builder transport(KintoTransport transport) {
			this.transport = transport;
			return this;
		}

		/**
		 * Set who asks. By default nobody.
		 * @param authentication is asked for each request
		 * @return this builder
		 */
		public Builder authentication(KintoAuthentication authentication) {
			this.authentication = authentication;
			return this;
		}

		/**
		 * Set how long an exchange may take, from asking for a connection to the last
		 * byte of the answer. By default 5 seconds. Files are transferred without this
		 * limit.
		 * @param timeout more than nothing
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is zero or negative
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = positive("timeout", timeout);
			return this;
		}

		/**
		 * Set how long the transfer of a file may stand still: how long it takes in all
		 * does not matter. By default 30 seconds, as operating systems and what is on the
		 * way may take some megabytes at once, and then nothing until those have gone
		 * out.
		 * @param transferTimeout more than nothing
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is zero or negative
		 */
		public Builder transferTimeout(Duration transferTimeout) {
			this.transferTimeout = positive("transfer timeout", transferTimeout);
			return this;
		}

		private static Duration positive(String name, Duration timeout) {
			if (timeout.isZero() || timeout.isNegative()) {
				throw new IllegalArgumentException("The " + name + " is " + timeout + " and must be more than nothing");
			}
			return timeout;
		}

		/**
		 * Set who listens to what the server says beside its answers. It is called before
		 * the result of the call is there, on the thread that reads the answer: the one
		 * that waits for it, or, where nobody waits and for streams in parallel, one of
		 * Reactor's, which must not block. By default nobody listens.
		 * @param signalListener takes each signal
		 * @return this builder
		 */
		public Builder signalListener(Consumer<KintoSignal> signalListener) {
			this.signalListener = signalListener;
			return this;
		}

		/**
		 * Set where exchanges are observed, for metrics and traces. By default nowhere.
		 * @param observationRegistry the registry
		 * @return this builder
		 * @see KintoObservationDocumentation
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.observationRegistry = observationRegistry;
			return this;
		}

		/**
		 * Set what observations are called and what is kept with them.
		 * @param observationConvention the convention, or {@code null} for that of the
		 * registry or else {@link DefaultKintoObservationConvention}
		 * @return this builder
		 */
		public Builder observationConvention(@Nullable KintoObservationConvention observationConvention) {
			this.observationConvention = observationConvention;
			return this;
		}

		/**
		 * Set the clock that signals are timed by. By default the system's.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Build the client.
		 * @return the client
		 */
		public KintoClient build() {
			return new KintoClient(this);
		}

	}

}
