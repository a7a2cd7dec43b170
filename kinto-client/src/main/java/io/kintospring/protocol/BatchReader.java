package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.kintospring.json.KintoJson;
import io.kintospring.protocol.BatchResult.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Reads the responses in the response to a batch, each with its call.
 */
final class BatchReader {

	private final KintoJson json;

	private final List<KintoCall<?>> calls;

	private final byte[] bytes;

	private final KintoResponse whole;

	private final List<Outcome<?>> outcomes = new ArrayList<>();

	private final List<KintoResponse> signalling = new ArrayList<>();

	private boolean contradicted;

	BatchReader(KintoJson json, List<KintoCall<?>> calls, KintoResponse response) {
		this.json = json;
		this.calls = calls;
		this.bytes = response.body();
		this.whole = response;
	}

	BatchMembers read() {
		int responses = 0;
		try (JsonParser parser = this.json.mapper().createParser(this.bytes)) {
			EnvelopeParser.expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				JsonToken token = parser.nextToken();
				if (!name.equals("responses")) {
					parser.skipChildren();
					continue;
				}
				EnvelopeParser.expect(parser, token, JsonToken.START_ARRAY);
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					readResponse(parser, responses++);
				}
			}
		}
		if (responses != this.calls.size()) {
			throw new UnreadableException("it has " + responses + " responses to " + this.calls.size() + " requests");
		}
		return new BatchMembers(this.outcomes, this.signalling, this.contradicted, isUnauthorized(),
				this.whole.uncertain());
	}

	private boolean isUnauthorized() {
		return !this.outcomes.isEmpty()
				&& this.outcomes.stream().allMatch((outcome) -> outcome.status() == HttpStatus.UNAUTHORIZED.value());
	}

	private void readResponse(JsonParser parser, int index) {
		JsonToken token = parser.currentToken();
		if (index < this.calls.size() && token == JsonToken.START_OBJECT) {
			this.outcomes.add(readResponse(parser, this.calls.get(index)));
			return;
		}
		if (token == null) {
			throw new UnreadableException(EnvelopeParser.unexpected(null, JsonToken.START_OBJECT));
		}
		parser.skipChildren();
		if (index < this.calls.size()) {
			KintoResponse none = new KintoResponse(0, HttpHeaders.EMPTY, List.of());
			this.outcomes
				.add(unreadable(this.calls.get(index), none, EnvelopeParser.unexpected(token, JsonToken.START_OBJECT)));
		}
	}

	/**
	 * Kinto writes the body last, so the body of a success is bound in place.
	 */
	private Outcome<?> readResponse(JsonParser parser, KintoCall<?> call) {
		int status = 0;
		Supplier<HttpHeaders> headers = HttpHeaders::new;
		boolean headersRead = false;
		boolean quiet = true;
		String statusProblem = "'status' is missing";
		String headersProblem = null;
		ResponseBody body = BodyBytes.NONE;
		Outcome<?> outcome = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case "status" -> {
					statusProblem = statusProblem(parser, token);
					status = (statusProblem != null) ? 0 : parser.getIntValue();
					parser.skipChildren();
				}
				case "headers" -> {
					if (token == JsonToken.START_OBJECT) {
						int start = start(parser);
						quiet = !skipHeaders(parser);
						headers = headers(start, start(parser) + 1);
						headersRead = true;
					}
					else {
						headersProblem = "'headers': " + EnvelopeParser.unexpected(token, JsonToken.START_OBJECT);
						parser.skipChildren();
					}
				}
				case "body" -> {
					if (token == JsonToken.START_OBJECT && Errors.isSuccess(status) && headersRead) {
						BodyInPlace inPlace = new BodyInPlace(this.json.mapper(), parser, this.bytes, start(parser));
						outcome = read(call, this.whole.part(status, headers, quiet, inPlace));
						inPlace.end();
					}
					else {
						body = readBody(parser, token);
					}
				}
				default -> parser.skipChildren();
			}
		}
		if (outcome != null && statusProblem == null && headersProblem == null) {
			return outcome;
		}
		KintoResponse response = this.whole.part(status, headers, quiet, body);
		String problem = (statusProblem != null) ? statusProblem : headersProblem;
		return (problem != null) ? unreadable(call, response, problem) : read(call, response);
	}

	private static @Nullable String statusProblem(JsonParser parser, JsonToken token) {
		if (token != JsonToken.VALUE_NUMBER_INT) {
			return "'status': " + EnvelopeParser.unexpected(token, JsonToken.VALUE_NUMBER_INT);
		}
		return (parser.getNumberType() == JsonParser.NumberType.INT) ? null : "'status' is out of range";
	}

	private static Outcome<?> unreadable(KintoCall<?> call, KintoResponse response, String problem) {
		return Outcome.unreadable(call, response,
				Errors.unreadable(call.request(), response, "a response of a batch", new UnreadableException(problem)));
	}

	private Outcome<?> read(KintoCall<?> call, KintoResponse response) {
		if (!response.isQuiet()) {
			this.signalling.add(response);
		}
		Outcome<?> outcome = Outcome.read(call, response);
		this.contradicted |= outcome.error() != null && call.isContradicted(response);
		return outcome;
	}

	/**
	 * Skip headers, because most calls do not need them.
	 * @return whether one of them is a signal
	 */
	private static boolean skipHeaders(JsonParser parser) {
		boolean signals = false;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			parser.skipChildren();
			signals |= SignalReader.isSignal(name);
		}
		return signals;
	}

	/**
	 * Read headers when they are needed. Only their bytes are kept until then.
	 */
	private Supplier<HttpHeaders> headers(int start, int end) {
		JsonMapper mapper = this.json.mapper();
		byte[] json = Arrays.copyOfRange(this.bytes, start, end);
		return () -> readHeaders(mapper, json);
	}

	private static HttpHeaders readHeaders(JsonMapper mapper, byte[] json) {
		HttpHeaders headers = new HttpHeaders();
		try (JsonParser parser = mapper.createParser(json)) {
			parser.nextToken();
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				if (parser.nextToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
					headers.add(name, parser.getString());
				}
				parser.skipChildren();
			}
		}
		return headers;
	}

	/**
	 * A body that is not an object counts as none, such as the empty text of a
	 * {@code HEAD} response.
	 */
	private ResponseBody readBody(JsonParser parser, JsonToken token) {
		if (token != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return BodyBytes.NONE;
		}
		return BodyBytes.object(this.bytes, start(parser), parser);
	}

	private static int start(JsonParser parser) {
		return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
	}

}
