package io.kintospring.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoUrl;
import io.kintospring.client.Generations.Generation;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.micrometer.observation.ObservationRegistry;
import io.netty.channel.ChannelOption;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * {@link KintoTransport} on Spring's {@link WebClient}: filters, default headers and
 * observations of its builder apply to every exchange but downloads of files. It follows
 * no redirects and sends nothing twice.
 * <p>
 * It is thread-safe. At most 64 requests are under way at a time by default; others wait,
 * and fail with a {@code KintoNotSentException} if too many are waiting.
 */
public final class WebClientKintoTransport implements KintoTransport {

	private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

	private final Builder settings;

	private final String root;

	private final String rootPath;

	private final RequestLimit limit;

	/** A transport that is closed must not be kept by what reconnects it. */
	private volatile Disposable reconnection = Disposables.disposed();

	private final Generations<Clients> generations;

	private WebClientKintoTransport(Builder settings) {
		this.settings = settings;
		this.root = settings.url.toString();
		this.rootPath = URI.create(this.root).getRawPath();
		this.limit = new RequestLimit(settings.maxConnections, settings.maxPendingRequests);
		this.generations = new Generations<>(settings::generation);
	}

	/**
	 * Start building a transport.
	 * @param url the root of the API
	 * @return a builder with 2 seconds to connect, responses of at most 64 MiB, and
	 * Reactor Netty as the HTTP library
	 */
	public static Builder builder(KintoUrl url) {
		return new Builder(url);
	}

	/**
	 * Start building a transport like this one, for another server. If its origin
	 * (scheme, host and port) is another one, it gets nothing that was meant for the
	 * first server: a new {@code WebClient} without filters and default headers, and a
	 * new HTTP client.
	 * @param url the root of the API
	 * @return a builder with the limits of this transport
	 */
	public Builder mutate(KintoUrl url) {
		return this.settings.mutate(url);
	}

	@Override
	public KintoTransport withOwnConnections() {
		return this.settings.clone().build();
	}

	/**
	 * Use new connections from now on, such as after certificates were renewed. Requests
	 * that are under way go on with the connections that they have.
	 */
	public void reconnect() {
		this.generations.reconnect();
	}

	@Override
	public Mono<KintoResponse> exchange(KintoRequest request) {
		return exchange(request, RequestExecutor.NOBODY);
	}

	@Override
	public Mono<KintoResponse> exchange(KintoRequest request, Consumer<KintoResponse> head) {
		return Mono.deferContextual((context) -> {
			Attempts known = context.getOrDefault(Attempts.class, null);
			if (known != null) {
				return exchange(request, head, known);
			}
			Attempts attempts = new Attempts();
			return exchange(request, head, attempts).contextWrite((own) -> own.put(Attempts.class, attempts));
		});
	}

	private Mono<KintoResponse> exchange(KintoRequest request, Consumer<KintoResponse> head, Attempts attempts) {
		attempts.record();
		Mono<KintoResponse> exchange = RequestBody.of(request)
			.flatMap((body) -> Mono.using(this.generations::use,
					(used) -> exchange(used, request, body, head, attempts), Generation::release));
		return this.limit.apply(request, exchange).onErrorMap((ex) -> TransportErrors.error(request, this.root, ex));
	}

	private Mono<KintoResponse> exchange(Generation<Clients> used, KintoRequest request, RequestBody body,
			Consumer<KintoResponse> head, Attempts attempts) {
		return spec(used, request, body, head).exchangeToMono((response) -> read(request, response, head))
			.onErrorResume((ex) -> TransportErrors.isResponse(ex, attempts), (ex) -> Mono.fromCallable(
					() -> TransportErrors.response((WebClientResponseException) ex, this.settings.maxInMemorySize)))
			.onErrorMap((ex) -> TransportErrors.error(request, this.root, ex, attempts));
	}

	private WebClient.RequestBodySpec spec(Generation<Clients> used, KintoRequest request, RequestBody body,
			Consumer<KintoResponse> head) {
		WebClient.RequestBodySpec spec = used.clients()
			.exchanging()
			.method(request.method())
			.uri(URI.create(this.root + request.target()))
			.attribute(URI_TEMPLATE, this.rootPath + request.route())
			.attribute(HeadListener.ATTRIBUTE, head)
			.headers((headers) -> {
				headers.putAll(request.headers());
				if (!body.isEmpty() && body.length() >= 0) {
					headers.setContentLength(body.length());
				}
				if (request.method() == HttpMethod.HEAD && used.library().needsConnectionClose()) {
					headers.set(HttpHeaders.CONNECTION, "close");
				}
			});
		spec.body(body);
		return spec;
	}

