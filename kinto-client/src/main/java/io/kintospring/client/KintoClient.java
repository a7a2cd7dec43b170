package io.kintospring.client;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;

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
 * Runs calls against one server: the blocking and the reactive template share all of it.
 * <p>
 * It is thread-safe, and owns everything that is state: what is known of the server, for
 * how long the server wants to be spared, and the connections, unless the transport is
 * shared with another client. After it was closed, every call fails at once and every
 * watch ends.
 */
public final class KintoClient implements ReactiveKintoExecutor, AutoCloseable {

	private final Settings settings;

	private final KintoTransport transport;

	private final boolean ownsTransport;

	private final Closing closing = new Closing();

	private final Signals signals;

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
		this.signals = new Signals(server, settings.signalListener, settings.clock, settings.maxBackoff);
		this.requests = new RequestExecutor(transport, settings.timeout, settings.transferTimeout, this.closing);
		Observations observations = new Observations(settings.observationRegistry, settings.observationConvention,
				(settings.name != null) ? settings.name : ServerAddress.hostOf(server));
		ServerKnowledge knowledge = new ServerKnowledge(settings.clock, settings.serverInfoExpiry);
		KintoAuthentication authentication = settings.authentication;
		this.calls = new CallRunner(this.requests, authentication, observations, knowledge, this.signals, this.closing);
		this.batches = new BatchRunner(this.requests, authentication, observations, knowledge, this.signals,
				this.calls);
		this.sequences = new SequenceRunner(this.requests, authentication, observations, this.signals, this.calls,
				this.closing);
		this.downloads = new DownloadRunner(this.requests, authentication, knowledge, this.calls);
	}

	/**
	 * Start building a client.
	 * @param transport carries requests to the server; it is closed with the client
	 * @return a builder with a timeout of 5 seconds, no authentication, and no signal
	 * listener
	 */
	public static Builder builder(KintoTransport transport) {
		return new Builder().transport(transport);
	}

	/**
	 * Start building a client.
	 * @param transport builds what carries requests to the server; that is closed with
	 * the client
	 * @return a builder with a timeout of 5 seconds, no authentication, and no signal
	 * listener
	 */
	public static Builder builder(WebClientKintoTransport.Builder transport) {
		return new Builder().transport(transport);
	}

	/**
	 * Start building a client on a {@link WebClientKintoTransport} of its own.
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
	 * Start building a client like this one. It shares the transport, and so the
	 * connections, unless it gets another URL or transport.
	 * @return a builder with the settings of this client
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
	 * Return an executor that runs calls on this client and waits for their results.
	 * @return the executor
	 */
	public KintoExecutor blocking() {
		return this.blocking;
	}

	/**
	 * Return how long the server still wants to be spared. If it sent several
	 * {@code Backoff} headers, the latest deadline wins.
	 * @return the time, or zero
	 */
	public Duration remainingBackoff() {
		return this.signals.remainingBackoff();
	}

	/**
	 * Return the address of the server's API for messages, events and health details.
	 * @return the address, without credentials
	 */
	public String server() {
		return this.transport.server();
	}

	/**
	 * Return whether calls go to the same server as those of another client, as far as
	 * scheme, host and port tell.
	 * @param other the other client
	 * @return {@code false} if credentials for the one must not be sent to the other
	 */
	public boolean isOfSameOrigin(KintoClient other) {
		return ServerAddress.areOfSameOrigin(server(), other.server());
	}

	/**
	 * Close the client: every further call fails at once, calls that are under way fail,
	 * watches end, and the connections to the server are closed.
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
	 * What can be set, beside the transport.
	 */
	private static final class Settings {

		private @Nullable String name;

		private KintoAuthentication authentication = KintoAuthentication.none();

		private Duration timeout = Duration.ofSeconds(5);

		private Duration transferTimeout = Duration.ofSeconds(30);

		private Duration serverInfoExpiry = Duration.ofMinutes(5);

		private Duration maxBackoff = Duration.ofMinutes(10);

		private @Nullable KintoSignalListener signalListener;

		private Clock clock = Clock.systemUTC();

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private @Nullable KintoObservationConvention observationConvention;

		Settings() {
		}

		Settings(Settings other) {
			this.name = other.name;
			this.authentication = other.authentication;
			this.timeout = other.timeout;
			this.transferTimeout = other.transferTimeout;
			this.serverInfoExpiry = other.serverInfoExpiry;
			this.maxBackoff = other.maxBackoff;
			this.signalListener = other.signalListener;
			this.clock = other.clock;
			this.observationRegistry = other.observationRegistry;
			this.observationConvention = other.observationConvention;
		}

	}

	/**
	 * Builds a {@link KintoClient}.
	 */
	public static final class Builder {

		private final Settings settings;

		/** The transport of the client that this builder was made from. */
		private final @Nullable KintoTransport shared;

		/** The server that inherited settings were meant for. */
		private final @Nullable String inheritedFrom;

		private @Nullable KintoTransport transport;

		/** Whether the transport stays open when the client is closed. */
		private boolean transportShared;

		private WebClientKintoTransport.@Nullable Builder webClient;

		/** Whether the transport has the registry of this builder. */
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
		 * Return a builder that starts with the settings of this one, as if it were that
		 * of a client: see {@link #url(String)} for what another server gets of them.
		 */
		@Override
		public Builder clone() {
			Builder clone = new Builder(new Settings(this.settings), this.shared, server());
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
		 * Set the server. A {@link WebClientKintoTransport} keeps its limits and its HTTP
		 * library; any other transport is replaced by one with defaults.
		 * <p>
		 * A server of another origin (scheme, host and port) must not get what was meant
		 * for the first one: filters and default headers of the {@code WebClient}, its
		 * HTTP client with its TLS material, the authentication and the name start anew
		 * unless they are given to this builder.
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
		 * Set what carries requests to the server. It is closed with the client.
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
		 * Set what carries requests to the server, which several clients share. It is not
		 * closed with the client.
		 * @param transport the transport
		 * @return this builder
		 */
		public Builder sharedTransport(KintoTransport transport) {
			transport(transport);
			this.transportShared = true;
			return this;
		}

		/**
		 * Set what carries requests to the server; it is built with the client.
		 * @param transport builds the transport
		 * @return this builder
		 */
		public Builder transport(WebClientKintoTransport.Builder transport) {
			this.webClient = transport;
			this.transport = null;
			this.observed = false;
			return this;
		}

		/**
		 * Use connections that are not shared with the client that this builder was made
		 * from, if the transport allows it.
		 * @return this builder
		 * @see KintoTransport#withOwnConnections()
		 */
		public Builder ownConnections() {
			this.ownConnections = true;
			return this;
		}

		/**
		 * Set the name of the server for metrics, so that two servers are two time
		 * series. By default host and port of its address.
		 * @param name the name
		 * @return this builder
		 */
		public Builder name(String name) {
			this.settings.name = name;
			this.named = true;
			return this;
		}

		/**
		 * Set the authentication. By default requests are anonymous.
		 * @param authentication gives the credentials for each request
		 * @return this builder
		 */
		public Builder authentication(KintoAuthentication authentication) {
			this.settings.authentication = authentication;
			this.authenticated = true;
			return this;
		}

		/**
		 * Set how long an exchange may take, from asking for a connection to the last
		 * byte of the response. By default 5 seconds. A batch may take this long for each
		 * 25 calls in a request; uploads and downloads of files do not have this limit.
		 * @param timeout a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is not positive
		 */
		public Builder timeout(Duration timeout) {
			this.settings.timeout = positive("timeout", timeout);
			return this;
		}

		/**
		 * Set how long the transfer of a file may stand still: how long it takes in all
		 * does not matter. By default 30 seconds, as operating systems and proxies may
		 * take some megabytes at once, and then nothing until those have gone out.
		 * @param transferTimeout a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is not positive
		 */
		public Builder transferTimeout(Duration transferTimeout) {
			this.settings.transferTimeout = positive("transferTimeout", transferTimeout);
			return this;
		}

		/**
		 * Set how long the settings and capabilities of the server are remembered. By
		 * default 5 minutes. They are also refreshed when the server tells them, and when
		 * a response contradicts them.
		 * @param serverInfoExpiry a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Builder serverInfoExpiry(Duration serverInfoExpiry) {
			this.settings.serverInfoExpiry = positive("serverInfoExpiry", serverInfoExpiry);
			return this;
		}

		/**
		 * Set for how long a {@code Backoff} header counts at the most, whatever it says.
		 * By default 10 minutes.
		 * @param maxBackoff a positive duration
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Builder maxBackoff(Duration maxBackoff) {
			this.settings.maxBackoff = positive("maxBackoff", maxBackoff);
			return this;
		}

		private static Duration positive(String name, Duration duration) {
			if (duration.isZero() || duration.isNegative()) {
				throw new IllegalArgumentException(name + " must be positive, but was " + duration);
			}
			return duration;
		}

		/**
		 * Set the listener for signals, or {@code null} for none. By default there is
		 * none.
		 * <p>
		 * It is called on a thread of the client that does nothing else, one signal after
		 * the other in the order in which they came. So it may block, and no call waits
		 * for it; if more than 1,000 signals are waiting for it, further ones are
		 * dropped.
		 * @param signalListener handles each signal
		 * @return this builder
		 */
		public Builder signalListener(@Nullable KintoSignalListener signalListener) {
			this.settings.signalListener = signalListener;
			return this;
		}

		/**
		 * Set the registry that requests are observed with, for metrics and traces. By
		 * default they are not observed.
		 * @param observationRegistry the registry
		 * @return this builder
		 * @see KintoObservationDocumentation
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.settings.observationRegistry = observationRegistry;
			return this;
		}

		/**
		 * Set the names and values of observations.
		 * @param observationConvention the convention, or {@code null} for that of the
		 * registry or else {@link DefaultKintoObservationConvention}
		 * @return this builder
		 */
		public Builder observationConvention(@Nullable KintoObservationConvention observationConvention) {
			this.settings.observationConvention = observationConvention;
			return this;
		}

		/**
		 * Set the clock that signals and the expiry of what is known of the server are
		 * timed by. By default the system's.
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
		 */
		public KintoClient build() {
			Settings copy = new Settings(this.settings);
			KintoTransport built = buildTransport();
			if (this.inheritedFrom != null && !ServerAddress.areOfSameOrigin(this.inheritedFrom, built.server())) {
				copy.authentication = this.authenticated ? copy.authentication : KintoAuthentication.none();
				copy.name = this.named ? copy.name : null;
			}
			return new KintoClient(copy, built, owns(built));
		}

		/**
		 * A client with connections of its own closes only the transport that has them.
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
				throw new IllegalStateException("A client needs a transport or a URL");
			}
			return this.ownConnections ? current.withOwnConnections() : current;
		}

	}

}
