package io.kintospring.client;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The client of Reactor Netty, with connections of its own. It is made when it is needed
 * first, as its classes take long to load: unless it is customized, so that what is wrong
 * with that is heard of at once.
 */
final class PooledHttpClient implements AutoCloseable {

	private static final int MAX_RESPONSE_HEADER = 64 * 1024;

	private static final int MAX_CONNECTIONS = 64;

	/** Shorter than what servers and what stands before them usually allow. */
	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

	private final Duration connectTimeout;

	private final @Nullable UnaryOperator<HttpClient> customizer;

	private volatile @Nullable HttpClient client;

	private @Nullable ConnectionProvider connections;

	PooledHttpClient(Duration connectTimeout, @Nullable UnaryOperator<HttpClient> customizer) {
		this.connectTimeout = connectTimeout;
		this.customizer = customizer;
		if (customizer != null) {
			client();
		}
	}

	HttpClient client() {
		HttpClient made = this.client;
		return (made != null) ? made : make();
	}

	private synchronized HttpClient make() {
		HttpClient made = this.client;
		if (made == null) {
			ConnectionProvider provider = ConnectionProvider.builder("kinto")
				.maxConnections(MAX_CONNECTIONS)
				.pendingAcquireMaxCount(-1)
				.maxIdleTime(MAX_IDLE_TIME)
				.evictInBackground(MAX_IDLE_TIME)
				.lifo()
				.build();
			this.connections = provider;
			made = HttpClient.create(provider)
				.followRedirect(false)
				.compress(true)
				.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_RESPONSE_HEADER))
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(this.connectTimeout.toMillis()));
			if (this.customizer != null) {
				made = this.customizer.apply(made);
			}
			this.client = made;
		}
		return made;
	}

	@Override
	public synchronized void close() {
		if (this.connections != null) {
			this.connections.dispose();
		}
	}

}
