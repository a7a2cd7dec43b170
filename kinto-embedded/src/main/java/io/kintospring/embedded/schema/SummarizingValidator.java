package io.kintospring.embedded.schema;

import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * Validator that replaces all errors of another validator by one error of the value.
 */
final class SummarizingValidator extends KintoKeywordValidator {

	private final KeywordValidator validator;

	SummarizingValidator(KintoKeyword.Occurrence occurrence, KeywordValidator validator) {
		super(occurrence);
		this.validator = validator;
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		List<Error> errors = context.getErrors();
		int before = errors.size();
		boolean failFast = context.isFailFast();
		context.setFailFast(false);
		try {
			this.validator.validate(context, instance, root, location);
		}
		finally {
			context.setFailFast(failFast);
		}
		if (errors.size() > before) {
			errors.subList(before, errors.size()).clear();
			fail(context, location);
		}
	}

	@Override
	public void preloadSchema() {
		this.validator.preloadSchema();
	}

}
