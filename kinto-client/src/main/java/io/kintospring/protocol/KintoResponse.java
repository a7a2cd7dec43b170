package io.kintospring.protocol;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoSignal;
import io.kintospring.json.JsonCodec;
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
		this(status, () -> headers, false, BodyPieces.of(body));
	}

	/**
	 * Create a response whose headers are read on demand.
	 * @param quiet whether no header is a signal
	 */
	KintoResponse(int status, Supplier<HttpHeaders> headers, boolean quiet, ResponseBody body) {
		this.status = status;
		this.headers = headers;
		this.quiet = quiet;
		this.body = body;
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
		return new KintoResponse(this.status, this.headers, this.quiet, BodyBytes.NONE);
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
