package io.kintospring.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.kintospring.KintoTransportException;
import io.kintospring.KintoUrl;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Talks HTTP over Spring's {@link WebClient} on Reactor Netty. It follows no redirects
 * and sends nothing twice.
 */
public final class WebClientKintoTransport implements KintoTransport {

	private static final int MAX_RESPONSE_HEADER = 64 * 1024;

	private static final byte[] EMPTY = new byte[0];

	private static final int MAX_CONNECTIONS = 64;

	private static final int CHUNK = 16 * 1024;

	/** Shorter than what servers and what stands before them usually allow. */
	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

	/** By this WebClient knows what to call a request in its observations. */
	private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

	private final ConnectionProvider connections;

	private final UnaryOperator<HttpClient> httpClientCustomizer;

	private final WebClient webClient;

	/** Adds nothing to what it sends, which goes to wherever files are. */
	private final WebClient plainWebClient;

	private final String root;

	private final Duration connectTimeout;

	private final int maxInMemorySize;

	private WebClientKintoTransport(Builder builder) {
		this.root = builder.url.toString();
		this.connectTimeout = builder.connectTimeout;
		this.maxInMemorySize = builder.maxInMemorySize;
		this.connections = ConnectionProvider.builder("kinto")
			.maxConnections(MAX_CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.maxIdleTime(MAX_IDLE_TIME)
			.evictInBackground(MAX_IDLE_TIME)
			.lifo()
			.build();
		this.httpClientCustomizer = builder.httpClientCustomizer;
		HttpClient httpClient = HttpClient.create(this.connections)
			.followRedirect(false)
			.compress(true)
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_RESPONSE_HEADER))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(builder.connectTimeout.toMillis()));
		ClientHttpConnector connector = new ReactorClientHttpConnector(this.httpClientCustomizer.apply(httpClient));
		this.webClient = builder.webClientBuilder.clientConnector(connector).build();
		this.plainWebClient = WebClient.builder().clientConnector(connector).build();
	}

	/**
	 * Start building a transport.
	 * @param url the root of the API, as {@link KintoUrl} checks it
	 * @return a builder with defaults: 2 seconds to connect, answers of at most 64 MiB
	 */
	public static Builder builder(KintoUrl url) {
		return new Builder(url);
	}

	/**
	 * Start building a transport like this one, to another server.
	 * @param url the root of the API
	 * @return a builder with the settings of this transport
	 */
	public Builder mutate(KintoUrl url) {
		return new Builder(url).webClientBuilder(this.webClient.mutate())
			.httpClient(this.httpClientCustomizer)
			.connectTimeout(this.connectTimeout)
			.maxInMemorySize(this.maxInMemorySize);
	}

	@Override
	public Mono<KintoResponse> exchange(KintoRequest request) {
		RequestBodySpec spec = this.webClient.method(request.method())
			.uri(URI.create(this.root + request.target()))
			.attribute(URI_TEMPLATE, request.route())
			.headers((headers) -> headers.putAll(request.headers()));
		if (request.body() != null) {
			body(spec, request, request.body());
		}
		return spec.exchangeToMono(this::read).onErrorMap((ex) -> explain(request, ex));
	}

	private static void body(RequestBodySpec spec, KintoRequest request, Resource body) {
		if (body instanceof ByteArrayResource bytes) {
			spec.bodyValue(bytes.getByteArray());
			return;
		}
		long length = length(request, body);
		if (length >= 0) {
			spec.contentLength(length);
		}
		// The file may be slow to read, and an event loop must not wait for it.
		spec.body(BodyInserters.fromDataBuffers(
				DataBufferUtils.readInputStream(body::getInputStream, DefaultDataBufferFactory.sharedInstance, CHUNK)
					.subscribeOn(Schedulers.boundedElastic())
					.onErrorMap(IOException.class, (ex) -> unreadable(request, body, ex))));
	}

	private static long length(KintoRequest request, Resource body) {
		try {
			return body.contentLength();
		}
		catch (IOException ex) {
			throw unreadable(request, body, ex);
		}
	}

	private static KintoTransportException unreadable(KintoRequest request, Resource body, IOException ex) {
		return new KintoTransportException(
				request + ": " + body.getDescription() + " could not be read: " + ex.getMessage(), ex);
	}

	@Override
	public Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
		return this.plainWebClient.get()
			.uri(URI.create(this.root + "/").resolve(address))
			.exchangeToFlux((response) -> (response.statusCode().value() == HttpStatus.OK.value())
					? response.body(BodyExtractors.toDataBuffers())
					: read(response).flatMapMany((answer) -> Flux.error(refused.apply(answer))));
	}

	@Override
	public String server() {
		return this.root;
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

	/**
	 * Read the bytes of an answer, whatever it says that they are.
	 */
	private Mono<KintoResponse> read(ClientResponse response) {
		return DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers()), this.maxInMemorySize)
			.map(WebClientKintoTransport::bytes)
			.defaultIfEmpty(EMPTY)
			.map((body) -> new KintoResponse(response.statusCode().value(), response.headers().asHttpHeaders(), body));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private Throwable explain(KintoRequest request, Throwable failure) {
		if (failure instanceof DataBufferLimitException || failure.getCause() instanceof DataBufferLimitException) {
			return new KintoTransportException(
					request + ": the answer is larger than the " + this.maxInMemorySize
							+ " bytes that are taken: ask for smaller pages, or raise kinto.max-in-memory-size",
					failure);
		}
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		if (cause instanceof KintoTransportException) {
			return cause;
		}
		if (cause instanceof IOException) {
			return new KintoTransportException(
					request + ": no whole answer came from " + this.root + ": " + cause.getMessage(), failure);
		}
		return failure;
	}

	/**
	 * Builds a {@link WebClientKintoTransport}.
	 */
	public static final class Builder {

		private final KintoUrl url;

		private WebClient.Builder webClientBuilder = WebClient.builder();

		private UnaryOperator<HttpClient> httpClientCustomizer = UnaryOperator.identity();

		private Duration connectTimeout = Duration.ofSeconds(2);

		private int maxInMemorySize = 64 * 1024 * 1024;

		private Builder(KintoUrl url) {
			this.url = url;
		}

		/**
		 * Set the builder that the {@link WebClient} is made with. Its connector is
		 * replaced. By default a plain one.
		 * @param webClientBuilder a builder that is used for nothing else
		 * @return this builder
		 */
		public Builder webClientBuilder(WebClient.Builder webClientBuilder) {
			this.webClientBuilder = webClientBuilder;
			return this;
		}

		/**
		 * Change the client of Reactor Netty that connections are made with, such as its
		 * proxy or its TLS. By default nothing is changed.
		 * @param customizer changes a client that follows no redirects, keeps idle
		 * connections for 30 seconds, and takes response headers of up to 64 KiB
		 * @return this builder
		 */
		public Builder httpClient(UnaryOperator<HttpClient> customizer) {
			this.httpClientCustomizer = customizer;
			return this;
		}

		/**
		 * Set how long connecting may take. By default 2 seconds.
		 * @param connectTimeout at least a millisecond
		 * @return this builder
		 * @throws IllegalArgumentException if the timeout is less than a millisecond, or
		 * more than 24 days
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			if (connectTimeout.toMillis() < 1 || connectTimeout.toDays() > 24) {
				throw new IllegalArgumentException(
						"The time to connect is " + connectTimeout + " and must be between a millisecond and 24 days");
			}
			this.connectTimeout = connectTimeout;
			return this;
		}

		/**
		 * Set how large the body of an answer may be. By default 64 MiB.
		 * @param maxInMemorySize the number of bytes, at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if the number is less than 1
		 */
		public Builder maxInMemorySize(int maxInMemorySize) {
			if (maxInMemorySize < 1) {
				throw new IllegalArgumentException(
						"An answer may have " + maxInMemorySize + " bytes at most, and must be allowed at least 1");
			}
			this.maxInMemorySize = maxInMemorySize;
			return this;
		}

		/**
		 * Build the transport.
		 * @return the transport
		 */
		public WebClientKintoTransport build() {
			return new WebClientKintoTransport(this);
		}

	}

}
