package io.kintospring.embedded.schema;

import java.util.Set;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Validator of the schema {@code false}. As in Kinto, the error is that of the object or
 * array that contains the value.
 */
final class FalseSchemaValidator extends KintoKeywordValidator {

	private static final String REFERENCE = "$ref";

	private static final Set<String> FOR_PARTS = Set.of("properties", "patternProperties", "additionalProperties",
			"items", "prefixItems", "additionalItems");

	private final boolean applies;

	private final String applicator;

	FalseSchemaValidator(KintoKeyword.Occurrence occurrence) {
		super(occurrence);
		Schema schema = occurrence.parent();
		this.applies = schema.getSchemaNode().isBoolean();
		NodePath path = schema.getSchemaLocation().getFragment();
		Schema parent = schema.getParentSchema();
		int depth = (parent != null) ? parent.getSchemaLocation().getFragment().getNameCount() : 0;
		this.applicator = (depth < path.getNameCount()) ? path.getName(depth) : occurrence.name();
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		if (this.applies) {
			context.addError(Error.builder()
				.keyword(this.applicator)
				.schemaNode(referrer(context.getEvaluationPath().getParent()))
				.instanceLocation(FOR_PARTS.contains(this.applicator) ? location.getParent() : location)
				.message("Is not allowed")
				.build());
		}
	}

	/**
	 * Return an array of the last name before the references to this schema.
	 */
	private static ArrayNode referrer(NodePath path) {
		ArrayNode referrer = JsonNodeFactory.instance.arrayNode();
		NodePath before = path;
		while (REFERENCE.equals(before.getElement(-1))) {
			before = before.getParent();
		}
		if (before != path && before.getElement(-1) instanceof Integer index) {
			referrer.add(index);
		}
		else if (before != path && before.getElement(-1) instanceof String name) {
			referrer.add(name);
		}
		return referrer;
	}

}
