package io.kintospring.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * Body of a request, written without a codec: either bytes in memory, or a resource that
 * is read piece by piece on demand.
 */
final class RequestBody implements BodyInserter<Void, ReactiveHttpOutputMessage> {

	private static final int PIECE = 16 * 1024;

	private static final RequestBody EMPTY = new RequestBody(null, null, 0);

	private final byte @Nullable [] bytes;

	private final @Nullable KintoRequest streamed;

	private final long length;

	private RequestBody(byte @Nullable [] bytes, @Nullable KintoRequest streamed, long length) {
		this.bytes = bytes;
		this.streamed = streamed;
		this.length = length;
	}

	/**
	 * Return the body of a request, with its length if it is known. The length of a
	 * resource is determined on another thread, because a file may block the event loop.
	 */
	static Mono<RequestBody> of(KintoRequest request) {
		Resource body = request.body();
		if (body == null) {
			return Mono.just(EMPTY);
		}
		if (body instanceof ByteArrayResource json) {
			return Mono.just(new RequestBody(json.getByteArray(), null, json.contentLength()));
		}
		return Mono.<Long>create((sink) -> {
			try {
				sink.success(body.contentLength());
			}
			catch (Throwable ex) {
				sink.error(unreadable(request, body, ex));
			}
		}).subscribeOn(OwnThreads.UPLOADS).map((known) -> new RequestBody(null, request, known));
	}

	/**
	 * Return the length, or a negative number if it is unknown.
	 */
	long length() {
		return this.length;
	}

	boolean isEmpty() {
		return this.bytes == null && this.streamed == null;
	}

	/**
	 * Return the whole body, or {@code null} if it is empty or read piece by piece.
	 */
	byte @Nullable [] bytes() {
		return this.bytes;
	}

	@Override
	public Mono<Void> insert(ReactiveHttpOutputMessage message, Context context) {
		if (isEmpty()) {
			return message.setComplete();
		}
		byte[] whole = this.bytes;
		return (whole != null) ? message.writeWith(Mono.just(message.bufferFactory().wrap(whole)))
				: message.writeWith(pieces().limitRate(1));
	}

	/**
	 * Return the pieces of a body that is read piece by piece. The last piece is emitted
	 * only after the length is verified, so that a server does not store an incomplete
	 * file.
	 */
	Flux<DataBuffer> pieces() {
		KintoRequest request = this.streamed;
		if (request == null || request.body() == null) {
			return Flux.empty();
		}
		Resource body = request.body();
		return Flux
			.<DataBuffer, Reading>generate(() -> new Reading(request, body, this.length), Reading::next, Reading::close)
			.subscribeOn(OwnThreads.UPLOADS);
	}

	private static KintoTransportException unreadable(KintoRequest request, Resource body, Throwable ex) {
		String problem = (ex instanceof IOException) ? ": " + ex.getMessage() : "";
		return new KintoTransportException(request + ": " + body.getDescription() + " could not be read" + problem, ex);
	}

	/**
	 * Reads a resource, one piece ahead.
	 */
	private static final class Reading {

		private final KintoRequest request;

		private final Resource body;

		private final long length;

		private @Nullable InputStream stream;

		private byte[] ahead = new byte[0];

		private long read;

		Reading(KintoRequest request, Resource body, long length) {
			this.request = request;
			this.body = body;
			this.length = length;
		}

		Reading next(SynchronousSink<DataBuffer> sink) {
			try {
				if (this.stream == null) {
					this.stream = this.body.getInputStream();
					this.ahead = read(this.stream);
				}
				byte[] piece = this.ahead;
				this.ahead = (piece.length > 0) ? read(this.stream) : piece;
				if (this.length >= 0
						&& (this.read > this.length || (this.ahead.length == 0 && this.read < this.length))) {
					sink.error(new KintoTransportException(this.request + ": " + this.body.getDescription()
							+ " must have " + this.length + " bytes, but has "
							+ ((this.read > this.length) ? "more" : "only " + this.read) + ": nothing was stored",
							null));
				}
				else if (piece.length > 0) {
					sink.next(DefaultDataBufferFactory.sharedInstance.wrap(piece));
				}
				else {
					sink.complete();
				}
			}
			catch (Throwable ex) {
				sink.error(unreadable(this.request, this.body, ex));
			}
			return this;
		}

		private byte[] read(InputStream in) throws IOException {
			byte[] piece = in.readNBytes(PIECE);
			this.read += piece.length;
			return piece;
		}

		void close() {
			try {
				if (this.stream != null) {
					this.stream.close();
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
