package io.kintospring.embedded.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Violation of a schema.
 *
 * @param name the name of the violation in an error response, which can be any JSON value
 * @param description the description
 */
public record SchemaViolation(JsonNode name, String description) {

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	/**
	 * Describe an error. As in Kinto, the name is that of the invalid field, or the index
	 * of the invalid element. An error of the whole object has the last part of the
	 * keyword's value as its name, or the keyword.
	 */
	static SchemaViolation of(Error error) {
		return new SchemaViolation(name(error), String.valueOf(error.getMessage()));
	}

	private static JsonNode name(Error error) {
		NodePath location = error.getInstanceLocation();
		if (location.getNameCount() > 0) {
			return (location.getElement(-1) instanceof Integer index) ? JSON.numberNode(index)
					: JSON.stringNode(location.getName(-1));
		}
		JsonNode value = error.getSchemaNode();
		if (value.isArray() && !value.isEmpty()) {
			return JsonValues.withDoubles(value.get(value.size() - 1));
		}
		if (value.isString() && !value.asString().isEmpty()) {
			String text = value.asString();
			return JSON.stringNode(text.substring(text.offsetByCodePoints(text.length(), -1)));
		}
		return JSON.stringNode(error.getKeyword());
	}

}
