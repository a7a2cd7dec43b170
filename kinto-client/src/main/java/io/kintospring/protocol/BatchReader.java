package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;

import io.kintospring.json.KintoJson;
import io.kintospring.protocol.KintoResponse.Body;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import org.springframework.http.HttpHeaders;

/**
 * Reads the answers out of that of a batch. Their bodies stay bytes, which the calls that
 * they belong to can read.
 */
final class BatchReader {

	private final KintoJson json;

	BatchReader(KintoJson json) {
		this.json = json;
	}

	List<KintoResponse> read(byte[] body) {
		List<KintoResponse> responses = new ArrayList<>();
		try (JsonParser parser = this.json.mapper().createParser(body)) {
			expect(parser.nextToken(), JsonToken.START_OBJECT);
			for (String name = parser.nextName(); name != null; name = parser.nextName()) {
				JsonToken token = parser.nextToken();
				if (!name.equals("responses")) {
					parser.skipChildren();
					continue;
				}
				expect(token, JsonToken.START_ARRAY);
				while (parser.nextToken() != JsonToken.END_ARRAY) {
					responses.add(readResponse(parser, body));
				}
			}
		}
		return responses;
	}

	private KintoResponse readResponse(JsonParser parser, byte[] bytes) {
		expect(parser.currentToken(), JsonToken.START_OBJECT);
		int status = 0;
		int headers = -1;
		boolean quiet = true;
		Body body = Body.NONE;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case "status" -> status = parser.getIntValue();
				case "headers" -> {
					expect(token, JsonToken.START_OBJECT);
					headers = start(parser);
					quiet = !skipHeaders(parser);
				}
				case "body" -> body = readBody(parser, token, bytes);
				default -> parser.skipChildren();
			}
		}
		int offset = headers;
		return new KintoResponse(status, () -> readHeaders(bytes, offset), quiet, body);
	}

	/**
	 * Most calls need none of the headers of their answers.
	 * @return whether one of them is a signal
	 */
	private static boolean skipHeaders(JsonParser parser) {
		boolean signals = false;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			expect(parser.nextToken(), JsonToken.VALUE_STRING);
			signals |= SignalReader.isSignal(name);
		}
		return signals;
	}

	private HttpHeaders readHeaders(byte[] bytes, int offset) {
		HttpHeaders headers = new HttpHeaders();
		if (offset >= 0) {
			try (JsonParser parser = this.json.mapper().createParser(bytes, offset, bytes.length - offset)) {
				parser.nextToken();
				for (String name = parser.nextName(); name != null; name = parser.nextName()) {
					parser.nextToken();
					headers.add(name, parser.getString());
				}
			}
		}
		return headers;
	}

	/**
	 * A body that is no object stands for none: that of a HEAD is an empty text.
	 */
	private static Body readBody(JsonParser parser, JsonToken token, byte[] bytes) {
		if (token != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return Body.NONE;
		}
		int start = start(parser);
		parser.skipChildren();
		return new Body(bytes, start, Math.toIntExact(parser.currentLocation().getByteOffset()) - start);
	}

	private static int start(JsonParser parser) {
		return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
	}

	private static void expect(JsonToken token, JsonToken expected) {
		if (token != expected) {
			throw new IllegalArgumentException("expected is " + expected + ", but there is " + token);
		}
	}

}
