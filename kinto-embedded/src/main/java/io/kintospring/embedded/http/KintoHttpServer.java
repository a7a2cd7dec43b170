package io.kintospring.embedded.http;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

import io.kintospring.embedded.endpoint.KintoApplication;
import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;

/**
 * HTTP server for the application, with its own threads.
 */
public final class KintoHttpServer implements AutoCloseable {

	private static final String THREADS = "kinto-embedded";

	private static final int MIN_THREADS = 4;

	private static final int MAX_HEADER_BYTES = 64 * 1024;

	private static final int CLOSE_TIMEOUT_SECONDS = 10;

	private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(
			Math.max(MIN_THREADS, Runtime.getRuntime().availableProcessors()), new DefaultThreadFactory(THREADS, true),
			NioIoHandler.newFactory());

	/**
	 * All connections. A connection that is accepted while the server is closed is closed
	 * at once.
	 */
	private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

	private final Channel server;

	private final int port;

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
		KintoHttpHandler handler = new KintoHttpHandler(application, settings, clock, this.threads);
		ChannelFuture bound = new ServerBootstrap().group(this.threads)
			.channel(NioServerSocketChannel.class)
			// as waitress, and enough for a test that opens many connections at once
			.option(ChannelOption.SO_BACKLOG, 1024)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel connection) {
					KintoHttpServer.this.connections.add(connection);
					initialize(connection, handler, faults, settings);
				}

			})
			.bind(host, port)
			.awaitUninterruptibly();
		if (!bound.isSuccess()) {
			disposeThreads();
			throw new IllegalStateException("Cannot listen on %s:%d".formatted(host, port), bound.cause());
		}
		this.server = bound.channel();
		this.port = ((InetSocketAddress) this.server.localAddress()).getPort();
	}

	/**
	 * Return the port that the server listens on.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Close all connections, and return when the port is free.
	 */
	@Override
	public void close() {
		this.server.close().awaitUninterruptibly();
		this.connections.close().awaitUninterruptibly();
		disposeThreads();
	}

	private static void initialize(SocketChannel connection, KintoHttpHandler handler, Faults faults,
			KintoServerSettings settings) {
		int idleTimeout = settings.get(KintoSetting.IDLE_TIMEOUT_SECONDS);
		if (idleTimeout > 0) {
			connection.pipeline().addLast(new IdleStateHandler(true, 0, 0, idleTimeout, TimeUnit.SECONDS));
		}
		connection.pipeline()
			.addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEADER_BYTES)
				.setMaxHeaderSize(MAX_HEADER_BYTES)))
			// keeps requests that arrive while another one is handled
			.addLast(new FlowControlHandler())
			.addLast(new BodyAggregator(settings.get(KintoSetting.MAX_BODY_BYTES)))
			.addLast(new Connection(handler, faults, settings));
	}

	private void disposeThreads() {
		this.threads.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
	}

}
