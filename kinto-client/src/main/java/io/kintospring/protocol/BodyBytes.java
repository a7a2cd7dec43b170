package io.kintospring.protocol;

import java.util.Arrays;

import io.kintospring.json.JsonCodec;
import tools.jackson.core.JsonParser;

/**
 * Body in memory, possibly a part of a larger array.
 */
record BodyBytes(byte[] all, int offset, int length) implements ResponseBody {

	static final ResponseBody NONE = of(new byte[0]);

	static ResponseBody of(byte[] bytes) {
		return new BodyBytes(bytes, 0, bytes.length);
	}

	/**
	 * Return the current object, and skip it.
	 * @param parser positioned at the start of the object
	 */
	static ResponseBody object(byte[] all, int offset, JsonParser parser) {
		long start = parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		return new BodyBytes(all, offset, Math.toIntExact(parser.currentLocation().getByteOffset() - start));
	}

	@Override
	public byte[] bytes() {
		return (this.length == this.all.length) ? this.all
				: Arrays.copyOfRange(this.all, this.offset, this.offset + this.length);
	}

	@Override
	public JsonParser parser(JsonCodec json) {
		JsonParser parser = json.mapper().createParser(this.all, this.offset, this.length);
		parser.nextToken();
		return parser;
	}

}
