package io.kintospring.protocol;

import java.util.function.Consumer;

import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTombstone;
import io.kintospring.json.DataMapping;
import io.kintospring.json.DataMapping.DataReader;
import io.kintospring.json.KintoJson;
import io.kintospring.json.ServerFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Reads a list object by object, without binding the objects that follow.
 *
 * @param <T> the type of the objects' data
 */
final class ListReader<T> {

	private static final int TOMBSTONE_FIELDS = 3;

	private final DataMapping<T> mapping;

	private final KintoResponse response;

	private final JsonParser parser;

	private final DataReader<T> reader;

	private final @Nullable Consumer<KintoTombstone> tombstones;

	private int index = -1;

	/**
	 * Create a reader.
	 * @param response the response, to name an unreadable object in it
	 * @param parser positioned at the start of the body
	 * @param tombstones accepts the tombstones, or {@code null} if the list has none
	 */
	ListReader(DataMapping<T> mapping, KintoResponse response, JsonParser parser,
			@Nullable Consumer<KintoTombstone> tombstones) {
		this.mapping = mapping;
		this.response = response;
		this.tombstones = tombstones;
		this.parser = parser;
		this.reader = mapping.reader(parser);
		goToData();
	}

	private void goToData() {
		EnvelopeParser.expect(this.parser, this.parser.currentToken(), JsonToken.START_OBJECT);
		if (!KintoJson.find(this.parser, EnvelopeParser.DATA)) {
			throw EnvelopeParser.noData();
		}
		EnvelopeParser.expect(this.parser, this.parser.currentToken(), JsonToken.START_ARRAY);
	}

	/**
	 * Return the next object, or {@code null} at the end. Do not call it again after the
	 * end.
	 */
	@Nullable KintoObject<T> next() {
		for (JsonToken token = this.parser.nextToken(); token != JsonToken.END_ARRAY; token = this.parser.nextToken()) {
			this.index++;
			KintoObject<T> object = read(token);
			if (object != null) {
				return object;
			}
		}
		end();
		return null;
	}

	private void end() {
		while (this.parser.nextName() != null) {
			this.parser.nextToken();
			this.parser.skipChildren();
		}
	}

	private @Nullable KintoObject<T> read(@Nullable JsonToken token) {
		try {
			EnvelopeParser.expect(this.parser, token, JsonToken.START_OBJECT);
			return (this.tombstones != null) ? readUnlessTombstone(this.tombstones)
					: EnvelopeParser.object(this.reader.read(), KintoPermissions.none());
		}
		catch (RuntimeException ex) {
			throw UnreadableException.of(ex, this.response, this.index);
		}
	}

	private @Nullable KintoObject<T> readUnlessTombstone(Consumer<KintoTombstone> tombstones) {
		TokenBuffer buffer = TokenBuffer.forBuffering(this.parser, this.parser.objectReadContext());
		buffer.copyCurrentStructure(this.parser);
		KintoTombstone tombstone = tombstone(buffer);
		if (tombstone != null) {
			tombstones.accept(tombstone);
			return null;
		}
		JsonParser buffered = buffer.asParser();
		buffered.nextToken();
		return EnvelopeParser.object(this.mapping.read(buffered), KintoPermissions.none());
	}

	/**
	 * The user's data may also have a field {@code deleted}.
	 */
	private static @Nullable KintoTombstone tombstone(TokenBuffer buffer) {
		JsonNode tree = KintoJson.tree(buffer.asParser());
		boolean deleted = tree.path(ServerFields.DELETED).asBoolean(false) && tree.size() == TOMBSTONE_FIELDS;
		return deleted ? EnvelopeParser.tombstone(tree) : null;
	}

}
