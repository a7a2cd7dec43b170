package io.kintospring.embedded.schema;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON schema. It has the draft that it declares, or the latest one.
 */
public final class SchemaValidator {

	private static final Map<String, Schema> META_SCHEMAS = new ConcurrentHashMap<>();

	private final Schema schema;

	private SchemaValidator(Schema schema) {
		this.schema = schema;
	}

	/**
	 * Create a schema. The order of its fields is that of the validation.
	 * @param json the schema as JSON
	 * @param stored whether PostgreSQL stored it, which changes the order
	 * @return the schema
	 * @throws UnusableSchemaException if the schema is invalid in its draft
	 */
	public static SchemaValidator of(ObjectNode json, boolean stored) {
		String draft = Drafts.idOf(json);
		ObjectNode schema = (ObjectNode) (stored ? JsonValues.exactAndOrdered(json) : JsonValues.exact(json));
		schema.put("$schema", draft);
		try {
			if (!draft.equals(Drafts.DRAFT_3) && !matches(schema, draft)) {
				throw new UnusableSchemaException(null);
			}
			return new SchemaValidator(Drafts.REGISTRY.getSchema(schema));
		}
		catch (SchemaException | JacksonException | StackOverflowError ex) {
			throw new UnusableSchemaException(ex);
		}
	}

	/**
	 * Return whether Kinto stores a value as a schema: it must be one of draft 7,
	 * whatever draft it declares.
	 * @param json the value
	 * @return whether it is a schema
	 */
	public static boolean isSchema(JsonNode json) {
		try {
			return json.isObject() && matches(JsonValues.exact(json), Drafts.DRAFT_7);
		}
		catch (SchemaException | JacksonException | StackOverflowError ex) {
			return false;
		}
	}

	/**
	 * Validate an object.
	 * @param data the object
	 * @return the first violation, or {@code null} if the object is valid
	 * @throws UnusableSchemaException if the schema has a reference to nowhere
	 */
	public @Nullable SchemaViolation validate(ObjectNode data) {
		try {
			List<Error> errors = this.schema.validate(JsonValues.exact(data));
			return errors.isEmpty() ? null : SchemaViolation.of(errors.get(0));
		}
		catch (SchemaException | JacksonException | StackOverflowError ex) {
			throw new UnusableSchemaException(ex);
		}
	}

	private static boolean matches(JsonNode schema, String draft) {
		return META_SCHEMAS.computeIfAbsent(draft, Drafts::metaSchema)
			.validate(schema, (context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)))
			.isEmpty();
	}

}
