package io.kintospring.embedded.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Collector of request bodies. It passes on a request whose body is too large as a failed
 * one, without its body. As in waitress, an expectation other than {@code 100-continue}
 * has no effect.
 */
final class BodyAggregator extends HttpObjectAggregator {

	BodyAggregator(int maxBytes) {
		super(maxBytes);
	}

	@Override
	protected @Nullable Object newContinueResponse(HttpMessage start, int maxBytes, ChannelPipeline pipeline) {
		// Netty would answer the others itself
		boolean welcome = HttpUtil.is100ContinueExpected(start) && !isContentLengthInvalid(start, maxBytes);
		return welcome ? super.newContinueResponse(start, maxBytes, pipeline) : null;
	}

	@Override
	protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage message) {
		HttpRequest request = (HttpRequest) message;
		DefaultFullHttpRequest failed = new DefaultFullHttpRequest(request.protocolVersion(), request.method(),
				request.uri(), Unpooled.EMPTY_BUFFER);
		failed.headers().set(request.headers());
		failed.setDecoderResult(DecoderResult.failure(new TooLongHttpContentException()));
		context.fireChannelRead(failed);
	}

}
