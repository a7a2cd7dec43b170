package io.kintospring.boot.autoconfigure;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.function.Function;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChain.Scope;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;

/**
 * Connector for Apache HttpComponents that supports cancellation. Spring's connector
 * ignores a cancellation, so the connection would remain in use.
 */
final class HttpComponentsConnector implements ClientHttpConnector, Closeable {

	private static final String EXCHANGE = HttpComponentsConnector.class.getName() + ".exchange";

	private static final int MAX_RESPONSE_HEADER = 64 * 1024;

	private final HttpComponentsClientHttpConnector connector;

	private final Disposable.Composite exchanges = Disposables.composite();

	private HttpComponentsConnector(HttpComponentsClientHttpConnector connector) {
		this.connector = connector;
	}

	/**
	 * Build a connector. It disables automatic retries, and content decompression, which
	 * keeps the {@code Content-Encoding} header. It also raises the default limits of 5
	 * connections per server and of 8 KiB per header line, which a page token can exceed.
	 */
	static HttpComponentsConnector build(HttpComponentsClientHttpConnectorBuilder builder, int maxConnections,
			HttpClientSettings settings) {
		return new HttpComponentsConnector(
				builder.withHttpClientCustomizer(HttpAsyncClientBuilder::disableContentCompression)
					.withHttpClientCustomizer(HttpAsyncClientBuilder::disableAutomaticRetries)
					.withHttpClientCustomizer((client) -> client
						.setHttp1Config(Http1Config.custom().setMaxLineLength(MAX_RESPONSE_HEADER).build())
						.addExecInterceptorFirst(EXCHANGE, HttpComponentsConnector::execute))
					.withConnectionManagerCustomizer((connections) -> connections.setMaxConnTotal(maxConnections)
						.setMaxConnPerRoute(maxConnections))
					.build(settings));
	}

	/**
	 * Replace the cancellation handle of the library. It can lose a step if another
	 * thread is faster, such as the lease of an idle connection.
	 */
	private static void execute(HttpRequest request, AsyncEntityProducer body, Scope scope, AsyncExecChain chain,
			AsyncExecCallback callback) throws HttpException, IOException {
		Exchange exchange = (Exchange) scope.clientContext.getAttribute(EXCHANGE);
		chain.proceed(request, body, new Scope(scope.exchangeId, scope.route, scope.originalRequest, exchange,
				scope.clientContext, scope.execRuntime, scope.scheduler, scope.execCount), callback);
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return Mono.defer(() -> {
			Exchange exchange = new Exchange();
			this.exchanges.add(exchange);
			return this.connector.connect(method, uri, (request) -> {
				request.getAttributes().put(EXCHANGE, exchange);
				return requestCallback.apply(request);
			})
				.<ClientHttpResponse>map((response) -> new Response(response, exchange))
				.onErrorMap(ConnectTimeoutException.class, (ex) -> new ConnectException(ex.getMessage()))
				.doOnError((ex) -> this.exchanges.remove(exchange))
				.doOnCancel(() -> cancel(exchange));
		});
	}

	private void cancel(Exchange exchange) {
		this.exchanges.remove(exchange);
		exchange.dispose();
	}

	/**
	 * Cancel active exchanges and close the client, which otherwise waits for them for up
	 * to 5 seconds.
	 */
	@Override
	public void close() throws IOException {
		this.exchanges.dispose();
		this.connector.close();
	}

	private final class Response extends ClientHttpResponseDecorator {

		private final Exchange exchange;

		private Response(ClientHttpResponse response, Exchange exchange) {
			super(response);
			this.exchange = exchange;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().doOnTerminate(() -> HttpComponentsConnector.this.exchanges.remove(this.exchange))
				.doOnCancel(() -> cancel(this.exchange));
		}

	}

	/**
	 * Cancellation handle for the steps of an exchange: leasing a connection, connecting,
	 * and sending the request.
	 */
	private static final class Exchange implements CancellableDependency, Disposable {

		private final Disposable.Composite steps = Disposables.composite();

		@Override
		public void setDependency(Cancellable step) {
			this.steps.add(step::cancel);
		}

		@Override
		public boolean isCancelled() {
			return isDisposed();
		}

		@Override
		public boolean cancel() {
			dispose();
			return true;
		}

		@Override
		public void dispose() {
			this.steps.dispose();
		}

		@Override
		public boolean isDisposed() {
			return this.steps.isDisposed();
		}

	}

}
