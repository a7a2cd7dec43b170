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
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * Talks HTTP over Reactor Netty. It follows no redirects and sends nothing twice.
 */
public final class ReactorNettyKintoTransport implements KintoTransport {

	private static final int CHUNK = 16 * 1024;

	private final @Nullable UnaryOperator<HttpClient> httpClientCustomizer;

	private final PooledHttpClient httpClient;

	private final String root;

	private final Duration connectTimeout;

	private final int maxInMemorySize;

	private ReactorNettyKintoTransport(Builder builder) {
		this.root = builder.url.toString();
		this.connectTimeout = builder.connectTimeout;
		this.maxInMemorySize = builder.maxInMemorySize;
		this.httpClientCustomizer = builder.httpClientCustomizer;
		this.httpClient = new PooledHttpClient(this.connectTimeout, this.httpClientCustomizer);
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
		Builder builder = new Builder(url).connectTimeout(this.connectTimeout).maxInMemorySize(this.maxInMemorySize);
		return (this.httpClientCustomizer != null) ? builder.httpClient(this.httpClientCustomizer) : builder;
	}

	@Override
	public Mono<KintoResponse> exchange(KintoRequest request) {
		Resource body = request.body();
		Mono<KintoResponse> answer = (body == null || body instanceof ByteArrayResource)
				? exchange(request, (out) -> send(out, (ByteArrayResource) body)) : upload(request, body);
		return answer.onErrorMap(IOException.class, (ex) -> broken(request, ex));
	}

	private Mono<KintoResponse> exchange(KintoRequest request, Function<NettyOutbound, Publisher<Void>> body) {
		return this.httpClient.client()
			.request(method(request))
			.uri(URI.create(this.root + request.target()))
			.send((head, out) -> {
				request.headers().forEach(head.requestHeaders()::set);
				return body.apply(out);
			})
			.response((response, content) -> read(request, response, content))
			.single();
	}

	private static HttpMethod method(KintoRequest request) {
		return HttpMethod.valueOf(request.method().name());
	}

	private static Publisher<Void> send(NettyOutbound out, @Nullable ByteArrayResource body) {
		return (body != null) ? out.sendObject(Unpooled.wrappedBuffer(body.getByteArray())) : out;
	}

	/**
	 * A file may be slow to read, and an event loop must not wait for it.
	 */
	private Mono<KintoResponse> upload(KintoRequest request, Resource body) {
		return Mono.fromCallable(body::contentLength)
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorMap(IOException.class, (ex) -> unreadable(request, body, ex))
			.map((length) -> (length < 0) ? request
					: request.withHeaders((headers) -> headers.setContentLength(length)))
			.flatMap((measured) -> exchange(measured, (out) -> send(out, request, body)));
	}

	/**
	 * A piece is read when the one before has been sent: reading is as fast as sending.
	 */
	private static Publisher<Void> send(NettyOutbound out, KintoRequest request, Resource body) {
		Flux<DataBuffer> pieces = DataBufferUtils
			.readInputStream(body::getInputStream, DefaultDataBufferFactory.sharedInstance, CHUNK)
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorMap(IOException.class, (ex) -> unreadable(request, body, ex));
		return out.then()
			.thenMany(pieces.concatMap((piece) -> out.sendObject(NettyDataBufferFactory.toByteBuf(piece)), 1));
	}

	private Mono<KintoResponse> read(Object what, HttpClientResponse response, ByteBufFlux content) {
		HttpHeaders headers = new HttpHeaders(new Netty4HeadersAdapter(response.responseHeaders()));
		BodyCollector body = new BodyCollector(headers.getContentLength(), this.maxInMemorySize);
		return content.doOnNext(body::add)
			.onErrorMap(BodyCollector.TooManyException.class, (ex) -> tooLarge(what, ex))
			.then(Mono.fromSupplier(() -> new KintoResponse(response.status().code(), headers, body.pieces())));
	}

	@Override
	public Flux<DataBuffer> download(URI address, Function<KintoResponse, ? extends Throwable> refused) {
		NettyDataBufferFactory buffers = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);
		return this.httpClient.client()
			.get()
			.uri(URI.create(this.root + "/").resolve(address))
			.response((response, content) -> (response.status().code() == HttpStatus.OK.value())
					? content.<DataBuffer>map((piece) -> buffers.wrap(piece.retain()))
					: read(address, response, content).flatMapMany((answer) -> Flux.error(refused.apply(answer))))
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	@Override
	public String server() {
		return this.root;
	}

	@Override
	public void close() {
		this.httpClient.close();
	}

	private KintoTransportException broken(KintoRequest request, IOException ex) {
		return new KintoTransportException(
				request + ": no whole answer came from " + this.root + ": " + ex.getMessage(), ex);
	}

	private static KintoTransportException unreadable(KintoRequest request, Resource body, IOException ex) {
		return new KintoTransportException(
				request + ": " + body.getDescription() + " could not be read: " + ex.getMessage(), ex);
	}

	private static KintoTransportException tooLarge(Object what, BodyCollector.TooManyException ex) {
		return new KintoTransportException(what + ": the answer is larger than the " + ex.limit()
				+ " bytes that are taken: ask for smaller pages, or raise kinto.max-in-memory-size", ex);
	}

	/**
	 * Builds a {@link ReactorNettyKintoTransport}.
	 */
	public static final class Builder {

		private final KintoUrl url;

		private @Nullable UnaryOperator<HttpClient> httpClientCustomizer;

		private Duration connectTimeout = Duration.ofSeconds(2);

		private int maxInMemorySize = 64 * 1024 * 1024;

		private Builder(KintoUrl url) {
			this.url = url;
		}

		/**
		 * Change the client of Reactor Netty that connections are made with, such as its
		 * proxy or its TLS. By default nothing is changed, and the client is made with
		 * the first request; with a customizer, it is made with the transport, so that
		 * what is wrong with it is heard of at once.
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
		public ReactorNettyKintoTransport build() {
			return new ReactorNettyKintoTransport(this);
		}

	}

}
