package io.kintospring.protocol;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

import io.kintospring.json.JsonCodec;
import tools.jackson.core.JsonParser;

/**
 * Body in memory, in pieces, because large arrays burden the garbage collector.
 */
record BodyPieces(List<byte[]> pieces) implements ResponseBody {

	static ResponseBody of(List<byte[]> pieces) {
		return switch (pieces.size()) {
			case 0 -> BodyBytes.NONE;
			case 1 -> BodyBytes.of(pieces.get(0));
			default -> new BodyPieces(List.copyOf(pieces));
		};
	}

	@Override
	public byte[] bytes() {
		ByteBuffer all = ByteBuffer
			.allocate(this.pieces.stream().mapToInt((piece) -> piece.length).reduce(0, Math::addExact));
		this.pieces.forEach(all::put);
		return all.array();
	}

	@Override
	public JsonParser parser(JsonCodec json) {
		JsonParser parser = json.mapper().createParser(stream());
		parser.nextToken();
		return parser;
	}

	private InputStream stream() {
		return new SequenceInputStream(
				Collections.enumeration(this.pieces.stream().map(ByteArrayInputStream::new).toList()));
	}

}
