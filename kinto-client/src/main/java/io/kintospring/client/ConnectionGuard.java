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
 * Keeps requests and responses of one HTTP/1.1 connection together. Reactor Netty takes
 * an interim response for the final one, and uses a connection again on which more has
 * come than the response: what is left over would be taken for the response to another
 * request.
 * <p>
 * Interim responses are dropped. A connection with bytes after the end of a response, or
 * before there is a request, is closed; so is it after a {@code HEAD}, as some servers
 * close it then without saying so.
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
	 * Guard a connection, if it speaks HTTP/1.1.
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
	 * Close at once: a pool that gets the connection back finds it closed.
	 */
	private static void close(ChannelHandlerContext context) {
		context.channel().unsafe().close(context.voidPromise());
	}

	/**
	 * What the codec has not decoded yet: it keeps the buffer that it was given last, if
	 * anything is left in it.
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
		 * The codec would do the same, and then the rest would be in a buffer that nobody
		 * else sees.
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
		 * Let the end of a response go on, now that it is known whether more has come.
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
				// the connection was closed meanwhile, and has no handlers any more
				last.release();
			}
		}

	}

	/**
	 * What the codec has decoded.
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
				leaveOutData(decoded);
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
		 * What is no HTTP can be a part of a record, and the codec quotes it.
		 */
		private static void leaveOutData(DecoderResultProvider decoded) {
			Throwable failure = decoded.decoderResult().cause();
			if (failure != null && !(failure instanceof TooLongFrameException)) {
				decoded.setDecoderResult(DecoderResult.failure(InvalidHttpException.of(failure)));
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
