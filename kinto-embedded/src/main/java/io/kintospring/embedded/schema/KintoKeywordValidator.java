package io.kintospring.embedded.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.keyword.AbstractKeywordValidator;
import com.networknt.schema.path.NodePath;

/**
 * Base class for validators of one keyword.
 */
abstract class KintoKeywordValidator extends AbstractKeywordValidator {

	KintoKeywordValidator(KintoKeyword.Occurrence occurrence) {
		super(occurrence.name(), occurrence.value(), occurrence.location());
	}

	/**
	 * Validate by a schema within the value of the keyword.
	 * @param context the context of the validation
	 * @param name the name of the schema
	 * @param validation the validation
	 */
	static void validateWithin(ExecutionContext context, String name, Runnable validation) {
		context.evaluationPathAddLast(name);
		try {
			validation.run();
		}
		finally {
			context.evaluationPathRemoveLast();
		}
	}

	/**
	 * Report that a value violates the keyword.
	 * @param context the context of the validation
	 * @param location the location of the value
	 */
	final void fail(ExecutionContext context, NodePath location) {
		context.addError(Error.builder()
			.keyword(getKeyword())
			.schemaNode(this.schemaNode)
			.instanceLocation(location)
			.message("Does not match the keyword " + getKeyword())
			.build());
	}

}
