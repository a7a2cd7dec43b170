package io.kintospring.embedded.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Handler that closes a connection after the response to a request with
 * {@code Connection: close}.
 * <p>
 * Reactor Netty sometimes leaves such a request unanswered. This happens if it is not the
 * first request of its connection, and another thread creates the response. This handler
 * hides the header from Reactor Netty.
 */
final class ConnectionClosing extends ChannelDuplexHandler {

	private int unanswered;

	private boolean closing;

	private boolean interim;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			if (this.closing) {
				ReferenceCountUtil.release(message);
				return;
			}
			this.unanswered++;
			if (request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
				request.headers().remove(HttpHeaderNames.CONNECTION);
				this.closing = true;
			}
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		boolean last = this.closing && this.unanswered == 1;
		if (message instanceof HttpResponse response) {
			this.interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
			if (last && !this.interim) {
				response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
			}
		}
		if (message instanceof LastHttpContent && !this.interim) {
			this.unanswered--;
			if (last) {
				context.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
				return;
			}
		}
		context.write(message, promise);
	}

}
