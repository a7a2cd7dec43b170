package io.kintospring.embedded.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Validator of {@code propertyNames}. The errors are those of the object.
 */
final class PropertyNamesValidator extends KintoKeywordValidator {

	private final Schema schema;

	PropertyNamesValidator(KintoKeyword.Occurrence occurrence) {
		super(occurrence);
		this.schema = occurrence.schema();
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		if (instance.isObject()) {
			instance.propertyNames()
				.forEach((name) -> this.schema.validate(context, StringNode.valueOf(name), root, location));
		}
	}

}
