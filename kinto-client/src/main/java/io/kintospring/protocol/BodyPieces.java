package io.kintospring.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.kintospring.json.KintoJson;
import io.kintospring.protocol.KintoResponse.Body;
import tools.jackson.core.JsonParser;

/**
 * A body in memory that is too large for one array.
 */
record BodyPieces(List<byte[]> pieces) implements Body {

	static Body of(List<byte[]> pieces) {
		return switch (pieces.size()) {
			case 0 -> BodyBytes.NONE;
			case 1 -> BodyBytes.of(pieces.get(0));
			default -> new BodyPieces(pieces);
		};
	}

	@Override
	public byte[] bytes() {
		ByteArrayOutputStream all = new ByteArrayOutputStream(
				this.pieces.stream().mapToInt((piece) -> piece.length).sum());
		this.pieces.forEach(all::writeBytes);
		return all.toByteArray();
	}

	@Override
	public <R> R read(KintoJson json, Function<JsonParser, R> reader) {
		try (JsonParser parser = json.mapper().createParser(stream())) {
			parser.nextToken();
			return reader.apply(parser);
		}
	}

	private InputStream stream() {
		return new SequenceInputStream(
				Collections.enumeration(this.pieces.stream().map(ByteArrayInputStream::new).toList()));
	}

}
