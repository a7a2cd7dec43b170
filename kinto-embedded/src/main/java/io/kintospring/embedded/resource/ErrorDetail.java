package io.kintospring.embedded.resource;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request.
 *
 * @param location where, as in <code>body</code>
 * @param name the name of the field, header or parameter, if there is one
 * @param description what is wrong with it
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
