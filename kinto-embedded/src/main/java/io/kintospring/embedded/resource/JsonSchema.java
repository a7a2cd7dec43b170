package io.kintospring.embedded.resource;

import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.schema.SchemaValidator;
import io.kintospring.embedded.schema.SchemaViolation;
import io.kintospring.embedded.schema.UnusableSchemaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON schema of a collection or bucket.
 */
final class JsonSchema {

	/**
	 * Field of a collection with the schema of its records, and field of a record with
	 * the version of that schema.
	 */
	static final String FIELD = "schema";

	private final SchemaValidator validator;

	private JsonSchema(SchemaValidator validator) {
		this.validator = validator;
	}

	/**
	 * Create a schema.
	 * @param json the schema as JSON
	 * @param stored whether PostgreSQL stored it, which changes the order of its fields
	 * @return the schema
	 * @throws KintoError if the schema is not usable
	 */
	static JsonSchema of(ObjectNode json, boolean stored) {
		try {
			return new JsonSchema(SchemaValidator.of(json, stored));
		}
		catch (UnusableSchemaException ex) {
			throw notUsable();
		}
	}

	/**
	 * Return the name of the bucket's field with the schema of a resource.
	 * @param resourceName the name of the resource
	 * @return the name of the field
	 */
	static String fieldFor(String resourceName) {
		return resourceName + ":" + FIELD;
	}

	/**
	 * Validate that a field is a schema, if it exists.
	 * @param data the object
	 * @param field the name of the field
	 * @param prefix the prefix of the field's name in error details
	 * @param validation collects the errors
	 */
	static void checkField(ObjectNode data, String field, String prefix, Validation validation) {
		JsonNode schema = data.path(field);
		if (!schema.isMissingNode() && !SchemaValidator.isSchema(schema)) {
			validation.add(ErrorDetail.body(prefix + field, "Should be a JSON schema"));
		}
	}

	/**
	 * Validate an object.
	 * @param data the object
	 * @throws KintoError if the object does not match the schema
	 */
	void check(ObjectNode data) {
		SchemaViolation violation = violation(data);
		if (violation != null) {
			throw KintoError.invalid(ErrorDetail.body(violation.name(), violation.description()));
		}
	}

	private @Nullable SchemaViolation violation(ObjectNode data) {
		try {
			return this.validator.validate(data);
		}
		catch (UnusableSchemaException ex) {
			throw notUsable();
		}
	}

	private static KintoError notUsable() {
		return KintoError.invalid(ErrorDetail.body(FIELD, "Can not be used to check anything"));
	}

}
