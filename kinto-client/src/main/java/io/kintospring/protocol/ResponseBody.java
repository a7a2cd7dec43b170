package io.kintospring.protocol;

import java.util.function.Function;

import io.kintospring.json.JsonCodec;
import tools.jackson.core.JsonParser;

/**
 * Body of a response, possibly a part of a larger one.
 */
sealed interface ResponseBody permits BodyBytes, BodyPieces, BodyInPlace {

	byte[] bytes();

	JsonParser parser(JsonCodec json);

	default <R> R read(JsonCodec json, Function<JsonParser, R> reader) {
		try (JsonParser parser = parser(json)) {
			return reader.apply(parser);
		}
	}

}
