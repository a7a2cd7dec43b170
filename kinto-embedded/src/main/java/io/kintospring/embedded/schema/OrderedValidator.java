package io.kintospring.embedded.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * Validator that the library runs in the order of the schema. The library runs the
 * validators of some keywords first, which it recognizes by their name.
 *
 * @param validator the validator
 */
record OrderedValidator(KeywordValidator validator) implements KeywordValidator {

	@Override
	public String getKeyword() {
		return this.validator.getKeyword() + " in order";
	}

	@Override
	public SchemaLocation getSchemaLocation() {
		return this.validator.getSchemaLocation();
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		this.validator.validate(context, instance, root, location);
	}

	@Override
	public void preloadSchema() {
		this.validator.preloadSchema();
	}

}
