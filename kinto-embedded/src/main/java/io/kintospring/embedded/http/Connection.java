package io.kintospring.embedded.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.kintospring.embedded.fault.Fault;
import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.request.Errno;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Connection of a client: handles one request at a time, injects faults, and decides when
 * the connection is closed.
 */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {

	private static final Logger logger = LoggerFactory.getLogger(Connection.class);

	private final KintoHttpHandler handler;

	private final Faults faults;

	private final Duration latency;

	private final int maxBodyBytes;

	private final ResponseWriter writer;

	private State state = State.READY;

	Connection(KintoHttpHandler handler, Faults faults, KintoServerSettings settings) {
		this.handler = handler;
		this.faults = faults;
		this.latency = Duration.ofMillis(settings.get(KintoSetting.LATENCY_MILLISECONDS));
		this.maxBodyBytes = settings.get(KintoSetting.MAX_BODY_BYTES);
		this.writer = new ResponseWriter(settings.get(KintoSetting.MAX_RESPONSE_BYTES));
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
		if (this.state != State.READY) {
			context.close();
			return;
		}
		this.state = State.HANDLING;
		Answer answer = new Answer(context, message);
		answer.attempt(() -> handle(context, message, answer));
		if (this.state != State.READY) {
			context.channel().config().setAutoRead(false);
		}
	}

	private void handle(ChannelHandlerContext context, FullHttpRequest message, Answer answer) {
		RawRequest request;
		try {
			requireWellFormed(message);
			request = RawRequest.read(message);
		}
		catch (KintoError ex) {
			answer.send(ex, !isNextRequestFound(message));
			return;
		}
		handle(context, request, answer);
	}

	private void handle(ChannelHandlerContext context, RawRequest request, Answer answer) {
		Fault fault = this.faults.next(request.method().name(), this.handler.path(request));
		Runnable task = () -> answer(request, fault, answer);
		Duration delay = this.latency.plus(fault.duration());
		if (delay.isZero()) {
			task.run();
		}
		else {
			context.executor().schedule(() -> answer.attempt(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void answer(RawRequest request, Fault fault, Answer answer) {
		switch (fault.kind()) {
			case NONE, DELAY -> answer.send(this.handler.handle(request));
			case FAILURE -> answer.send(failure(fault), false);
			case DROP -> answer.context.close();
			case DROP_RESPONSE ->
				this.handler.handle(request).whenComplete((response, failure) -> answer.context.close());
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof IdleStateEvent && this.state != State.HANDLING) {
			context.close();
		}
	}

	/**
	 * Close the connection. Mostly, the client has gone away.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		logger.debug("Closed a connection: {}", cause.toString());
		if (cause instanceof OutOfMemoryError && this.state == State.READY) {
			context.writeAndFlush(this.writer.write(KintoError.noMemory().response(), context.alloc()))
				.addListener(ChannelFutureListener.CLOSE);
			return;
		}
		context.close();
	}

	/**
	 * Return whether the next request can be found after a malformed one. This is so
	 * after a body that is too large, unless the client may not send it.
	 */
	private static boolean isNextRequestFound(FullHttpRequest message) {
		return message.decoderResult().cause() instanceof TooLongHttpContentException
				&& !HttpUtil.is100ContinueExpected(message);
	}

	private void requireWellFormed(FullHttpRequest message) {
		Throwable cause = message.decoderResult().cause();
		if (cause instanceof TooLongHttpContentException) {
			throw KintoError.of(HttpStatus.CONTENT_TOO_LARGE, Errno.REQUEST_TOO_LARGE,
					"The body may have at most " + this.maxBodyBytes + " bytes");
		}
		if (cause != null) {
			HttpStatus status = HttpStatus.BAD_REQUEST;
			if (cause instanceof TooLongHttpLineException) {
				status = HttpStatus.URI_TOO_LONG;
			}
			else if (cause instanceof TooLongHttpHeaderException) {
				status = HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
			}
			throw KintoError.of(status, Errno.INVALID_PARAMETERS, "The request is not valid HTTP");
		}
	}

	private static KintoError failure(Fault fault) {
		HttpStatus status = HttpStatus.valueOf(fault.status());
		KintoError error = KintoError.of(status, Errno.of(status), "A fault that was asked for");
		fault.retryAfter()
			.ifPresent((delay) -> error.response()
				.headers()
				.set(HttpHeaders.RETRY_AFTER, String.valueOf(delay.toSeconds())));
		return error;
	}

	/**
	 * Answer to a request, which decides what happens to the connection.
	 */
	private final class Answer {

		private final ChannelHandlerContext context;

		private final FullHttpRequest request;

		private Answer(ChannelHandlerContext context, FullHttpRequest request) {
			this.context = context;
			this.request = request;
		}

		/**
		 * Take a step towards the response. If it fails, the response is an error.
		 */
		private void attempt(Runnable step) {
			try {
				step.run();
			}
			catch (RuntimeException | Error ex) {
				fail(ex);
			}
		}

		private void fail(Throwable failure) {
			KintoError error = KintoError.from(failure);
			if (error != failure) {
				logger.error("Failed to answer a {} request", this.request.method(), failure);
			}
			try {
				send(error, false);
			}
			catch (RuntimeException | Error ex) {
				logger.error("Closed a connection without a response", ex);
				this.context.close();
			}
		}

		private void send(CompletableFuture<KintoResponse> response) {
			if (response.isDone()) {
				send(response.join());
			}
			else {
				response.whenComplete((later, failure) -> this.context.executor()
					.execute(() -> attempt(() -> send(response.join()))));
			}
		}

		private void send(KintoResponse response) {
			send(Connection.this.writer.write(response, this.context.alloc()), false);
		}

		private void send(KintoError error, boolean last) {
			KintoResponse response = Connection.this.handler.error(this.request, error);
			send(Connection.this.writer.write(response, this.context.alloc()), last);
		}

		private void send(FullHttpResponse message, boolean last) {
			boolean announced = last || !HttpUtil.isKeepAlive(this.request);
			HttpUtil.setKeepAlive(message.headers(), this.request.protocolVersion(), !announced);
			boolean closing = announced || closesSilently();
			Connection.this.state = State.ANSWERING;
			this.context.writeAndFlush(message).addListener((written) -> {
				if (closing || !written.isSuccess()) {
					this.context.close();
				}
				else {
					ready();
				}
			});
		}

		/**
		 * Let the next request pass, which can have arrived already.
		 */
		private void ready() {
			Connection.this.state = State.READY;
			this.context.channel().config().setAutoRead(true);
		}

		private boolean closesSilently() {
			return HttpMethod.HEAD.equals(this.request.method()) && Connection.this.faults.closesAfterHead();
		}

	}

	/**
	 * State of the current request.
	 */
	private enum State {

		/**
		 * There is none.
		 */
		READY,

		/**
		 * It is handled, for example while its response is delayed.
		 */
		HANDLING,

		/**
		 * Its response is written.
		 */
		ANSWERING

	}

}
