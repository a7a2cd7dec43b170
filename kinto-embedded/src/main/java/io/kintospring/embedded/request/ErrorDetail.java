package io.kintospring.embedded.request;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Error in one part of a request.
 *
 * @param location the part of the request, such as {@code body}
 * @param name the name of the field, header or parameter, or JSON's {@code null} if there
 * is none; the name of an error by a schema can be any value
 * @param description the description of the error
 */
public record ErrorDetail(String location, JsonNode name, String description) {

	public ErrorDetail(String location, @Nullable String name, String description) {
		this(location, (name != null) ? JsonNodeFactory.instance.stringNode(name) : JsonNodeFactory.instance.nullNode(),
				description);
	}

	public static ErrorDetail body(@Nullable String name, String description) {
		return new ErrorDetail("body", name, description);
	}

	public static ErrorDetail body(JsonNode name, String description) {
		return new ErrorDetail("body", name, description);
	}

	public static ErrorDetail header(String name, String description) {
		return new ErrorDetail("header", name, description);
	}

	public static ErrorDetail path(String description) {
		return new ErrorDetail("path", (String) null, description);
	}

	public static ErrorDetail query(@Nullable String name, String description) {
		return new ErrorDetail("querystring", name, description);
	}

	/**
	 * Return the name as text.
	 * @return the name, or an empty string if there is none
	 */
	String nameText() {
		return this.name.isValueNode() ? this.name.asString("") : this.name.toString();
	}

	String message() {
		return this.location + (nameText().isEmpty() ? "" : " " + nameText()) + ": " + this.description;
	}

}
