package io.kintospring.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Matches requests and responses of one HTTP/1.1 connection. Reactor Netty treats an
 * interim response as the final one. It also reuses a connection with bytes after a
 * response, and would read them as the response to the next request.
 * <p>
 * Interim responses are dropped. A connection is closed if it receives bytes before a
 * request or after the end of a response. It is also closed after a {@code HEAD} request,
 * because some servers then close it without notice.
 */
final class ConnectionGuard {

	private int awaited;

	private boolean head;

	private boolean interim;

	private boolean superfluous;

	private boolean reading;

	private @Nullable LastHttpContent end;

	private ConnectionGuard() {
	}

	/**
	 * Add handlers to the pipeline of an HTTP/1.1 connection.
	 */
	static void install(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			ConnectionGuard guard = new ConnectionGuard();
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "kinto.bytes", guard.new Bytes())
				.addAfter(NettyPipeline.HttpCodec, "kinto.messages", guard.new Messages());
		}
	}

	/**
	 * Close immediately, so that the connection pool does not reuse the connection.
	 */
	private static void close(ChannelHandlerContext context) {
		context.channel().unsafe().close(context.voidPromise());
	}

	/**
	 * Handler before the codec. It knows which bytes the codec has not decoded, because
	 * the codec keeps the last buffer as long as bytes remain in it.
	 */
	private final class Bytes extends ChannelInboundHandlerAdapter {

		private @Nullable ByteBuf rest;

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (!(message instanceof ByteBuf bytes)) {
				context.fireChannelRead(message);
				return;
			}
			if (ConnectionGuard.this.awaited == 0) {
				bytes.release();
				close(context);
				return;
			}
			ByteBuf joined = join(context, bytes).retain();
			ConnectionGuard.this.reading = true;
			try {
				context.fireChannelRead(joined);
				this.rest = joined.isReadable() ? joined : null;
			}
			finally {
				ConnectionGuard.this.reading = false;
				joined.release();
			}
			end(context, this.rest != null);
		}

		/**
		 * Join the remaining bytes with new ones. If the codec did this, the remaining
		 * bytes would not be visible here.
		 */
		private ByteBuf join(ChannelHandlerContext context, ByteBuf bytes) {
			ByteBuf before = this.rest;
			if (before == null || !before.isReadable()) {
				return bytes;
			}
			try {
				return context.alloc()
					.buffer(before.readableBytes() + bytes.readableBytes())
					.writeBytes(before)
					.writeBytes(bytes);
			}
			finally {
				bytes.release();
			}
		}

		/**
		 * Pass on the end of a response, once it is known whether there are more bytes.
		 */
		private void end(ChannelHandlerContext context, boolean more) {
			LastHttpContent last = ConnectionGuard.this.end;
			if (last == null) {
				return;
			}
			ConnectionGuard.this.end = null;
			if (more || ConnectionGuard.this.superfluous || ConnectionGuard.this.head) {
				close(context);
			}
			ChannelHandlerContext messages = context.pipeline().context("kinto.messages");
			if (messages != null) {
				messages.fireChannelRead(last);
			}
			else {
				// closing the connection removed its handlers
				last.release();
			}
		}

	}

	/**
	 * Handler after the codec.
	 */
	private final class Messages extends ChannelDuplexHandler {

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (message instanceof HttpRequest request) {
				ConnectionGuard.this.awaited++;
				ConnectionGuard.this.head = request.method().equals(HttpMethod.HEAD);
			}
			context.write(message, promise);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof DecoderResultProvider decoded) {
				hideData(decoded);
			}
			if (ConnectionGuard.this.end != null || ConnectionGuard.this.awaited == 0) {
				ConnectionGuard.this.superfluous = true;
				ReferenceCountUtil.release(message);
			}
			else if (isInterim(message)) {
				ReferenceCountUtil.release(message);
				if (!context.channel().config().isAutoRead()) {
					context.read();
				}
			}
			else if (message instanceof LastHttpContent last) {
				ConnectionGuard.this.awaited--;
				if (ConnectionGuard.this.reading) {
					ConnectionGuard.this.end = last;
				}
				else {
					context.fireChannelRead(last);
				}
			}
			else {
				context.fireChannelRead(message);
			}
		}

		/**
		 * Replace the error for invalid HTTP. The codec quotes the response, which may
		 * contain data of a record.
		 */
		private static void hideData(DecoderResultProvider decoded) {
			Throwable failure = decoded.decoderResult().cause();
			if (failure != null && !(failure instanceof TooLongFrameException)) {
				decoded.setDecoderResult(DecoderResult.failure(new InvalidHttpException(failure)));
			}
		}

		private boolean isInterim(Object message) {
			if (message instanceof HttpResponse response) {
				ConnectionGuard.this.interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
						&& !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
			}
			return ConnectionGuard.this.interim;
		}

	}

}
