package io.kintospring.benchmarks.stub;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import reactor.netty.resources.LoopResources;

/**
 * Stub of a Kinto server that sends prepared responses. It responds immediately on one
 * port and with latency on another port.
 */
public final class StubServer implements AutoCloseable {

	/** Prefix of the names of its threads. */
	public static final String THREADS = "stub";

	private final LoopResources threads = LoopResources.create(THREADS, 2, true);

	private final Channel prompt;

	private final Channel slow;

	/**
	 * Start a server.
	 * @param records the number of records of its collection
	 * @param latency the latency of the slow port
	 */
	public StubServer(int records, Duration latency) {
		StubAnswers answers = new StubAnswers(new StubRecords(records));
		this.prompt = listen(answers, Duration.ZERO);
		this.slow = listen(answers, latency);
	}

	/**
	 * Run a server until its input ends, which happens when the parent process stops.
	 * @param args the number of records, and the latency in milliseconds
	 * @throws IOException if the input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		try (StubServer server = new StubServer(Integer.parseInt(args[0]),
				Duration.ofMillis(Long.parseLong(args[1])))) {
			System.out.println(server.url() + " " + server.slowUrl());
			System.in.transferTo(OutputStream.nullOutputStream());
		}
	}

	private Channel listen(StubAnswers answers, Duration latency) {
		EventLoopGroup group = this.threads.onServer(LoopResources.DEFAULT_NATIVE);
		return new ServerBootstrap().group(group)
			.channelFactory(() -> this.threads.onChannel(ServerSocketChannel.class, group))
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new HttpRequestDecoder(), new HttpObjectAggregator(16 * 1024 * 1024),
								new Handler(answers, latency.toMillis()));
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
	}

	/**
	 * Return the URL of the port without latency.
	 * @return the root URL of the API
	 */
	public String url() {
		return url(this.prompt);
	}

	/**
	 * Return the URL of the port with latency.
	 * @return the root URL of the API
	 */
	public String slowUrl() {
		return url(this.slow);
	}

	private static String url(Channel channel) {
		return "http://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort() + "/v1";
	}

	@Override
	public void close() {
		this.threads.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block();
	}

	private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {

		private final StubAnswers answers;

		private final long latency;

		private Handler(StubAnswers answers, long latency) {
			this.answers = answers;
			this.latency = latency;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
			ByteBuf[] answer = this.answers.answer(request);
			boolean keepAlive = HttpUtil.isKeepAlive(request);
			if (this.latency == 0) {
				write(context, answer, keepAlive);
			}
			else {
				context.executor()
					.schedule(() -> write(context, answer, keepAlive), this.latency, TimeUnit.MILLISECONDS);
			}
		}

		private static void write(ChannelHandlerContext context, ByteBuf[] answer, boolean keepAlive) {
			for (int i = 0; i < answer.length - 1; i++) {
				context.write(answer[i], context.voidPromise());
			}
			ChannelPromise promise = keepAlive ? context.voidPromise() : context.newPromise();
			context.writeAndFlush(answer[answer.length - 1], promise);
			if (!keepAlive) {
				promise.addListener(ChannelFutureListener.CLOSE);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
			context.close();
		}

	}

}
