package io.kintospring.client;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoLockException;
import io.kintospring.KintoOptions;
import io.kintospring.KintoRetry;
import io.kintospring.KintoUrl;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoDownload;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoParallelSequence;
import io.kintospring.protocol.KintoSequence;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Client for one Kinto server. It runs the calls of the blocking and the reactive
 * template, and is thread-safe.
 * <p>
 * The client reads the {@code Backoff}, {@code Retry-After} and {@code Alert} headers of
 * each response and passes them to the {@linkplain Builder#signalListener listener}. A
 * backoff extends the pauses of a watch. Whether it also delays other requests is a
 * {@linkplain Builder#backoffMode setting}. Failed requests are {@linkplain Builder#retry
 * sent again} if this cannot apply them twice.
 * <p>
 * The client also remembers the server information and owns the connections, unless the
 * transport is shared. After it is closed, every call fails immediately and every watch
 * ends.
 */
public final class KintoClient implements ReactiveKintoExecutor, AutoCloseable {

	private final Settings settings;

	private final KintoTransport transport;

	private final boolean ownsTransport;

	private final Closing closing = new Closing();

	private final String name;

	private final Statistics statistics = new Statistics();

	private final Signals signals;

	private final ServerKnowledge knowledge;

	private final RequestExecutor requests;

	private final CallRunner calls;

	private final BatchRunner batches;

	private final SequenceRunner sequences;

	private final DownloadRunner downloads;

	private final KintoExecutor blocking = new BlockingExecutor();

	private KintoClient(Settings settings, KintoTransport transport, boolean ownsTransport) {
		this.settings = settings;
		this.transport = transport;
		this.ownsTransport = ownsTransport;
		String server = transport.server();
		this.name = (settings.name != null) ? settings.name : ServerAddress.hostOf(server);
		this.signals = new Signals(server, settings.signalListener, settings.clock, settings.maxBackoff,
				this.statistics, settings.backoffUntil, settings.logged);
		BackoffGate gate = new BackoffGate(settings.backoffMode, this.signals, this.closing);
		Retries retries = new Retries(settings.retry, settings.callTimeout, settings.clock, this.closing, gate,
				this.signals, this.statistics);
		this.requests = new RequestExecutor(transport, settings.timeout, settings.transferTimeout, gate, retries,
				this.closing);
		Observations observations = new Observations(settings.observationRegistry, settings.observationConvention,
				this.name);
		this.knowledge = new ServerKnowledge(settings.clock, settings.serverInfoExpiry);
		KintoAuthentication authentication = settings.authentication;
		this.calls = new CallRunner(this.requests, authentication, observations, this.knowledge, this.signals,
				this.closing, this.statistics,
				new ExclusiveFlows(settings.lock, settings.lockMaxWait, server, this.closing));
		this.batches = new BatchRunner(this.requests, authentication, observations, this.knowledge, this.signals,
				this.calls, this.statistics, retries, this.closing);
		this.sequences = new SequenceRunner(this.requests, authentication, observations, this.signals, this.calls,
				this.closing, this.statistics);
		this.downloads = new DownloadRunner(this.requests, authentication, this.knowledge, this.calls);
	}

	/**
	 * Return a builder of a client.
	 * @param transport the transport, which is closed with the client
	 * @return a builder with a timeout of 5 seconds, no authentication, and no signal
	 * listener
	 */
	public static Builder builder(KintoTransport transport) {
		return new Builder().transport(transport);
	}

	/**
	 * Return a builder of a client.
	 * @param transport the builder of the transport, which is closed with the client
	 * @return a builder with a timeout of 5 seconds, no authentication, and no signal
	 * listener
	 */
	public static Builder builder(WebClientKintoTransport.Builder transport) {
		return new Builder().transport(transport);
	}

	/**
	 * Return a builder of a client with a {@link WebClientKintoTransport} of its own.
	 * @param url the root of the server's API, such as
	 * {@code https://kinto.example.com/v1}
	 * @return a builder with a timeout of 5 seconds, no authentication, and no signal
	 * listener
	 * @throws IllegalArgumentException if the URL is not valid
	 */
	public static Builder builder(String url) {
		return new Builder().url(url);
	}

	/**
	 * Return a builder with the settings of this client. The new client shares the
	 * transport and its connections, unless you set another URL or transport.
	 * @return the builder
	 * @see Builder#url(String)
	 */
	public Builder mutate() {
		return new Builder(new Settings(this.settings), this.transport, server());
	}

	@Override
	public <R> Mono<R> execute(KintoCall<R> call) {
		return this.calls.execute(call);
	}

	@Override
	public <R> Mono<R> execute(KintoFlow<R> flow) {
		return this.calls.execute(flow);
	}

	@Override
	public Mono<BatchResult> execute(KintoBatch batch) {
		return this.batches.execute(batch);
	}

	@Override
	public <E> Flux<E> stream(KintoSequence<E> sequence) {
		return this.sequences.execute(sequence);
	}

	@Override
	public <E> Flux<E> stream(KintoParallelSequence<E> sequence) {
		return this.sequences.execute(sequence);
	}

	@Override
	public Flux<DataBuffer> download(KintoDownload download) {
		return this.downloads.execute(download);
	}

	/**
	 * Return a blocking executor that runs calls on this client.
	 * @return the executor
	 */
	public KintoExecutor blocking() {
		return this.blocking;
	}

	/**
	 * Return how long the client should keep backing off. If the server sent several
	 * {@code Backoff} headers, the latest deadline wins.
	 * @return the remaining time, or zero
	 * @see Builder#maxBackoff(Duration)
	 */
	public Duration remainingBackoff() {
		return this.signals.remainingBackoff();
	}

	/**
	 * Return what the client has counted since it was built.
	 * @return the current numbers
	 */
	public KintoClientStatistics statistics() {
		return this.statistics.snapshot();
	}

	/**
	 * Return the name of the server in metrics.
	 * @return the name, by default the host and port of the URL
	 * @see Builder#name(String)
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the URL of the server's API for messages, events and health details.
	 * @return the URL, without credentials
	 */
	public String server() {
		return this.transport.server();
	}

	/**
	 * Return a snapshot of the settings of this client, and of what it knows about the
	 * server, for diagnostics. This method sends no request.
	 * @return the snapshot, without credentials
	 */
	public KintoClientState state() {
		return new KintoClientState(this.settings.clock.instant(), this.name, server(),
				this.settings.authentication.scheme(), this.settings.timeout, this.settings.callTimeout,
				this.settings.transferTimeout, this.settings.retry, this.settings.serverInfoExpiry,
				this.settings.maxBackoff, this.settings.backoffMode, remainingBackoff(), this.knowledge.cached(),
				this.signals.received());
	}

	/**
	 * Return whether another client has a server with the same scheme, host and port. If
	 * not, credentials must not be shared.
	 * @param other the other client
	 * @return {@code true} if the origin is the same
	 */
	public boolean isOfSameOrigin(KintoClient other) {
		return ServerAddress.areOfSameOrigin(server(), other.server());
	}

	/**
	 * Close the client and its connections. Calls in flight and later calls fail, and
	 * watches end. A shared transport stays open.
	 */
	@Override
	public void close() {
		this.closing.close();
		this.requests.close();
		this.signals.close();
		if (this.ownsTransport) {
			this.transport.close();
		}
	}

	private final class BlockingExecutor implements KintoExecutor {

		@Override
		public <R> R execute(KintoCall<R> call) {
			return KintoClient.this.calls.await(call);
		}

		@Override
		public <R> R execute(KintoFlow<R> flow) {
			return KintoClient.this.calls.await(flow);
		}

		@Override
		public BatchResult execute(KintoBatch batch) {
			return KintoClient.this.batches.await(batch);
		}

		@Override
		public <E> Stream<E> stream(KintoSequence<E> sequence) {
			return KintoClient.this.sequences.await(sequence);
		}

		@Override
		public <E> Stream<E> stream(KintoParallelSequence<E> sequence) {
			return KintoClient.this.sequences.await(sequence);
		}

		@Override
		public InputStream download(KintoDownload download) {
			return KintoClient.this.downloads.await(download);
		}

	}

	/**
	 * Settings, except for the transport.
	 */
	private static final class Settings {

		private @Nullable String name;

		private KintoAuthentication authentication = KintoAuthentication.none();

		private Duration timeout = Duration.ofSeconds(5);

		private Duration transferTimeout = Duration.ofSeconds(30);

		private Duration callTimeout = Duration.ofSeconds(30);

		private KintoRetry retry = KintoRetry.defaults();

		private KintoBackoffMode backoffMode = KintoBackoffMode.NOTIFY;

		private Duration serverInfoExpiry = Duration.ofMinutes(5);

		private Duration maxBackoff = Duration.ofMinutes(10);

		private KintoLock lock = new LocalKintoLock();

		private Duration lockMaxWait = Duration.ofSeconds(30);

		private @Nullable KintoSignalListener signalListener;

		private Clock clock = Clock.systemUTC();

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private @Nullable KintoObservationConvention observationConvention;

		/** End of the backoff of the server, also for copies of this client. */
		private AtomicReference<Instant> backoffUntil = new AtomicReference<>(Instant.EPOCH);

		/** Messages that this client and its copies have logged. */
		private final Set<String> logged;

		Settings() {
			this.logged = ConcurrentHashMap.newKeySet();
		}

		Settings(Settings other) {
			this.logged = other.logged;
			this.backoffUntil = other.backoffUntil;
			this.name = other.name;
			this.authentication = other.authentication;
			this.timeout = other.timeout;
			this.transferTimeout = other.transferTimeout;
			this.callTimeout = other.callTimeout;
			this.retry = other.retry;
			this.backoffMode = other.backoffMode;
			this.serverInfoExpiry = other.serverInfoExpiry;
			this.maxBackoff = other.maxBackoff;
			this.lock = other.lock;
			this.lockMaxWait = other.lockMaxWait;
			this.signalListener = other.signalListener;
			this.clock = other.clock;
			this.observationRegistry = other.observationRegistry;
			this.observationConvention = other.observationConvention;
		}

	}

	/**
	 * Builder of a {@link KintoClient}. Not thread-safe.
	 */
	public static final class Builder {

		private final Settings settings;

		/** Transport of the client that this builder was created from. */
		private final @Nullable KintoTransport shared;

		/** Server that the inherited settings are for. */
		private final @Nullable String inheritedFrom;

		private @Nullable KintoTransport transport;

		/** Whether the transport stays open when the client is closed. */
		private boolean transportShared;

		private WebClientKintoTransport.@Nullable Builder webClient;

		/** Whether the transport gets the observation registry of this builder. */
		private boolean observed;

		private boolean ownConnections;

		private boolean authenticated;

		private boolean named;

		private Builder() {
			this(new Settings(), null, null);
		}

		private Builder(Settings settings, @Nullable KintoTransport shared, @Nullable String inheritedFrom) {
			this.settings = settings;
			this.shared = shared;
			this.inheritedFrom = inheritedFrom;
		}

		/**
		 * Return a copy of this builder. See {@link #url(String)} for the settings that a
		 * copy for another server loses.
		 */
		@Override
		public Builder clone() {
			String server = server();
			Builder clone = new Builder((server != null) ? settingsFor(server) : new Settings(this.settings),
					this.shared, server);
			clone.transport = this.transport;
			clone.transportShared = this.transportShared;
			clone.webClient = (this.webClient != null) ? this.webClient.clone() : null;
			clone.observed = this.observed;
			clone.ownConnections = this.ownConnections;
			return clone;
		}

		private @Nullable String server() {
			if (this.webClient != null) {
				return this.webClient.server();
			}
			KintoTransport current = currentTransport();
			return (current != null) ? current.server() : null;
		}

		private @Nullable KintoTransport currentTransport() {
			return (this.transport != null) ? this.transport : this.shared;
		}

		/**
		 * Set the URL of the server. A {@link WebClientKintoTransport} keeps its limits
		 * and its HTTP library. Any other transport is replaced by a default one.
		 * <p>
		 * If the scheme, host or port changes, the new server must not receive the
		 * settings of the first one. These settings are reset, unless you set them on
		 * this builder: the filters and default headers of the {@code WebClient}, the
		 * HTTP client with its TLS material, the authentication, and the name.
		 * @param url the root of the server's API
		 * @return this builder
		 * @throws IllegalArgumentException if the URL is not valid
		 */
		public Builder url(String url) {
			KintoUrl root = KintoUrl.of(url);
			if (this.webClient != null) {
				transport(this.webClient.mutate(root));
			}
			else {
				transport((currentTransport() instanceof WebClientKintoTransport webClientTransport)
						? webClientTransport.mutate(root) : WebClientKintoTransport.builder(root));
			}
			this.observed = true;
			return this;
		}

		/**
		 * Set the transport. It is closed with the client.
		 * @param transport the transport
		 * @return this builder
		 */
		public Builder transport(KintoTransport transport) {
			this.transport = transport;
			this.transportShared = false;
			this.webClient = null;
			return this;
		}

		/**
		 * Set a transport that several clients share. It is not closed with the client.
		 * @param transport the transport
		 * @return this builder
		 */
		public Builder sharedTransport(KintoTransport transport) {
			transport(transport);
			this.transportShared = true;
			return this;
		}

		/**
		 * Set the builder of the transport. The transport is built and closed with the
		 * client.
		 * @param transport the builder
		 * @return this builder
		 */
		public Builder transport(WebClientKintoTransport.Builder transport) {
			this.webClient = transport;
			this.transport = null;
			this.observed = false;
			return this;
		}

		/**
		 * Give the client connections of its own, if the transport supports it. They are
		 * not shared with the client that this builder was created from.
		 * @return this builder
		 * @see KintoTransport#withOwnConnections()
		 */
		public Builder ownConnections() {
			this.ownConnections = true;
			return this;
		}

		/**
		 * Set the name of the server in metrics, which distinguishes several servers. The
		 * default is the host and port of the URL.
		 * @param name the name
		 * @return this builder
		 */
		public Builder name(String name) {
			this.settings.name = name;
			this.named = true;
			return this;
		}

		/**
		 * Set the authentication. By default, requests are anonymous.
		 * @param authentication the authentication
		 * @return this builder
		 */
		public Builder authentication(KintoAuthentication authentication) {
			this.settings.authentication = authentication;
			this.authenticated = true;
			return this;
		}

		/**
		 * Set the timeout of an exchange, from authenticating and acquiring a connection
		 * to the last byte of the response. The default is 5 seconds. A batch has this
		 * timeout for each 25 calls in a request. Uploads and downloads of files have a
		 * {@linkplain #transferTimeout transfer timeout} instead.
		 * @param timeout a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is not positive
		 */
		public Builder timeout(Duration timeout) {
			this.settings.timeout = positive("timeout", timeout);
			return this;
		}

		/**
		 * Set the maximum duration of a call, with all attempts and the pauses between
		 * them. The default is 30 seconds. It is never less than the {@linkplain #timeout
		 * timeout} of one exchange. In batches, streams and flows, it applies to each
		 * request with its repetitions. Uploads and downloads are not limited.
		 * @param callTimeout a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is not positive
		 */
		public Builder callTimeout(Duration callTimeout) {
			this.settings.callTimeout = positive("callTimeout", callTimeout);
			return this;
		}

		/**
		 * Set the retry settings. The default is {@link KintoRetry#defaults()}. Options
		 * of a handle or an operation override it.
		 * @param retry the settings, or {@link KintoRetry#none()} to send each request
		 * once
		 * @return this builder
		 * @see KintoOptions#retry(KintoRetry)
		 */
		public Builder retry(KintoRetry retry) {
			this.settings.retry = retry;
			return this;
		}

		/**
		 * Set what happens while the server asks its clients to back off. By default,
		 * requests are sent, and only the {@linkplain #signalListener listener} is
		 * notified.
		 * @param backoffMode the mode
		 * @return this builder
		 */
		public Builder backoffMode(KintoBackoffMode backoffMode) {
			this.settings.backoffMode = backoffMode;
			return this;
		}

		/**
		 * Set how long the transfer of a file may make no progress. The total duration is
		 * not limited. The default is 30 seconds, because operating systems and proxies
		 * can buffer megabytes before they continue.
		 * @param transferTimeout a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is not positive
		 */
		public Builder transferTimeout(Duration transferTimeout) {
			this.settings.transferTimeout = positive("transferTimeout", transferTimeout);
			return this;
		}

		/**
		 * Set how long the client remembers the settings and capabilities of the server.
		 * The default is 5 minutes. They are also refreshed with each response that
		 * contains them, and when a response contradicts them.
		 * @param serverInfoExpiry a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Builder serverInfoExpiry(Duration serverInfoExpiry) {
			this.settings.serverInfoExpiry = positive("serverInfoExpiry", serverInfoExpiry);
			return this;
		}

		/**
		 * Set the maximum duration of a {@code Backoff} header. A longer one is
		 * shortened. The default is 10 minutes.
		 * @param maxBackoff a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Builder maxBackoff(Duration maxBackoff) {
			this.settings.maxBackoff = positive("maxBackoff", maxBackoff);
			return this;
		}

		/**
		 * Set the lock that excludes concurrent updates of one object, which
		 * {@link KintoLock} lists. The default is a {@link LocalKintoLock} for this
		 * client and the clients that {@link KintoClient#mutate()} creates from it.
		 * @param lock the lock
		 * @return this builder
		 */
		public Builder lock(KintoLock lock) {
			this.settings.lock = lock;
			return this;
		}

		/**
		 * Set how long an update waits for other updates of the same object. After that,
		 * it fails with a {@link KintoLockException}. The default is 30 seconds.
		 * @param lockMaxWait a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Builder lockMaxWait(Duration lockMaxWait) {
			this.settings.lockMaxWait = positive("lockMaxWait", lockMaxWait);
			return this;
		}

		private static Duration positive(String name, Duration duration) {
			if (duration.isZero() || duration.isNegative()) {
				throw new IllegalArgumentException(name + " must be positive, but was " + duration);
			}
			return duration;
		}

		/**
		 * Set the listener for signals: {@code Backoff}, {@code Retry-After} and
		 * {@code Alert} headers. By default, there is none.
		 * <p>
		 * The listener is called on a separate thread, with one signal at a time and in
		 * order. It may block, and no call waits for it. If more than 1,000 signals are
		 * waiting, further signals are dropped.
		 * @param signalListener the listener, or {@code null} for none
		 * @return this builder
		 */
		public Builder signalListener(@Nullable KintoSignalListener signalListener) {
			this.settings.signalListener = signalListener;
			return this;
		}

		/**
		 * Set the registry for observations of requests, which produce metrics and
		 * traces. By default, requests are not observed.
		 * @param observationRegistry the registry
		 * @return this builder
		 * @see KintoObservationDocumentation
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.settings.observationRegistry = observationRegistry;
			return this;
		}

		/**
		 * Set the convention for the names and values of observations.
		 * @param observationConvention the convention. With {@code null}, the convention
		 * of the registry is used, or else the {@link DefaultKintoObservationConvention}.
		 * @return this builder
		 */
		public Builder observationConvention(@Nullable KintoObservationConvention observationConvention) {
			this.settings.observationConvention = observationConvention;
			return this;
		}

		/**
		 * Set the clock for signals and for the expiry of server information. The default
		 * is the system clock.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.settings.clock = clock;
			return this;
		}

		/**
		 * Build the client.
		 * @return the client
		 * @throws IllegalStateException if neither a transport nor a URL is set
		 */
		public KintoClient build() {
			KintoTransport built = buildTransport();
			return new KintoClient(settingsFor(built.server()), built, owns(built));
		}

		/**
		 * Return the settings without those that are inherited from another server.
		 */
		private Settings settingsFor(String server) {
			Settings copy = new Settings(this.settings);
			if (this.inheritedFrom != null && !ServerAddress.areOfSameOrigin(this.inheritedFrom, server)) {
				copy.authentication = this.authenticated ? copy.authentication : KintoAuthentication.none();
				copy.name = this.named ? copy.name : null;
				copy.backoffUntil = new AtomicReference<>(Instant.EPOCH);
			}
			return copy;
		}

		/**
		 * Return whether the client closes the transport. A client with connections of
		 * its own only closes the transport of these connections.
		 */
		private boolean owns(KintoTransport built) {
			boolean borrowed = built == this.transport && (this.transportShared || this.ownConnections);
			return built != this.shared && !borrowed;
		}

		private KintoTransport buildTransport() {
			if (this.webClient != null) {
				if (this.observed && !this.settings.observationRegistry.isNoop()) {
					this.webClient.observationRegistry(this.settings.observationRegistry);
				}
				return this.webClient.build();
			}
			KintoTransport current = currentTransport();
			if (current == null) {
				throw new IllegalStateException("A transport or a URL must be set");
			}
			return this.ownConnections ? current.withOwnConnections() : current;
		}

	}

}
