package io.kintospring.embedded.schema;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.kintospring.embedded.json.ExactNumbers;
import io.kintospring.embedded.json.StoredNames;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON values as Kinto's libraries and its database see them.
 */
final class JsonValues {

	private JsonValues() {
	}

	/**
	 * Copy a value with exact numbers.
	 * @param value the value
	 * @return the copy
	 */
	static JsonNode exact(JsonNode value) {
		return copy(value, JsonNode::propertyNames, ExactNumbers::of);
	}

	/**
	 * Copy a value with the doubles that it had before its numbers were exact.
	 * @param value the value
	 * @return the copy
	 */
	static JsonNode withDoubles(JsonNode value) {
		return copy(value, JsonNode::propertyNames,
				(number) -> number.isBigDecimal() ? DoubleNode.valueOf(number.asDouble()) : number);
	}

	/**
	 * Copy a value with exact numbers, and with the fields of each object in the order of
	 * PostgreSQL.
	 * @param value the value
	 * @return the copy
	 */
	static JsonNode exactAndOrdered(JsonNode value) {
		return copy(value, StoredNames::of, ExactNumbers::of);
	}

	private static JsonNode copy(JsonNode value, Function<JsonNode, Collection<String>> names,
			UnaryOperator<JsonNode> number) {
		if (value.isObject()) {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			names.apply(value).forEach((name) -> object.set(name, copy(value.path(name), names, number)));
			return object;
		}
		if (value.isArray()) {
			ArrayNode array = JsonNodeFactory.instance.arrayNode(value.size());
			value.forEach((item) -> array.add(copy(item, names, number)));
			return array;
		}
		return value.isNumber() ? number.apply(value) : value;
	}

}
