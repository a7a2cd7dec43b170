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
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * {@link KintoTransport} on Spring's {@link WebClient}. The filters, default headers and
 * observations of its builder apply to all exchanges except downloads of files. The
 * transport neither follows redirects nor retries requests.
 * <p>
 * It is thread-safe. By default, at most 64 requests are in flight and 1,000 are pending.
 * Further ones fail with a {@code KintoNotSentException}.
 */
public final class WebClientKintoTransport implements KintoTransport {

	private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

	private final Builder settings;

	private final String root;

	private final String rootPath;

	private final RequestLimit limit;

	/**
	 * Disposed when the transport is closed, so that the trigger of reconnections does
	 * not keep a reference to it.
	 */
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
	 * Return a builder of a transport.
	 * @param url the root of the API
	 * @return a builder with a connect timeout of 2 seconds, responses of at most 64 MiB,
	 * and Reactor Netty as the HTTP library
	 */
	public static Builder builder(KintoUrl url) {
		return new Builder(url);
	}

	/**
	 * Return a builder for another server, with the limits of this transport. If the
	 * scheme, host or port differs, it has a new {@code WebClient} without filters and
	 * default headers, and a new HTTP client.
	 * @param url the root of the API
	 * @return the builder
	 */
	public Builder mutate(KintoUrl url) {
		return this.settings.mutate(url);
	}

	@Override
	public KintoTransport withOwnConnections() {
		return this.settings.clone().build();
	}

	/**
	 * Use new connections for new requests, for example after certificates were renewed.
	 * Requests in flight keep their connections.
	 */
	public void reconnect() {
		this.generations.reconnect();
	}

	@Override
	public Mono<KintoResponse> exchange(KintoRequest request) {
		return exchange(request, RequestExecutor.IGNORE_HEAD);
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
		attempts.startRecording();
		Mono<KintoResponse> exchange = RequestBody.of(request)
			.flatMap((body) -> Mono.using(this.generations::use,
					(used) -> exchange(used, request, body, head, attempts), Generation::release));
		return this.limit.apply(request, exchange).onErrorMap((ex) -> TransportErrors.error(request, this.root, ex));
	}

	private Mono<KintoResponse> exchange(Generation<Clients> used, KintoRequest request, RequestBody body,
			Consumer<KintoResponse> head, Attempts attempts) {
		return spec(used, request, body, head, attempts).exchangeToMono((response) -> read(request, response, head))
			.onErrorResume((ex) -> TransportErrors.isResponse(ex, attempts), (ex) -> Mono.fromCallable(
					() -> TransportErrors.response((WebClientResponseException) ex, this.settings.maxInMemorySize)))
			.onErrorMap((ex) -> TransportErrors.error(request, this.root, ex, attempts));
	}

