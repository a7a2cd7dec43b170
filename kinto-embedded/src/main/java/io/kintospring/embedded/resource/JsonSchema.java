package io.kintospring.embedded.resource;

import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON schema. It has the draft that it declares, or the latest one by default.
 */
final class JsonSchema {

	/**
	 * Field of a collection with the schema of its records, and field of a record with
	 * the version of that schema.
	 */
	static final String FIELD = "schema";

	private static final SchemaRegistry REGISTRY = registry(SpecificationVersion.DRAFT_2020_12, false);

	/**
	 * Meta schema that every schema must match, whatever draft it declares.
	 */
	private static final Schema META = registry(SpecificationVersion.DRAFT_7, true)
		.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_7.getDialectId()));

	private final Schema schema;

	private JsonSchema(Schema schema) {
		this.schema = schema;
	}

	/**
	 * Create a schema.
	 * @param json the schema as JSON
	 * @return the schema
	 * @throws KintoError if the schema is not usable
	 */
	static JsonSchema of(JsonNode json) {
		try {
			return new JsonSchema(REGISTRY.getSchema(json));
		}
		catch (RuntimeException ex) {
			throw notUsable(ex);
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
		if (!schema.isMissingNode() && !(schema.isObject() && META.validate(schema).isEmpty())) {
			validation.add(ErrorDetail.body(prefix + field, "Should be a JSON schema"));
		}
	}

	/**
	 * Validate an object.
	 * @param data the object
	 * @throws KintoError if the object does not match the schema
	 */
	void check(ObjectNode data) {
		List<Error> errors = errors(data);
		if (!errors.isEmpty()) {
			Error error = errors.get(0);
			throw KintoError.invalid(ErrorDetail.body(name(error), String.valueOf(error.getMessage())));
		}
	}

	private List<Error> errors(ObjectNode data) {
		try {
			return this.schema.validate(data);
		}
		catch (SchemaException | StackOverflowError ex) {
			throw notUsable(ex);
		}
	}

	/**
	 * Return the name of the invalid field. As in Kinto, an error of the whole object has
	 * the last name in the schema node, or the keyword.
	 */
	private static String name(Error error) {
		int depth = error.getInstanceLocation().getNameCount();
		if (depth > 0) {
			return error.getInstanceLocation().getName(depth - 1);
		}
		JsonNode named = error.getSchemaNode();
		if (named.isArray() && !named.isEmpty()) {
			return named.get(named.size() - 1).asString(named.toString());
		}
		return error.getKeyword();
	}

	private static KintoError notUsable(Throwable cause) {
		return KintoError.invalid(ErrorDetail.body(FIELD, "Can not be used to check anything"));
	}

	private static SchemaRegistry registry(SpecificationVersion version, boolean formats) {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder().formatAssertionsEnabled(formats).build();
		return SchemaRegistry.withDefaultDialect(version,
				(builder) -> builder.schemaRegistryConfig(config).schemaCacheEnabled(false));
	}

}
