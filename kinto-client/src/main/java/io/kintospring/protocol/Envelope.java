package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTombstone;
import io.kintospring.json.DataMapping;
import io.kintospring.json.DataMapping.ReadData;
import io.kintospring.json.JsonCodec;
import io.kintospring.json.KintoJson;
import io.kintospring.json.ServerFields;
import io.kintospring.json.WrittenData;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * Reads and writes the bodies of requests and responses, which contain data and
 * permissions.
 *
 * @param <T> the type of the data
 */
final class Envelope<T> {

	private static final String PERMISSIONS = "permissions";

	private static final String DETAILS = "details";

	private static final String EXISTING = "existing";

	/** Fields that the server adds, such as the version of the schema of a record. */
	private static final List<String> OF_SERVER = List.of(ServerFields.ID, ServerFields.LAST_MODIFIED, "schema");

	/** Most objects have no more permissions, and permissions no more principals. */
	private static final int USUAL_SIZE = 4;

	/** A server may write 1 as 1.0. */
	private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (one, other) -> (one.isNumber() && other.isNumber())
			? one.decimalValue().compareTo(other.decimalValue()) : one.equals(other) ? 0 : 1;

	private final KintoJson patchValues;

	private final JsonCodec json;

	private final DataMapping<T> mapping;

	/**
	 * Create an envelope.
	 * @param patchValues writes the values of patches
	 * @param mapping reads and writes the data
	 */
	Envelope(KintoJson patchValues, DataMapping<T> mapping) {
		this.patchValues = patchValues;
		this.json = mapping.json();
		this.mapping = mapping;
	}

	String typeName() {
		return this.mapping.typeName();
	}

	EncodedBody write(Object data, @Nullable KintoPermissions permissions) {
		return write(data, null, permissions);
	}

	/**
	 * Write data with an id, which only a {@code POST} needs.
	 */
	EncodedBody write(@Nullable Object data, @Nullable String id, @Nullable KintoPermissions permissions) {
		return write(this.json::bytes, data, id, permissions);
	}

	/**
	 * Write the changes of a patch.
	 */
	EncodedBody writeChanges(@Nullable Object changes, @Nullable KintoPermissions permissions) {
		return write(this.json::changes, changes, null, permissions);
	}

	private EncodedBody write(Function<Consumer<JsonGenerator>, byte[]> writer, @Nullable Object data,
			@Nullable String id, @Nullable KintoPermissions permissions) {
		if (data == null) {
			throw new IllegalArgumentException("The data is null: pass an object, or an empty map");
		}
		if (data instanceof KintoObject) {
			throw new IllegalArgumentException(
					"The data is a KintoObject, which contains id, version and permissions: pass its data()");
		}
		AtomicReference<WrittenData> written = new AtomicReference<>();
		byte[] json = writer.apply((generator) -> {
			generator.writeStartObject();
			generator.writeName(EnvelopeParser.DATA);
			written.set(this.mapping.write(generator, data, id));
			if (permissions != null) {
				generator.writeName(PERMISSIONS);
				write(generator, permissions);
			}
			generator.writeEndObject();
		});
		return new EncodedBody(json, written.get().id(), written.get().lastModified());
	}

	/**
	 * Write data without its envelope.
	 */
	String dataText(T data) {
		return text(this.json.bytes((generator) -> this.mapping.write(generator, data, null)));
	}

	/**
	 * Write permissions without their envelope.
	 */
	static String text(KintoPermissions permissions) {
		return text(KintoJson.own().bytes((generator) -> write(generator, permissions)));
	}

