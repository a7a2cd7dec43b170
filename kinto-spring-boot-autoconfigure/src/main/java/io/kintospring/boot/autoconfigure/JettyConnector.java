package io.kintospring.boot.autoconfigure;

import java.io.Closeable;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;

/**
 * Connector for Jetty that reads response bodies on demand. Jetty's reactive client reads
 * from two threads and fails if a subscriber requests more during a read.
 */
record JettyConnector(ClientHttpConnector connector, HttpClient client) implements ClientHttpConnector, Closeable {

	private static final String CONNECT_TIMEOUT = "Connect Timeout";

	/**
	 * Build a connector that changes defaults of the library. By default, Jetty:
	 * <ul>
	 * <li>decompresses files, although their hash is that of the uploaded bytes,</li>
	 * <li>fails if a 401 response has no {@code WWW-Authenticate} header,</li>
	 * <li>adds a second {@code User-Agent} header,</li>
	 * <li>waits forever after an unknown interim response,</li>
	 * <li>does not stop its threads.</li>
	 * </ul>
	 */
	static JettyConnector build(JettyClientHttpConnectorBuilder builder, int maxConnections,
			HttpClientSettings settings) {
		AtomicReference<HttpClient> built = new AtomicReference<>();
		ClientHttpConnector connector = builder.withHttpClientCustomizer((client) -> {
			client.setMaxConnectionsPerDestination(maxConnections);
			client.setUserAgentField(null);
			client.addEventListener(new LifeCycle.Listener() {

				@Override
				public void lifeCycleStarted(LifeCycle event) {
					client.getContentDecoderFactories().clear();
					client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
					client.getProtocolHandlers().put(new InterimResponses());
				}

			});
			built.set(client);
		}).build(settings);
		return new JettyConnector(connector, built.get());
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return Mono.defer(() -> {
			Body body = new Body();
			return this.connector.connect(method, uri, (request) -> {
				body.readFor(request.getNativeRequest());
				return requestCallback.apply(request);
			})
				.<ClientHttpResponse>map((response) -> new DemandedResponse(response, body))
				.onErrorMap(JettyConnector::isConnectTimeout, (ex) -> new ConnectException(ex.getMessage()));
		});
	}

	/**
	 * Compare the message, because Jetty uses the same exception class for all timeouts.
	 */
	private static boolean isConnectTimeout(Throwable failure) {
		return failure instanceof SocketTimeoutException && CONNECT_TIMEOUT.equals(failure.getMessage());
	}

	@Override
	public void close() {
		LifeCycle.stop(this.client);
	}

	/**
	 * Handler for interim responses that Jetty does not handle itself.
	 */
	private static final class InterimResponses extends EarlyHintsProtocolHandler {

		@Override
		public String getName() {
			return "interim";
		}

		@Override
		public boolean accept(Request request, Response response) {
			return HttpStatus.isInformational(response.getStatus())
					&& response.getStatus() > HttpStatus.EARLY_HINTS_103;
		}

	}

	private static final class DemandedResponse extends ClientHttpResponseDecorator {

		private final Body body;

		private DemandedResponse(ClientHttpResponse response, Body body) {
			super(response);
			this.body = body;
		}

		/**
		 * The buffer requests an unbounded number of parts once. It contains at most one
		 * part more than the subscriber requested.
		 */
		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().onBackpressureBuffer().doOnRequest(this.body::demand).doOnCancel(this.body::abort);
		}

	}

	/**
	 * Second reader of a body. Jetty reads the next part only if both readers demand it.
	 */
	private static final class Body implements Response.ContentSourceListener, Invocable.Task {

		private @Nullable Request request;

		private Content.@Nullable Source source;

		/** Starts with 1, because the end of the body requires no demand. */
		private long demand = 1;

		private boolean waiting;

		void readFor(Request sent) {
			this.request = sent;
			sent.onResponseContentSource(this);
		}

		void abort() {
			if (this.request != null) {
				this.request.abort(new CancellationException());
			}
		}

		@Override
		public void onContentSource(Response response, Content.Source content) {
			synchronized (this) {
				this.source = content;
			}
			waitForPart();
		}

		void demand(long parts) {
			synchronized (this) {
				this.demand = Operators.addCap(this.demand, parts);
			}
			waitForPart();
		}

		private void waitForPart() {
			Content.Source waitingFor;
			synchronized (this) {
				waitingFor = this.source;
				if (waitingFor == null || this.waiting || this.demand == 0) {
					return;
				}
				this.waiting = true;
			}
			waitingFor.demand(this);
		}

		/**
		 * Read the available part.
		 */
		@Override
		public void run() {
			Content.Source readFrom;
			synchronized (this) {
				readFrom = this.source;
			}
			Content.Chunk part = (readFrom != null) ? readFrom.read() : null;
			synchronized (this) {
				this.waiting = false;
				if (part != null && part.hasRemaining() && this.demand < Long.MAX_VALUE) {
					this.demand--;
				}
				if (part != null && part.isLast()) {
					this.source = null;
				}
			}
			if (part != null) {
				part.release();
			}
			waitForPart();
		}

		@Override
		public InvocationType getInvocationType() {
			return InvocationType.NON_BLOCKING;
		}

	}

}
