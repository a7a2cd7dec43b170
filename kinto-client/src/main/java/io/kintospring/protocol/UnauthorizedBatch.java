package io.kintospring.protocol;

import io.kintospring.json.KintoJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import org.springframework.http.HttpStatus;

/**
 * Recognizes the response to a batch whose credentials the server rejected. Kinto checks
 * those of each call in the batch.
 */
final class UnauthorizedBatch {

	private UnauthorizedBatch() {
	}

	/**
	 * Return whether every response to a call has status 401. Mostly, only the first one
	 * is read.
	 */
	static boolean matches(KintoResponse response) {
		try {
			return Errors.isSuccess(response.status()) && response.read(KintoJson.own(), UnauthorizedBatch::matches);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			// reading the whole response reports it
			return false;
		}
	}

	private static boolean matches(JsonParser parser) {
		EnvelopeParser.expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
		int unauthorized = 0;
		if (KintoJson.find(parser, "responses")) {
			EnvelopeParser.expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
			for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
				EnvelopeParser.expect(parser, token, JsonToken.START_OBJECT);
				if (!isUnauthorized(parser)) {
					return false;
				}
				unauthorized++;
			}
		}
		return unauthorized > 0;
	}

	private static boolean isUnauthorized(JsonParser parser) {
		boolean unauthorized = false;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			if (name.equals("status")) {
				EnvelopeParser.expect(parser, token, JsonToken.VALUE_NUMBER_INT);
				unauthorized = parser.getIntValue() == HttpStatus.UNAUTHORIZED.value();
				if (!unauthorized) {
					return false;
				}
			}
			parser.skipChildren();
		}
		return unauthorized;
	}

}