	private Mono<KintoResponse> read(Object what, ClientResponse response, Consumer<KintoResponse> head) {
		if (response instanceof WholeClientResponse whole) {
			return Mono.just(whole.whole());
		}
		HttpHeaders headers = response.headers().asHttpHeaders();
		int status = response.statusCode().value();
		int max = this.settings.maxInMemorySize;
		head.accept(new KintoResponse(status, headers, List.of()));
		BodyCollector body = new BodyCollector(headers.getContentLength(), max);
		return response.body((message, context) -> message.getBody().onErrorMap(InvalidHttpException::replaceIn))
			.handle((part, sink) -> {
				try {
					body.add(part.readableByteCount(), part::read);
				}
				finally {
					DataBufferUtils.release(part);
				}
			})
			.then(Mono.fromCallable(() -> Decompression.decompress(status, headers, body.pieces(), max)));
	}

	/**
	 * What refuses a file says so by its status, also where its body cannot be read.
	 */
	private static KintoResponse withoutBody(ClientResponse response) {
		return new KintoResponse(response.statusCode().value(), response.headers().asHttpHeaders(), List.of());
	}

	@Override
	public Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
		Flux<DataBuffer> file = Flux
			.using(this.generations::use,
					(used) -> used.clients()
						.streaming()
						.get()
						.uri(URI.create(this.root + "/").resolve(address))
						.header(HttpHeaders.ACCEPT_ENCODING, "identity")
						.exchangeToFlux((response) -> (response.statusCode().value() == HttpStatus.OK.value())
								? response.body((message, context) -> message.getBody())
								: read(address, response, RequestExecutor.NOBODY).onErrorReturn(withoutBody(response))
									.flatMapMany((received) -> Flux.error(refused.apply(received)))),
					Generation::release);
		return this.limit.apply(address, file)
			.onErrorMap((ex) -> TransportErrors.error(address, this.root, ex))
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	@Override
	public String server() {
		return this.root;
	}

	@Override
	public void close() {
		this.reconnection.dispose();
		this.limit.close();
		this.generations.close();
	}

	/**
	 * The clients on an HTTP library.
	 *
	 * @param exchanging the client for requests to the server
	 * @param streaming the client for files, without filters and default headers
	 */
	private record Clients(WebClient exchanging, WebClient streaming) {
	}

	/**
	 * Builds a {@link WebClientKintoTransport}.
	 */
	public static final class Builder {

		private final KintoUrl url;

		private WebClient.Builder webClient = WebClient.builder();

		private Function<Builder, HttpLibrary> library = Builder::reactorNetty;

		private Function<Runnable, Disposable> reconnection = (reconnect) -> Disposables.disposed();

		private Duration connectTimeout = Duration.ofSeconds(2);

		private int maxInMemorySize = 64 * 1024 * 1024;

		private int maxConnections = 64;

		private int maxPendingRequests = 1000;

		private Builder(KintoUrl url) {
			this.url = url;
		}

		/**
		 * Return a builder that starts with the settings of this one.
		 */
		@Override
		public Builder clone() {
			return mutate(this.url);
		}

		/**
		 * Start building a transport for another server, as
		 * {@link WebClientKintoTransport#mutate(KintoUrl)} does.
		 */
		Builder mutate(KintoUrl otherUrl) {
			Builder other = new Builder(otherUrl);
			other.connectTimeout = this.connectTimeout;
			other.maxInMemorySize = this.maxInMemorySize;
			other.maxConnections = this.maxConnections;
			other.maxPendingRequests = this.maxPendingRequests;
			if (ServerAddress.areOfSameOrigin(server(), other.server())) {
				other.webClient = this.webClient.clone();
				other.library = this.library;
				other.reconnection = this.reconnection;
			}
			return other;
		}

		String server() {
			return this.url.toString();
		}

		/**
		 * Set the builder of the {@code WebClient}, with its filters, default headers and
		 * observations. By default a plain one. Its connector, base URL and codecs are
		 * not used.
		 * @param webClient the builder, which is cloned
		 * @return this builder
		 */
		public Builder webClient(WebClient.Builder webClient) {
			this.webClient = webClient.clone();
			return this;
		}

