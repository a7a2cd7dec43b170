package io.kintospring.embedded.http;

import java.time.Clock;
import java.time.Duration;

import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.resource.KintoApplication;
import io.kintospring.embedded.settings.KintoServerSettings;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;

/**
 * HTTP server for the application, with its own threads.
 */
public final class KintoHttpServer implements AutoCloseable {

	private static final String THREADS = "kinto-embedded";

	private static final int MAX_HEADER_BYTES = 64 * 1024;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final LoopResources loops = LoopResources.create(THREADS, LoopResources.DEFAULT_IO_WORKER_COUNT, true);

	private final Scheduler scheduler = Schedulers.newParallel(THREADS + "-requests", Schedulers.DEFAULT_POOL_SIZE,
			true);

	private final DisposableServer server;

	/**
	 * Start the server.
	 * @param host the host to listen on
	 * @param port the port to listen on, or 0 for any free port
	 * @param application the application that handles the requests
	 * @param faults the faults to inject
	 * @param settings the settings
	 * @param clock the clock
	 * @throws IllegalStateException if the server cannot listen on this host and port
	 */
	public KintoHttpServer(String host, int port, KintoApplication application, Faults faults,
			KintoServerSettings settings, Clock clock) {
		HttpHandler handler = new KintoHttpHandler(application, faults, settings, clock, this.scheduler);
		try {
			this.server = HttpServer.create()
				.host(host)
				.port(port)
				.runOn(this.loops)
				.httpRequestDecoder(
						(decoder) -> decoder.maxInitialLineLength(MAX_HEADER_BYTES).maxHeaderSize(MAX_HEADER_BYTES))
				.doOnChannelInit((observer, channel, address) -> channel.pipeline()
					.addAfter(NettyPipeline.HttpCodec, "kinto.closing", new ConnectionClosing()))
				.handle(new ReactorHttpHandlerAdapter(handler))
				.bindNow();
		}
		catch (ChannelBindException ex) {
			disposeThreads();
			throw new IllegalStateException("Cannot listen on %s:%d".formatted(host, port), ex);
		}
	}

	/**
	 * Return the port that the server listens on.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Close all connections, and return when the port is free.
	 */
	@Override
	public void close() {
		this.server.disposeNow(CLOSE_TIMEOUT);
		disposeThreads();
	}

	private void disposeThreads() {
		this.loops.disposeLater(Duration.ZERO, CLOSE_TIMEOUT).block(CLOSE_TIMEOUT);
		this.scheduler.dispose();
	}

}
