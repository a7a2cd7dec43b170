package io.kintospring.embedded.request;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import io.kintospring.embedded.json.JsonEquality;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;

/**
 * Application of a JSON Patch (RFC 6902) to a document, with the rules of Kinto's
 * library. For example, {@code test} considers 1 and {@code true} equal.
 */
final class JsonPatch {

	private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

	private static final Pattern INVALID_ESCAPE = Pattern.compile("~(?![01])");

	private final ObjectNode document;

	private final long maxBytes;

	private long bytes;

	private JsonPatch(ObjectNode document, long maxBytes) {
		this.document = document;
		this.maxBytes = maxBytes;
		this.bytes = Json.size(document);
	}

	/**
	 * Apply operations to a document.
	 * @param operations the operations
	 * @param document the document, which does not change
	 * @param maxBytes the maximum size of the document
	 * @return the patched document
	 * @throws KintoError if an operation cannot be applied, or the document becomes too
	 * large
	 */
	static ObjectNode apply(ArrayNode operations, ObjectNode document, long maxBytes) {
		try {
			JsonPatch patch = new JsonPatch(document.deepCopy(), maxBytes);
			operations.forEach(patch::apply);
			Json.size(patch.document);
			return patch.document;
		}
		catch (JacksonException ex) {
			throw failed("It would nest the data too deeply");
		}
	}

	private void apply(JsonNode operation) {
		Target path = target(operation.path("path"));
		switch (operation.path("op").asString()) {
			case "test" -> test(path, value(operation));
			case "add" -> add(path, value(operation));
			case "remove" -> remove(path);
			case "replace" -> replace(path, value(operation));
			case "move" -> move(target(operation.path("from")), path);
			default -> copy(target(operation.path("from")), path);
		}
	}

	private void test(Target path, JsonNode value) {
		if (!JsonEquality.equalInPython(get(path), value)) {
			throw failed("A tested value is different");
		}
	}

	private void add(Target path, JsonNode value) {
		JsonNode parent = parent(path);
		if (parent instanceof ObjectNode object) {
			JsonNode previous = object.get(path.last());
			grow((previous != null) ? Json.size(value) - Json.size(previous) : Json.size(value) + path.last().length());
			object.set(path.last(), value);
		}
		else if (parent instanceof ArrayNode array) {
			int index = path.last().equals("-") ? array.size() : index(path.last(), array.size() + 1);
			grow(Json.size(value));
			array.insert(index, value);
		}
		else {
			throw failed("There is no object or array at the parent of a path");
		}
	}

	private void remove(Target path) {
		JsonNode parent = parent(path);
		JsonNode value = child(parent, path.last());
		if (parent instanceof ObjectNode object) {
			object.remove(path.last());
		}
		else if (parent instanceof ArrayNode array) {
			array.remove(index(path.last(), array.size()));
		}
		else {
			throw failed("A character of a text can't be removed");
		}
		this.bytes -= Json.size(value);
	}

	private void replace(Target path, JsonNode value) {
		JsonNode parent = parent(path);
		JsonNode previous = child(parent, path.last());
		if (path.last().equals("-")) {
			throw failed("The end of an array can't be replaced");
		}
		grow(Json.size(value) - Json.size(previous));
		if (parent instanceof ObjectNode object) {
			object.set(path.last(), value);
		}
		else if (parent instanceof ArrayNode array) {
			array.set(index(path.last(), array.size()), value);
		}
		else {
			throw failed("A character of a text can't be replaced");
		}
	}

	private void move(Target from, Target path) {
		JsonNode parent = parent(from);
		JsonNode value = child(parent, from.last());
		if (from.equals(path)) {
			return;
		}
		if (parent.isObject() && path.isBelow(from)) {
			throw failed("A value can't be moved into itself");
		}
		remove(from);
		add(path, value);
	}

	private void copy(Target from, Target path) {
		JsonNode value = get(from);
		requireSpace(Json.size(value));
		add(path, value.deepCopy());
	}

	private JsonNode get(Target target) {
		return child(parent(target), target.last());
	}

	private JsonNode parent(Target target) {
		JsonNode parent = this.document;
		for (String name : target.names().subList(0, target.names().size() - 1)) {
			parent = child(parent, name);
		}
		return parent;
	}

	/**
	 * Return a part of a value. In Python, a text is a sequence of characters.
	 */
	private static JsonNode child(JsonNode parent, String name) {
		if (parent.isString()) {
			int[] characters = parent.asString().codePoints().toArray();
			return JsonNodeFactory.instance.stringNode(Character.toString(characters[index(name, characters.length)]));
		}
		JsonNode child = parent.isArray() ? parent.get(index(name, parent.size())) : parent.get(name);
		if (child == null) {
			throw failed("There is nothing at a path");
		}
		return child;
	}

	private static int index(String name, int end) {
		if (!INDEX.matcher(name).matches() || Integer.parseInt(name) >= end) {
			throw failed("An array has no such index");
		}
		return Integer.parseInt(name);
	}

	private void grow(long added) {
		requireSpace(added);
		this.bytes += added;
	}

	private void requireSpace(long added) {
		if (this.bytes + added > this.maxBytes) {
			throw KintoError.of(HttpStatus.CONTENT_TOO_LARGE, Errno.REQUEST_TOO_LARGE,
					"The patched object may have at most " + this.maxBytes + " bytes");
		}
	}

	private static Target target(JsonNode path) {
		String text = path.asString("");
		if (!text.startsWith("/") || INVALID_ESCAPE.matcher(text).find()) {
			throw failed("A path is missing or invalid");
		}
		return new Target(Arrays.stream(text.substring(1).split("/", -1))
			.map((name) -> name.replace("~1", "/").replace("~0", "~"))
			.toList());
	}

	private static JsonNode value(JsonNode operation) {
		JsonNode value = operation.get("value");
		if (value == null) {
			throw failed("The operations test, add and replace require a value");
		}
		return value;
	}

	/**
	 * Create the error for a patch that cannot be applied.
	 * @param reason the reason
	 * @return the error
	 */
	static KintoError failed(String reason) {
		return KintoError.invalid(ErrorDetail.body((String) null, "The patch can't be applied: " + reason));
	}

	/**
	 * Place in the document.
	 *
	 * @param names the names of the fields and the indexes from the root to the place
	 */
	private record Target(List<String> names) {

		String last() {
			return this.names.get(this.names.size() - 1);
		}

		boolean isBelow(Target other) {
			return this.names.size() >= other.names.size()
					&& this.names.subList(0, other.names.size()).equals(other.names);
		}

	}

}
