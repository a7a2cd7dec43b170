package io.kintospring.embedded.resource;

import org.jspecify.annotations.Nullable;

/**
 * Error in one part of a request.
 *
 * @param location the part of the request, such as {@code body}
 * @param name the name of the field, header or parameter, or {@code null} if there is
 * none
 * @param description the description of the error
 */
record ErrorDetail(String location, @Nullable String name, String description) {

	static ErrorDetail body(@Nullable String name, String description) {
		return new ErrorDetail("body", name, description);
	}

	static ErrorDetail header(String name, String description) {
		return new ErrorDetail("header", name, description);
	}

	static ErrorDetail path(String description) {
		return new ErrorDetail("path", null, description);
	}

	static ErrorDetail query(@Nullable String name, String description) {
		return new ErrorDetail("querystring", name, description);
	}

	String message() {
		return this.location + ((this.name != null && !this.name.isEmpty()) ? " " + this.name : "") + ": "
				+ this.description;
	}

}