	private WebClient.RequestBodySpec spec(Generation<Clients> used, KintoRequest request, RequestBody body,
			Consumer<KintoResponse> head, Attempts attempts) {
		WebClient.RequestBodySpec spec = used.clients()
			.api()
			.method(request.method())
			.uri(URI.create(this.root + request.target()))
			.attribute(URI_TEMPLATE, this.rootPath + request.route())
			.attribute(HeadListener.ATTRIBUTE, head)
			.attribute(Attempts.ATTRIBUTE, attempts)
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
		head.accept(withoutBody(response));
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
	 * Return a response without its body, which was not received or is unreadable.
	 */
	private static KintoResponse withoutBody(ClientResponse response) {
		return new KintoResponse(response.statusCode().value(), response.headers().asHttpHeaders(), List.of());
	}

	@Override
	public Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
		Flux<DataBuffer> file = Flux
			.using(this.generations::use,
					(used) -> used.clients()
						.files()
						.obtain()
						.get()
						.uri(URI.create(this.root + "/").resolve(address))
						.header(HttpHeaders.ACCEPT_ENCODING, "identity")
						.exchangeToFlux((response) -> (response.statusCode().value() == HttpStatus.OK.value())
								? response.body((message, context) -> message.getBody())
								: read(address, response, RequestExecutor.IGNORE_HEAD)
									.onErrorReturn(withoutBody(response))
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
	 * Clients on an HTTP library.
	 *
	 * @param api the client for requests to the server
	 * @param files the client for downloads, without filters and default headers, created
	 * on first use
	 */
	private record Clients(WebClient api, SingletonSupplier<WebClient> files) {
	}

	/**
	 * Builder of a {@link WebClientKintoTransport}. Not thread-safe.
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
		 * Return a copy of this builder.
		 */
		@Override
		public Builder clone() {
			return mutate(this.url);
		}

		/**
		 * Return a builder for another server, as
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
		 * observations. The default is a plain builder. Its connector, base URL and
		 * codecs are ignored.
		 * @param webClient the builder, which is cloned
		 * @return this builder
		 */
		public Builder webClient(WebClient.Builder webClient) {
			this.webClient = webClient.clone();
			return this;
		}

		/**
		 * Set the registry for {@code http.client.requests}, the observations of
		 * {@code WebClient}. The default is the registry of the {@code WebClient}
		 * builder.
		 * @param observationRegistry the registry
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.webClient.observationRegistry(observationRegistry);
			return this;
		}

		/**
		 * Use Reactor Netty, which is the default, with a client of your own.
		 * @param client creates the client on the connection pool of the transport
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
		 * Use another HTTP library with its Spring connector. It must not follow
		 * redirects, and must release the connection of a cancelled exchange.
		 * @param connector creates the connector;
		 * {@link WebClientKintoTransport#reconnect()} calls it again
		 * @return this builder
		 */
		public Builder connector(Supplier<? extends ClientHttpConnector> connector) {
			this.library = (settings) -> new ConnectorLibrary(connector.get());
			return this;
		}

		/**
		 * Set a trigger for reconnecting the transport, such as a renewed certificate. By
		 * default, only {@link WebClientKintoTransport#reconnect()} does.
		 * @param reconnection registers the given action for each transport that is
		 * built, and returns its deregistration, which is called when the transport is
		 * closed
		 * @return this builder
		 */
		public Builder reconnection(Function<Runnable, Disposable> reconnection) {
			this.reconnection = reconnection;
			return this;
		}

		/**
		 * Set the connect timeout of the default HTTP client. The default is 2 seconds.
		 * @param connectTimeout at least 1 millisecond and at most 24 days
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
		 * Set the maximum size of a response body, before and after decompression. The
		 * default is 64 MiB.
		 * @param maxInMemorySize the number of bytes, at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Builder maxInMemorySize(int maxInMemorySize) {
			this.maxInMemorySize = positive("maxInMemorySize", maxInMemorySize);
			return this;
		}

		/**
		 * Set the maximum number of requests in flight. The default is 64.
		 * @param maxConnections at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Builder maxConnections(int maxConnections) {
			this.maxConnections = positive("maxConnections", maxConnections);
			return this;
		}

		/**
		 * Set the maximum number of pending requests. Further ones fail immediately. The
		 * default is 1,000.
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
			HttpLibrary httpLibrary = this.library.apply(this);
			WebClient.Builder api = this.webClient.clone()
				.filter((request, library) -> Attempts.exchange(request, library, TransportErrors::isBeforeSending))
				.clientConnector(httpLibrary.connector())
				.defaultHeaders(DefaultHeaders::addTo);
			ExchangeFunction faster = httpLibrary.exchangeFunction();
			if (faster != null) {
				api.exchangeFunction(faster);
			}
			SingletonSupplier<WebClient> files = SingletonSupplier.of(() -> WebClient.builder()
				.clientConnector(httpLibrary.connector())
				.defaultHeaders(DefaultHeaders::addTo)
				.build());
			return new Generation<>(httpLibrary, new Clients(api.build(), files));
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
