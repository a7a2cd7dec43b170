package io.kintospring.embedded.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.kintospring.embedded.fault.Fault;
import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.resource.Errno;
import io.kintospring.embedded.resource.KintoError;
import io.kintospring.embedded.resource.KintoResponse;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.netty.channel.ChannelFuture;
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

	/**
	 * Whether a request is handled, for example while its response is delayed.
	 */
	private boolean busy;

	private boolean closing;

	/**
	 * Requests that arrived while another one is handled.
	 */
	private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();

	Connection(KintoHttpHandler handler, Faults faults, KintoServerSettings settings) {
		this.handler = handler;
		this.faults = faults;
		this.latency = Duration.ofMillis(settings.get(KintoSetting.LATENCY_MILLISECONDS));
		this.maxBodyBytes = settings.get(KintoSetting.MAX_BODY_BYTES);
		this.writer = new ResponseWriter(settings.get(KintoSetting.MAX_RESPONSE_BYTES));
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
		if (this.busy) {
			this.waiting.add(message.retain());
			context.channel().config().setAutoRead(false);
		}
		else if (!this.closing) {
			handle(context, message);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.waiting.forEach(FullHttpRequest::release);
		this.waiting.clear();
	}

	private void handle(ChannelHandlerContext context, FullHttpRequest message) {
		this.busy = true;
		Answer answer = new Answer(context, message);
		try {
			requireWellFormed(message);
			handle(context, RawRequest.read(message), answer);
		}
		catch (KintoError ex) {
			// after a body that is too large, the next request can be found
			answer.send(ex, ex.response().status() != HttpStatus.CONTENT_TOO_LARGE);
		}
	}

	/**
	 * Handle the requests that have arrived during a delay.
	 */
	private void handleWaiting(ChannelHandlerContext context) {
		while (!this.busy && !this.closing && !this.waiting.isEmpty()) {
			FullHttpRequest next = this.waiting.remove();
			try {
				handle(context, next);
			}
			finally {
				next.release();
			}
		}
		context.channel().config().setAutoRead(this.waiting.isEmpty());
	}

	private void handle(ChannelHandlerContext context, RawRequest request, Answer answer) {
		Fault fault = this.faults.next(request.method().name(), this.handler.path(request));
		Runnable task = () -> answer(request, fault, answer);
		Duration delay = this.latency.plus(fault.duration());
		if (delay.isZero()) {
			task.run();
		}
		else {
			context.executor().schedule(() -> {
				task.run();
				handleWaiting(context);
			}, delay.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void answer(RawRequest request, Fault fault, Answer answer) {
		switch (fault.kind()) {
			case NONE, DELAY -> answer.send(this.handler.handle(request));
			case FAILURE -> answer.send(failure(fault), false);
			case DROP -> answer.context.close();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof IdleStateEvent && !this.busy) {
			context.close();
		}
	}

	/**
	 * Close the connection. Mostly, the client has gone away.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		logger.debug("Closed a connection: {}", cause.toString());
		if (cause instanceof OutOfMemoryError && !this.busy) {
			context.writeAndFlush(this.writer.write(KintoError.noMemory().response(), context.alloc()))
				.addListener(ChannelFutureListener.CLOSE);
			return;
		}
		context.close();
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

		private void send(CompletableFuture<KintoResponse> response) {
			if (response.isDone()) {
				send(response.join());
			}
			else {
				response.thenAccept((later) -> this.context.executor().execute(() -> {
					send(later);
					handleWaiting(this.context);
				}));
			}
		}

		private void send(KintoResponse response) {
			FullHttpResponse message;
			try {
				message = Connection.this.writer.write(response, this.context.alloc());
			}
			catch (KintoError ex) {
				send(ex, false);
				return;
			}
			catch (OutOfMemoryError ex) {
				send(KintoError.noMemory(), false);
				return;
			}
			send(message, !HttpUtil.isKeepAlive(this.request));
		}

		private void send(KintoError error, boolean last) {
			KintoResponse response = Connection.this.handler.error(this.request, error);
			send(Connection.this.writer.write(response, this.context.alloc()),
					last || !HttpUtil.isKeepAlive(this.request));
		}

		private void send(FullHttpResponse message, boolean last) {
			HttpUtil.setKeepAlive(message.headers(), this.request.protocolVersion(), !last);
			ChannelFuture written = this.context.writeAndFlush(message);
			Connection.this.busy = false;
			Connection.this.closing = last || closesSilently();
			written.addListener(
					Connection.this.closing ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
		}

		private boolean closesSilently() {
			return HttpMethod.HEAD.equals(this.request.method()) && Connection.this.faults.closesAfterHead();
		}

	}

}
