package io.kintospring.embedded.storage;

import java.util.stream.Collectors;

import io.kintospring.embedded.json.Doubles;
import io.kintospring.embedded.json.KintoJson;
import io.kintospring.embedded.json.StoredNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values of PostgreSQL's type {@code jsonb}.
 */
final class Jsonb {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	/**
	 * Magnitude from which Kinto writes doubles with an exponent, and PostgreSQL keeps
	 * them as integers.
	 */
	private static final double INTEGRAL = 1e16;

	private Jsonb() {
	}

	/**
	 * Convert a value.
	 * @param value the value
	 * @return a copy of the value as PostgreSQL keeps it
	 * @throws BackendException if PostgreSQL rejects the value
	 */
	static JsonNode of(JsonNode value) {
		return switch (value.getNodeType()) {
			case OBJECT -> {
				ObjectNode object = NODES.objectNode();
				StoredNames.of(value).forEach((name) -> object.set(withoutNull(name), of(value.path(name))));
				yield object;
			}
			case ARRAY -> {
				ArrayNode array = NODES.arrayNode();
				value.forEach((element) -> array.add(of(element)));
				yield array;
			}
			case STRING -> {
				withoutNull(value.asString());
				yield value;
			}
			case NUMBER -> value.isDouble() ? number(value.asDouble()) : value;
			default -> value;
		};
	}

	/**
	 * Convert a value to text, like the operator {@code ->>}.
	 * @param value the value
	 * @return the text, or {@code null} if there is no value, or it is null
	 */
	static @Nullable String text(JsonNode value) {
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		return value.isString() ? value.asString() : json(value);
	}

	/**
	 * Return whether a value contains another one, like the operator {@code @>}.
	 * @param value the value
	 * @param part the value to find
	 * @return whether arrays contain all elements, and objects all fields
	 */
	static boolean contains(JsonNode value, JsonNode part) {
		if (value.isArray() && part.isArray()) {
			return part.valueStream()
				.allMatch((wanted) -> value.valueStream().anyMatch((element) -> contains(element, wanted)));
		}
		if (value.isObject() && part.isObject()) {
			return part.propertyStream().allMatch((wanted) -> contains(value.path(wanted.getKey()), wanted.getValue()));
		}
		return JsonOrder.INSTANCE.equal(value, part);
	}

	private static JsonNode number(double value) {
		if (Double.isInfinite(value)) {
			throw BackendException.rejected("An infinite number is not JSON");
		}
		if (Math.abs(value) >= INTEGRAL) {
			return KintoJson.number(Doubles.decimal(value).toBigIntegerExact());
		}
		return NODES.numberNode((value == 0) ? 0.0 : value);
	}

	private static String withoutNull(String text) {
		if (text.indexOf('\0') >= 0) {
			throw BackendException.rejected("The character U+0000 is not supported");
		}
		return text;
	}

	private static String json(JsonNode value) {
		return switch (value.getNodeType()) {
			case OBJECT -> StoredNames.of(value)
				.stream()
				.map((name) -> quoted(name) + ": " + json(value.path(name)))
				.collect(Collectors.joining(", ", "{", "}"));
			case ARRAY -> value.valueStream().map(Jsonb::json).collect(Collectors.joining(", ", "[", "]"));
			case STRING -> quoted(value.asString());
			case NUMBER -> value.isDouble() ? plain(value.asDouble()) : value.toString();
			default -> value.toString();
		};
	}

	private static String plain(double value) {
		String text = Doubles.text(value);
		return text.contains("e") ? Doubles.decimal(value).toPlainString() : text;
	}

	private static String quoted(String text) {
		return NODES.stringNode(text).toString();
	}

}
