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
 * What a Kinto server answered.
 */
public final class KintoResponse {

	private final int status;

	private final Supplier<HttpHeaders> headers;

	private final boolean quiet;

	private final ResponseBody body;

	/**
	 * Create an answer.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param body the body, empty if there was none
	 */
	public KintoResponse(int status, HttpHeaders headers, byte[] body) {
		this(status, headers, List.of(body));
	}

	/**
	 * Create an answer with a body in pieces: a large one is read as it is, while one
	 * array of megabytes is a burden to the garbage collector.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param body the pieces of the body, one after the other
	 */
	public KintoResponse(int status, HttpHeaders headers, List<byte[]> body) {
		this(status, () -> headers, false, BodyPieces.of(body));
	}

	/**
	 * Create an answer whose headers are read only when they are wanted.
	 * @param quiet whether none of them is a signal
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
	 * Return the body, in one array: pieces are joined each time.
	 * @return the body, empty if there was none
	 */
	public byte[] body() {
		return this.body.bytes();
	}

	/**
	 * Return a parser that stands at the first token of the body. What is in memory needs
	 * not be closed, but who does gives back the buffers of the parser.
	 * @param json how JSON is bound
	 */
	JsonParser parser(JsonCodec json) {
		return this.body.parser(json);
	}

	/**
	 * Read the body where it is.
	 * @param json how JSON is bound
	 * @param reader takes a parser that stands at the first token
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
	 * Return what the server says beside the answer itself.
	 * @param now when the answer came
	 * @return the signals, empty if there are none
	 */
	public List<KintoSignal> signals(Instant now) {
		return signals(now, (header, value) -> {
		});
	}

	/**
	 * Return what the server says beside the response itself.
	 * @param now when the response came
	 * @param unreadable is called with the name and the value of each header that should
	 * be a signal and cannot be read
	 * @return the signals, empty if there are none
	 */
	public List<KintoSignal> signals(Instant now, BiConsumer<String, String> unreadable) {
		return this.quiet ? List.of() : SignalReader.read(headers(), now, unreadable);
	}

	/**
	 * Return what is safe to log: the status.
	 */
	@Override
	public String toString() {
		return "KintoResponse[" + this.status + "]";
	}

}
