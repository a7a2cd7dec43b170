package io.kintospring.protocol;

import java.util.function.Function;

import io.kintospring.json.JsonCodec;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Body of a response within another response that is being read. The first reader gets
 * the parser of that response, and further readers a parser of their own.
 */
final class BodyInPlace implements ResponseBody {

	private final JsonMapper mapper;

	private final JsonParser parser;

	private final TokenStreamContext outer;

	private final byte[] all;

	private final int offset;

	private boolean taken;

	BodyInPlace(JsonMapper mapper, JsonParser parser, byte[] all, int offset) {
		this.mapper = mapper;
		this.parser = parser;
		this.outer = parser.streamReadContext().getParent();
		this.all = all;
		this.offset = offset;
	}

	@Override
	public <R> R read(JsonCodec json, Function<JsonParser, R> reader) {
		if (this.taken) {
			return apart().read(json, reader);
		}
		this.taken = true;
		return reader.apply(this.parser);
	}

	@Override
	public JsonParser parser(JsonCodec json) {
		return apart().parser(json);
	}

	@Override
	public byte[] bytes() {
		return apart().bytes();
	}

	/**
	 * Move the parser to the end of the body. If a reader failed within the body, check
	 * with another parser that the rest is JSON.
	 */
	void end() {
		if (!this.taken) {
			this.parser.skipChildren();
		}
		else if (this.parser.streamReadContext() != this.outer) {
			apart();
			skip();
		}
	}

	/**
	 * Databind clears the current token, so it does not show where the parser is.
	 */
	private void skip() {
		JsonToken token = JsonToken.NOT_AVAILABLE;
		while (token != null && this.parser.streamReadContext() != this.outer) {
			token = this.parser.nextToken();
		}
	}

	private ResponseBody apart() {
		try (JsonParser again = this.mapper.createParser(this.all, this.offset, this.all.length - this.offset)) {
			again.nextToken();
			return BodyBytes.object(this.all, this.offset, again);
		}
	}

}
