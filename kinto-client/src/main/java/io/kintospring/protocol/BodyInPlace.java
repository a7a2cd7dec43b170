package io.kintospring.protocol;

import java.util.function.Function;

import io.kintospring.json.JsonCodec;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an answer within another one, which is just being read: whoever wants it
 * first takes it from the parser that stands at its start.
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
	 * Go on to the end of the body. Where a reader has given up before, the rest may be
	 * no JSON, which a parser that has failed would not tell.
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
	 * Databind leaves no current token, so that none says nothing of where the parser is.
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
