package io.kintospring.embedded.http;

import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

import org.springframework.http.HttpStatus;

/**
 * Writer of the application's responses to HTTP responses of a limited size.
 */
final class ResponseWriter {

	private static final int INITIAL_BYTES = 512;

	private final int maxBytes;

	ResponseWriter(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Write a response.
	 * @param response the response
	 * @param allocator allocates memory for the body
	 * @return the HTTP response
	 * @throws KintoError if the body is too large
	 */
	FullHttpResponse write(KintoResponse response, ByteBufAllocator allocator) {
		ByteBuf body = body(response, allocator);
		try {
			FullHttpResponse message = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
					HttpResponseStatus.valueOf(response.status().value()), body);
			response.headers().forEach(message.headers()::set);
			if (response.status() != HttpStatus.NOT_MODIFIED) {
				message.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
			}
			return message;
		}
		catch (RuntimeException | Error ex) {
			body.release();
			throw ex;
		}
	}

	private ByteBuf body(KintoResponse response, ByteBufAllocator allocator) {
		if (response.body() == null) {
			return Unpooled.EMPTY_BUFFER;
		}
		if (response.body().isBinary()) {
			return Unpooled.wrappedBuffer(response.body().binaryValue());
		}
		ByteBuf body = allocator.buffer(INITIAL_BYTES);
		try {
			response.writeJson(new ByteBufOutputStream(body), this.maxBytes);
			return body;
		}
		catch (RuntimeException | Error ex) {
			body.release();
			throw ex;
		}
	}

}
