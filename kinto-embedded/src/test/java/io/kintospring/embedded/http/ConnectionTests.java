package io.kintospring.embedded.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.kintospring.embedded.endpoint.KintoApplication;
import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.resource.InitialData;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.flow.FlowControlHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for connections that fail, or cannot write.
 */
class ConnectionTests {

	private static final KintoServerSettings SETTINGS = KintoServerSettings.defaults();

	private final Faults faults = new Faults(Duration.ofSeconds(1));

	private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();

	private final FailingAllocator allocator = new FailingAllocator();

	private final DelayedWrites writes = new DelayedWrites();

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5 })
	void responseThatCannotBeWrittenIsAnError(int delaySeconds) {
		EmbeddedChannel channel = new EmbeddedChannel(connection());
		channel.config().setAllocator(this.allocator);
		this.faults.delay(1, Duration.ofSeconds(delaySeconds), (requests) -> requests);
		this.allocator.fail(1, StackOverflowError::new);
		channel.writeInbound(request());
		channel.advanceTimeBy(delaySeconds, TimeUnit.SECONDS);
		channel.runPendingTasks();
		assertThat(status(channel)).isEqualTo(500);
		channel.writeInbound(request());
		assertThat(status(channel)).isEqualTo(200);
	}

	@Test
	void responseWithoutEnoughMemoryIsAnError() {
		EmbeddedChannel channel = new EmbeddedChannel(connection());
		channel.config().setAllocator(this.allocator);
		this.allocator.fail(1, OutOfMemoryError::new);
		channel.writeInbound(request());
		assertThat(status(channel)).isEqualTo(507);
		channel.writeInbound(request());
		assertThat(status(channel)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5 })
	void connectionWithoutPossibleResponseIsClosed(int delaySeconds) {
		EmbeddedChannel channel = new EmbeddedChannel(connection());
		channel.config().setAllocator(this.allocator);
		this.faults.delay(1, Duration.ofSeconds(delaySeconds), (requests) -> requests);
		this.allocator.fail(Integer.MAX_VALUE, OutOfMemoryError::new);
		channel.writeInbound(request());
		channel.advanceTimeBy(delaySeconds, TimeUnit.SECONDS);
		channel.runPendingTasks();
		assertThat(channel.isOpen()).isFalse();
	}

	@Test
	void nextRequestWaitsUntilResponseIsWritten() {
		EmbeddedChannel channel = new EmbeddedChannel(this.writes, new FlowControlHandler(), connection());
		channel.writeInbound(request(), request(), request());
		for (int i = 0; i < 3; i++) {
			assertThat(this.writes.pending).hasSize(1);
			this.writes.pending.remove().setSuccess();
			channel.runPendingTasks();
		}
		assertThat(this.writes.pending).isEmpty();
	}

	private Connection connection() {
		KintoApplication application = new KintoApplication(SETTINGS, Clock.systemUTC(), InitialData.none(), Map.of());
		return new Connection(new KintoHttpHandler(application, SETTINGS, Clock.systemUTC(), this.threads), this.faults,
				SETTINGS);
	}

	private static FullHttpRequest request() {
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/v1/");
		request.headers().set(HttpHeaderNames.HOST, "localhost");
		return request;
	}

	private static int status(EmbeddedChannel channel) {
		FullHttpResponse response = channel.readOutbound();
		assertThat(response).isNotNull();
		assertThat(response.content().toString(StandardCharsets.UTF_8)).startsWith("{");
		response.release();
		return response.status().code();
	}

	/**
	 * Allocator that fails a number of times.
	 */
	private static final class FailingAllocator extends AbstractByteBufAllocator {

		private int remaining;

		private Supplier<Error> failure = OutOfMemoryError::new;

		private void fail(int times, Supplier<Error> newFailure) {
			this.remaining = times;
			this.failure = newFailure;
		}

		@Override
		protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
			if (this.remaining > 0) {
				this.remaining--;
				throw this.failure.get();
			}
			return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
		}

		@Override
		protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
			return newHeapBuffer(initialCapacity, maxCapacity);
		}

		@Override
		public boolean isDirectBufferPooled() {
			return false;
		}

	}

	/**
	 * Network whose writes are completed later.
	 */
	private static final class DelayedWrites extends ChannelOutboundHandlerAdapter {

		private final Queue<ChannelPromise> pending = new ArrayDeque<>();

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			((FullHttpResponse) message).release();
			this.pending.add(promise);
		}

	}

}
