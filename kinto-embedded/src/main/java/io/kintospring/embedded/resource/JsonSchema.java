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
 * A JSON schema: of the draft that it names, else of the latest one.
 */
final class JsonSchema {

	/**
	 * The field of a collection that has the schema of its records, and the field of a
	 * record that has the version of that schema.
	 */
	static final String FIELD = "schema";

	private static final SchemaRegistry REGISTRY = registry(SpecificationVersion.DRAFT_2020_12, false);

	/**
	 * What every schema has to be, whatever draft it names.
	 */
	private static final Schema META = registry(SpecificationVersion.DRAFT_7, true)
		.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_7.getDialectId()));

	private final Schema schema;

	private JsonSchema(Schema schema) {
		this.schema = schema;
	}

	/**
	 * Reads a schema.
	 * @param json the schema
	 * @return the schema
	 * @throws KintoError if nothing can be checked by it
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
	 * The name of the field that a bucket has the schema of some objects in.
	 * @param resourceName the name of their resource
	 * @return the name of the field
	 */
	static String fieldFor(String resourceName) {
		return resourceName + ":" + FIELD;
	}

	/**
	 * Checks that a field is a schema, if it is there at all.
	 * @param data the object
	 * @param field the name of the field
	 * @param prefix what to put before the name
	 * @param validation what to tell if it is not
	 */
	static void checkField(ObjectNode data, String field, String prefix, Validation validation) {
		JsonNode schema = data.path(field);
		if (!schema.isMissingNode() && !(schema.isObject() && META.validate(schema).isEmpty())) {
			validation.add(ErrorDetail.body(prefix + field, "Should be a JSON schema"));
		}
	}

	/**
	 * Checks an object.
	 * @param data the object
	 * @throws KintoError if it is not as the schema says
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
	 * The name of the wrong field. For what is wrong with all of an object, it is, as in
	 * Kinto, the last of what the schema names, or else the keyword.
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
