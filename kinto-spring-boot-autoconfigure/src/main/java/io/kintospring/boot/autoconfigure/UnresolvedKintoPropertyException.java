package io.kintospring.boot.autoconfigure;

/**
 * Exception for a required property with a placeholder that cannot be resolved. Its
 * message does not contain the value of the property.
 */
class UnresolvedKintoPropertyException extends RuntimeException {

	private final String property;

	private final String placeholder;

	UnresolvedKintoPropertyException(String property, String placeholder) {
		super(property + " contains the placeholder '" + placeholder + "', which cannot be resolved");
		this.property = property;
		this.placeholder = placeholder;
	}

	String property() {
		return this.property;
	}

	String placeholder() {
		return this.placeholder;
	}

}