	private static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8);
	}

	/**
	 * Write permissions without data, so the data does not change.
	 */
	static Resource write(KintoPermissions permissions) {
		return own((generator) -> {
			generator.writeStartObject();
			generator.writeName(PERMISSIONS);
			write(generator, permissions);
			generator.writeEndObject();
		});
	}

	/**
	 * Write a patch. Only its values are written by the application's mapper.
	 */
	Resource write(KintoPatch patch) {
		return own((generator) -> {
			generator.writeStartArray();
			patch.operations().forEach((operation) -> write(generator, operation));
			generator.writeEndArray();
		});
	}

	private void write(JsonGenerator generator, Map<String, ? extends @Nullable Object> operation) {
		generator.writeStartObject();
		operation.forEach((name, value) -> {
			generator.writeName(name);
			if (name.equals(KintoPatch.VALUE)) {
				generator.writeRawValue(this.patchValues.text(value));
			}
			else {
				generator.writeString((String) value);
			}
		});
		generator.writeEndObject();
	}

	private static Resource own(Consumer<JsonGenerator> content) {
		return new ByteArrayResource(KintoJson.own().bytes(content));
	}

	private static void write(JsonGenerator generator, KintoPermissions permissions) {
		generator.writeStartObject();
		for (Map.Entry<String, Set<String>> entry : permissions.asMap().entrySet()) {
			generator.writeName(entry.getKey());
			generator.writeStartArray();
			entry.getValue().forEach(generator::writeString);
			generator.writeEndArray();
		}
		generator.writeEndObject();
	}

	KintoObject<T> readObject(KintoResponse response) {
		return response.read(this.json, (parser) -> {
			try {
				return readObject(parser);
			}
			catch (RuntimeException ex) {
				throw UnreadableException.of(ex, response, UnreadableException.SINGLE);
			}
		});
	}

	private KintoObject<T> readObject(JsonParser parser) {
		ReadData<T> data = null;
		KintoPermissions permissions = KintoPermissions.none();
		EnvelopeParser.expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken token = parser.nextToken();
			switch (name) {
				case EnvelopeParser.DATA ->
					data = this.mapping.read(EnvelopeParser.expect(parser, token, JsonToken.START_OBJECT));
				case PERMISSIONS ->
					permissions = readPermissions(EnvelopeParser.expect(parser, token, JsonToken.START_OBJECT));
				default -> parser.skipChildren();
			}
		}
		return EnvelopeParser.object(data, permissions);
	}

	/**
	 * Read all objects of a list.
	 * @param tombstones accepts the tombstones, or {@code null} if the list has none
	 */
	List<KintoObject<T>> readList(KintoResponse response, @Nullable Consumer<KintoTombstone> tombstones) {
		return response.read(this.json, (parser) -> {
			List<KintoObject<T>> objects = new ArrayList<>();
			ListReader<T> reader = new ListReader<>(this.mapping, response, parser, tombstones);
			for (KintoObject<T> object = reader.next(); object != null; object = reader.next()) {
				objects.add(object);
			}
			return objects;
		});
	}

	/**
	 * Read the objects of a list one by one.
	 * @param tombstones accepts the tombstones, or {@code null} if the list has none
	 * @return a supplier of the next object, or {@code null} at the end
	 */
	Supplier<@Nullable KintoObject<T>> objects(KintoResponse response, @Nullable Consumer<KintoTombstone> tombstones) {
		JsonParser parser = response.parser(this.json);
		ListReader<T> reader = new ListReader<>(this.mapping, response, parser, tombstones);
		return () -> {
			KintoObject<T> object = reader.next();
			if (object == null) {
				parser.close();
			}
			return object;
		};
	}

	/**
	 * Read the existing object from the response to a conflict.
	 */
	@Nullable KintoObject<T> readExisting(byte[] body) {
		try (JsonParser parser = this.json.mapper().createParser(body)) {
			boolean found = parser.nextToken() == JsonToken.START_OBJECT && findObject(parser, DETAILS)
					&& findObject(parser, EXISTING);
			return found ? EnvelopeParser.object(this.mapping.read(parser), KintoPermissions.none()) : null;
		}
		catch (RuntimeException ex) {
			throw UnreadableException.of(ex);
		}
	}

	private static boolean findObject(JsonParser parser, String wanted) {
		return KintoJson.find(parser, wanted) && parser.currentToken() == JsonToken.START_OBJECT;
	}

	/**
	 * Return whether the existing object in a conflict has the data that was sent. Its
	 * JSON is compared, because it can have fields that the type of the data lacks.
	 */
	static boolean isSame(EncodedBody sent, KintoResponse conflict) {
		JsonNode data = KintoJson.tree(sent.bytes()).path(EnvelopeParser.DATA);
		try {
			JsonNode existing = KintoJson.tree(conflict.body()).path(DETAILS).path(EXISTING);
			if (existing instanceof ObjectNode object) {
				OF_SERVER.stream().filter((field) -> !data.has(field)).forEach(object::remove);
			}
			return data.equals(NUMBERS_BY_VALUE, existing);
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	KintoTombstone readTombstone(KintoResponse response) {
		return EnvelopeParser
			.tombstone(response.read(KintoJson.own(), EnvelopeParser::readTree).path(EnvelopeParser.DATA));
	}

	List<KintoTombstone> readTombstones(KintoResponse response) {
		List<KintoTombstone> tombstones = new ArrayList<>();
		for (JsonNode tombstone : response.read(KintoJson.own(), EnvelopeParser::readTree)
			.required(EnvelopeParser.DATA)
			.asArray()) {
			tombstones.add(EnvelopeParser.tombstone(tombstone));
		}
		return tombstones;
	}

	private static KintoPermissions readPermissions(JsonParser parser) {
		Map<String, List<String>> permissions = new LinkedHashMap<>(USUAL_SIZE);
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			EnvelopeParser.expect(parser, parser.nextToken(), JsonToken.START_ARRAY);
			List<String> principals = new ArrayList<>(USUAL_SIZE);
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				principals
					.add(EnvelopeParser.expect(parser, parser.currentToken(), JsonToken.VALUE_STRING).getString());
			}
			permissions.put(name, principals);
		}
		return KintoPermissions.of(permissions);
	}

	/**
	 * Body to send.
	 *
	 * @param bytes the JSON
	 * @param id the id in the data, which the body does not contain
	 * @param lastModified the version in the data, which the body does not contain
	 */
	record EncodedBody(byte[] bytes, @Nullable String id, @Nullable Long lastModified) {

		Resource json() {
			return new ByteArrayResource(this.bytes);
		}

	}

}
