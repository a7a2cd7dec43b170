package io.kintospring.embedded.resource;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.permission.Groups;
import io.kintospring.embedded.permission.Permissions;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoObject;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.FileStore;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.Storage;
import io.kintospring.embedded.storage.StoredFile;
import io.kintospring.embedded.storage.StoredList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON format for all data of a server: lists with their timestamps, objects, permissions
 * and tombstones, and the files of attachments.
 * <p>
 * Unlike {@link InitialData}, which is stored like requests, data in this format is
 * restored as it was, including versions and password hashes.
 */
public final class DataFormat {

	private static final String NAME = "kinto-embedded";

	private static final int VERSION = 1;

	/**
	 * More than requests can have, because the format nests their data.
	 */
	private static final int MAX_DEPTH = 10_000;

	private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(Integer.MAX_VALUE).build())
		.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
		.disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
		.build()).build();

	private final Storage storage;

	private final Permissions permissions;

	private final Groups groups;

	private final FileStore files;

	/**
	 * Create a format for the data of a server.
	 * @param storage the objects
	 * @param permissions the permissions on the objects
	 * @param groups the members of groups, which are derived from the objects
	 * @param files the files of attachments
	 */
	public DataFormat(Storage storage, Permissions permissions, Groups groups, FileStore files) {
		this.storage = storage;
		this.permissions = permissions;
		this.groups = groups;
		this.files = files;
	}

	/**
	 * Return the current data. Later changes do not affect it.
	 * @return the data, which shares objects with the storage and must not be changed
	 */
	public ObjectNode toJson() {
		ObjectNode json = Json.object();
		json.put("format", NAME);
		json.put("version", VERSION);
		json.put("timestamp", this.storage.lastTimestamp());
		ArrayNode lists = json.putArray("lists");
		this.storage.lists().forEach((list) -> lists.add(toJson(list)));
		ArrayNode attachments = json.putArray("attachments");
		this.files.forEach((location, file, owner) -> {
			ObjectNode attachment = attachments.addObject().put("location", location);
			if (owner != null) {
				attachment.put("record", owner.toString());
			}
			attachment.put("type", file.type()).put("content", file.content());
		});
		return json;
	}

	private ObjectNode toJson(StoredList list) {
		ObjectNode json = Json.object();
		if (list.uri().parent() != null) {
			json.put("parent", list.uri().parent().toString());
		}
		json.put("resource", list.uri().resourceName());
		json.put("timestamp", list.timestamp());
		ArrayNode objects = json.putArray("objects");
		list.objects()
			.forEach((data) -> objects
				.add(new KintoObject(data, this.permissions.of(list.uri().object(Fields.id(data)))).toBody()));
		json.putArray("tombstones").addAll(list.tombstones());
		return json;
	}

	/**
	 * Write data.
	 * @param data the data
	 * @param out the stream, which is not closed
	 */
	public static void write(ObjectNode data, OutputStream out) {
		MAPPER.writerWithDefaultPrettyPrinter().writeValue(out, data);
	}

	/**
	 * Add saved data to an empty server.
	 * @param bytes the data
	 * @throws IllegalArgumentException if the data is invalid. The message contains no
	 * values, because they can be secrets.
	 */
	public void restore(byte[] bytes) {
		JsonNode json = parse(bytes);
		require(json.path("format").asString("").equals(NAME), "it is not a data file of an embedded Kinto server");
		require(json.path("version").asInt(0) == VERSION, "its version is not " + VERSION);
		int number = 0;
		for (JsonNode list : json.path("lists")) {
			restoreList(list, "lists[%d]".formatted(number++));
		}
		number = 0;
		for (JsonNode attachment : json.path("attachments")) {
			restoreAttachment(attachment, "attachments[%d]".formatted(number++));
		}
		this.storage.continueAfter(integer(json, "timestamp", ""));
	}

	private static JsonNode parse(byte[] bytes) {
		try {
			return MAPPER.readTree(bytes);
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			throw new IllegalArgumentException((location != null)
					? "it is not JSON at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr())
					: "it is not JSON");
		}
	}

	private void restoreList(JsonNode json, String path) {
		ListUri uri = new ListUri(uri(json, "parent", path), text(json, "resource", path));
		List<ObjectNode> objects = new ArrayList<>();
		for (JsonNode object : json.path("objects")) {
			ObjectNode data = stored(object.path(Envelope.DATA), "%s.objects[%d]".formatted(path, objects.size()));
			objects.add(data);
			this.permissions.replace(uri.object(Fields.id(data)), permissions(object.path(Envelope.PERMISSIONS)));
			if (uri.resourceName().equals(GroupResource.NAME)) {
				this.groups.put(uri.object(Fields.id(data)), texts(data.path(GroupResource.MEMBERS)));
			}
		}
		List<ObjectNode> tombstones = new ArrayList<>();
		for (JsonNode tombstone : json.path("tombstones")) {
			tombstones.add(stored(tombstone, "%s.tombstones[%d]".formatted(path, tombstones.size())));
		}
		this.storage.restore(new StoredList(uri, integer(json, "timestamp", path), objects, tombstones));
	}

	private void restoreAttachment(JsonNode json, String path) {
		this.files.restore(text(json, "location", path), new StoredFile(text(json, "type", path), content(json, path)),
				uri(json, "record", path));
	}

	private static byte[] content(JsonNode json, String path) {
		try {
			return json.path("content").binaryValue();
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(path + ".content is not Base64");
		}
	}

	private static ObjectNode stored(JsonNode json, String path) {
		require(json.isObject(), path + " has no data");
		text(json, Fields.ID, path);
		integer(json, Fields.LAST_MODIFIED, path);
		return (ObjectNode) json;
	}

	private static Map<String, Set<String>> permissions(JsonNode json) {
		Map<String, Set<String>> permissions = new LinkedHashMap<>();
		json.forEachEntry((name, principals) -> permissions.put(name, new LinkedHashSet<>(texts(principals))));
		return permissions;
	}

	private static List<String> texts(JsonNode json) {
		return json.valueStream().map((value) -> value.asString("")).toList();
	}

	private static @Nullable ObjectUri uri(JsonNode json, String name, String path) {
		try {
			return json.has(name) ? ObjectUri.parse(text(json, name, path)) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(path + "." + name + " is not the URI of an object");
		}
	}

	private static String text(JsonNode json, String name, String path) {
		require(json.path(name).isString(), path + "." + name + " is not a string");
		return json.path(name).asString();
	}

	private static long integer(JsonNode json, String name, String path) {
		Long value = (json instanceof ObjectNode object) ? Fields.integer(object, name) : null;
		if (value == null) {
			throw new IllegalArgumentException(path + "." + name + " is not an integer");
		}
		return value;
	}

	private static void require(boolean valid, String message) {
		if (!valid) {
			throw new IllegalArgumentException(message);
		}
	}

}
