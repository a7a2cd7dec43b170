package io.kintospring.embedded.schema;

import java.util.function.Predicate;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * Validator of a keyword that concerns a value without its parts.
 */
final class AssertionValidator extends KintoKeywordValidator {

	private final Predicate<JsonNode> assertion;

	AssertionValidator(KintoKeyword.Occurrence occurrence, Predicate<JsonNode> assertion) {
		super(occurrence);
		this.assertion = assertion;
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		if (!this.assertion.test(instance)) {
			fail(context, location);
		}
	}

}
