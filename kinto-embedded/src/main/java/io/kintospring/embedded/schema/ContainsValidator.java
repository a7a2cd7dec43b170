package io.kintospring.embedded.schema;

import java.util.ArrayList;
import java.util.List;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * Validator of {@code contains} in the drafts without {@code minContains}.
 */
final class ContainsValidator extends KintoKeywordValidator {

	private final Schema schema;

	ContainsValidator(KintoKeyword.Occurrence occurrence) {
		super(occurrence);
		this.schema = occurrence.schema();
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		if (instance.isArray() && instance.valueStream().noneMatch((item) -> matches(context, item, root, location))) {
			fail(context, location);
		}
	}

	private boolean matches(ExecutionContext context, JsonNode item, JsonNode root, NodePath location) {
		List<Error> errors = context.getErrors();
		boolean failFast = context.isFailFast();
		context.setErrors(new ArrayList<>());
		context.setFailFast(false);
		try {
			this.schema.validate(context, item, root, location);
			return context.getErrors().isEmpty();
		}
		finally {
			context.setErrors(errors);
			context.setFailFast(failFast);
		}
	}

}
