package io.kintospring.embedded.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import tools.jackson.databind.JsonNode;

/**
 * Keyword with a validator for each of its occurrences.
 *
 * @param getValue the name of the keyword
 * @param factory creates the validators
 */
record KintoKeyword(String getValue, Factory factory) implements Keyword {

	@Override
	public KeywordValidator newValidator(SchemaLocation location, JsonNode value, Schema parent, SchemaContext context)
			throws Exception {
		return this.factory.create(new Occurrence(this.getValue, location, value, parent, context));
	}

	/**
	 * Factory for validators.
	 */
	interface Factory {

		KeywordValidator create(Occurrence occurrence) throws Exception;

	}

	/**
	 * Occurrence of a keyword in a schema.
	 *
	 * @param name the name of the keyword
	 * @param location the location of the keyword
	 * @param value the value of the keyword
	 * @param parent the schema that contains the keyword
	 * @param context the context of the schema
	 */
	record Occurrence(String name, SchemaLocation location, JsonNode value, Schema parent, SchemaContext context) {

		/**
		 * Return the schema that is the value of the keyword.
		 * @return the schema
		 */
		Schema schema() {
			return this.context.newSchema(this.location, this.value, this.parent);
		}

		/**
		 * Return the schema in a field of the value.
		 * @param field the name of the field
		 * @return the schema
		 */
		Schema schema(String field) {
			return this.context.newSchema(this.location.append(field), this.value.path(field), this.parent);
		}

		/**
		 * Return the validator that another keyword has for this occurrence.
		 * @param keyword the other keyword
		 * @return the validator
		 */
		KeywordValidator validator(Keyword keyword) throws Exception {
			return keyword.newValidator(this.location, this.value, this.parent, this.context);
		}

	}

}
