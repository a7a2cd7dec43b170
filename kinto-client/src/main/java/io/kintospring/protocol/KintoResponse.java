package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoException;
import io.kintospring.KintoSignal;
import io.kintospring.json.JsonCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import org.springframework.http.HttpHeaders;

/**
 * HTTP response of a Kinto server, with its {@code Backoff}, {@code Retry-After} and
 * {@code Alert} headers as {@linkplain #signals(Instant) signals}. Immutable.
 */
public final class KintoResponse {

	private final int status;

	private final Supplier<HttpHeaders> headers;

	private final boolean quiet;

	private final ResponseBody body;

	/** Whether the request was sent before. */
	private final boolean repeated;

	/** Error of an earlier attempt that may have been applied. */
	private final @Nullable KintoException uncertain;

	/**
	 * Create a response.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param body the body, empty for none
	 */
	public KintoResponse(int status, HttpHeaders headers, byte[] body) {
		this(status, headers, List.of(body));
	}

	/**
	 * Create a response with a body in pieces. They are not joined, because large arrays
	 * burden the garbage collector.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param body the pieces of the body, in order
	 */
	public KintoResponse(int status, HttpHeaders headers, List<byte[]> body) {
		this(status, () -> headers, false, BodyPieces.of(body), false, null);
	}

	/**
	 * Create a response whose headers are read on demand.
	 * @param quiet whether no header is a signal
	 * @param repeated whether the request was sent before
	 * @param uncertain the error of an earlier attempt that may have been applied
	 */
	KintoResponse(int status, Supplier<HttpHeaders> headers, boolean quiet, ResponseBody body, boolean repeated,
			@Nullable KintoException uncertain) {
		this.status = status;
		this.headers = headers;
		this.quiet = quiet;
		this.body = body;
		this.repeated = repeated;
		this.uncertain = uncertain;
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return the headers.
	 * @return the headers
	 */
	public HttpHeaders headers() {
		return this.headers.get();
	}

	/**
	 * Return the body as one array. Each invocation joins the pieces.
	 * @return the body, empty for none
	 */
	public byte[] body() {
		return this.body.bytes();
	}

	/**
	 * Return a parser that is positioned at the first token of the body. Closing it is
	 * optional and releases its buffers.
	 * @param json creates the parser
	 */
	JsonParser parser(JsonCodec json) {
		return this.body.parser(json);
	}

	/**
	 * Read the body without copying it.
	 * @param json creates the parser
	 * @param reader gets a parser that is positioned at the first token
	 */
	<R> R read(JsonCodec json, Function<JsonParser, R> reader) {
		return this.body.read(json, reader);
	}

	KintoResponse withoutBody() {
		return new KintoResponse(this.status, this.headers, this.quiet, BodyBytes.NONE, this.repeated, this.uncertain);
	}

	/**
	 * Return a copy of this response to a request that was sent before. A conflict may be
	 * one with the earlier attempt.
	 * @param uncertain the error of the earlier attempt if that may have been applied, so
	 * that an error of the later one proves nothing; otherwise {@code null}
	 * @return the copy
	 */
	public KintoResponse repeated(@Nullable KintoException uncertain) {
		return new KintoResponse(this.status, this.headers, this.quiet, this.body, true,
				(uncertain != null) ? uncertain : this.uncertain);
	}

	/**
	 * Return a part of this response, which belongs to a request of the same attempt.
	 */
	KintoResponse part(int status, Supplier<HttpHeaders> headers, boolean quiet, ResponseBody body) {
		return new KintoResponse(status, headers, quiet, body, this.repeated, this.uncertain);
	}

	boolean isRepeated() {
		return this.repeated;
	}

	/**
	 * Return the error of an earlier attempt that may have been applied.
	 */
	@Nullable KintoException uncertain() {
		return this.uncertain;
	}

	/**
	 * Return how long to wait before the request should be sent again, if the server
	 * rejected it without processing it: {@code Retry-After} with the status 409, 429 or
	 * 503.
	 * @param now the time of the response
	 * @return the duration, or {@code null} for any other response
	 */
	public @Nullable Duration retryAfter(Instant now) {
		return switch (this.status) {
			case 409, 429, 503 -> SignalReader.retryAfter(headers(), now);
			default -> null;
		};
	}

	/**
	 * Return whether a gateway did not get the response of the server.
	 * @return {@code true} for the status 502, 503 or 504
	 */
	public boolean isOfGateway() {
		return this.status >= 502 && this.status <= 504;
	}

	boolean isQuiet() {
		return this.quiet;
	}

	/**
	 * Return the signals in the {@code Backoff}, {@code Retry-After} and {@code Alert}
	 * headers. Unreadable headers are ignored.
	 * @param now the time of the response
	 * @return the signals, empty if there are none
	 */
	public List<KintoSignal> signals(Instant now) {
		return signals(now, (header, value) -> {
		});
	}

	/**
	 * Return the signals in the {@code Backoff}, {@code Retry-After} and {@code Alert}
	 * headers.
	 * @param now the time of the response
	 * @param unreadable gets the name and value of each unreadable header
	 * @return the signals, empty if there are none
	 */
	public List<KintoSignal> signals(Instant now, BiConsumer<String, String> unreadable) {
		return this.quiet ? List.of() : SignalReader.read(headers(), now, unreadable);
	}

	/**
	 * Return the status. Headers and body may be confidential.
	 */
	@Override
	public String toString() {
		return "KintoResponse[" + this.status + "]";
	}

}