		/**
		 * Set the registry for {@code http.client.requests}, the observations of
		 * {@code WebClient}. By default that of the {@code WebClient}'s builder.
		 * @param observationRegistry the registry
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.webClient.observationRegistry(observationRegistry);
			return this;
		}

		/**
		 * Use Reactor Netty, which is the default, with a client of your own.
		 * @param client makes the client on the connections of the transport
		 * @return this builder
		 */
		public Builder reactorNetty(Function<ConnectionProvider, HttpClient> client) {
			this.library = (settings) -> new ReactorNettyLibrary(client, settings.maxConnections,
					settings.maxInMemorySize);
			return this;
		}

		private HttpLibrary reactorNetty() {
			int millis = Math.toIntExact(this.connectTimeout.toMillis());
			return new ReactorNettyLibrary(
					(connections) -> HttpClient.create(connections)
						.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis),
					this.maxConnections, this.maxInMemorySize);
		}

		/**
		 * Use any HTTP library that Spring has a connector for. It has to follow no
		 * redirects, and to free its connection when an exchange is cancelled.
		 * @param connector makes the connector; it is called again by
		 * {@link #reconnect()}
		 * @return this builder
		 */
		public Builder connector(Supplier<? extends ClientHttpConnector> connector) {
			this.library = (settings) -> new ConnectorLibrary(connector.get());
			return this;
		}

		/**
		 * Set what reconnects the transport, such as a certificate that was renewed. By
		 * default only {@link WebClientKintoTransport#reconnect()} does.
		 * @param reconnection is given what to run each time, for each transport that is
		 * built, and returns what ends that when the transport is closed
		 * @return this builder
		 */
		public Builder reconnection(Function<Runnable, Disposable> reconnection) {
			this.reconnection = reconnection;
			return this;
		}

		/**
		 * Set how long connecting may take, for the default HTTP client. By default 2
		 * seconds.
		 * @param connectTimeout at least a millisecond, at most 24 days
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is out of range
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			if (connectTimeout.toMillis() < 1 || connectTimeout.toDays() > 24) {
				throw new IllegalArgumentException(
						"connectTimeout must be between 1ms and 24 days, but was " + connectTimeout);
			}
			this.connectTimeout = connectTimeout;
			return this;
		}

		/**
		 * Set how large the body of a response may be, also after decompression. By
		 * default 64 MiB.
		 * @param maxInMemorySize the number of bytes, at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Builder maxInMemorySize(int maxInMemorySize) {
			this.maxInMemorySize = positive("maxInMemorySize", maxInMemorySize);
			return this;
		}

		/**
		 * Set how many requests can be under way at the same time. By default 64.
		 * @param maxConnections at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Builder maxConnections(int maxConnections) {
			this.maxConnections = positive("maxConnections", maxConnections);
			return this;
		}

		/**
		 * Set how many requests can wait until another one is done; further ones fail at
		 * once. By default 1,000.
		 * @param maxPendingRequests at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Builder maxPendingRequests(int maxPendingRequests) {
			this.maxPendingRequests = positive("maxPendingRequests", maxPendingRequests);
			return this;
		}

		private static int positive(String name, int value) {
			if (value < 1) {
				throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
			}
			return value;
		}

		private Generation<Clients> generation() {
			HttpLibrary made = this.library.apply(this);
			WebClient.Builder exchanging = this.webClient.clone()
				.filter((request, library) -> Attempts.record(request, library, TransportErrors::isBeforeSending))
				.clientConnector(made.connector())
				.defaultHeaders(DefaultHeaders::addTo);
			ExchangeFunction faster = made.exchangeFunction();
			if (faster != null) {
				exchanging.exchangeFunction(faster);
			}
			WebClient.Builder streaming = WebClient.builder()
				.clientConnector(made.connector())
				.defaultHeaders(DefaultHeaders::addTo);
			return new Generation<>(made, new Clients(exchanging.build(), streaming.build()));
		}

		/**
		 * Build the transport.
		 * @return the transport
		 */
		public WebClientKintoTransport build() {
			WebClientKintoTransport transport = new WebClientKintoTransport(clone());
			transport.reconnection = this.reconnection.apply(transport::reconnect);
			return transport;
		}

	}

}
