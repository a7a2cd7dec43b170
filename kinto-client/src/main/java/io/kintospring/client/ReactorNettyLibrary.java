package io.kintospring.client;

import java.time.Duration;
import java.util.function.Function;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * {@link HttpLibrary} on Reactor Netty, with a connection pool of its own.
 */
final class ReactorNettyLibrary implements HttpLibrary {

	private static final int MAX_RESPONSE_HEADER = 64 * 1024;

	/** Shorter than the usual idle timeout of servers and proxies. */
	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

	private final ConnectionProvider connections;

	private final HttpClient client;

	private final int maxInMemorySize;

	ReactorNettyLibrary(Function<ConnectionProvider, HttpClient> client, int maxConnections, int maxInMemorySize) {
		this.connections = ConnectionProvider.builder("kinto")
			.maxConnections(maxConnections)
			.pendingAcquireMaxCount(-1)
			.maxIdleTime(MAX_IDLE_TIME)
			.evictInBackground(MAX_IDLE_TIME)
			.lifo()
			.build();
		this.client = client.apply(this.connections)
			.followRedirect(false)
			.compress(false)
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_RESPONSE_HEADER))
			.doOnChannelInit((observer, channel, address) -> ConnectionGuard.install(channel));
		this.maxInMemorySize = maxInMemorySize;
	}

	@Override
	public ClientHttpConnector connector() {
		return new ReactorClientHttpConnector(this.client);
	}

	@Override
	public ExchangeFunction exchangeFunction() {
		return new ReactorNettyExchange(this.client, connector(), this.maxInMemorySize);
	}

	/**
	 * The {@link ConnectionGuard} closes the connection.
	 */
	@Override
	public boolean needsConnectionClose() {
		return false;
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

}
