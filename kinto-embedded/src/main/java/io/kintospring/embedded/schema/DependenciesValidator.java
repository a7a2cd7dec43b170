package io.kintospring.embedded.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * Validator of {@code dependencies}, {@code dependentRequired} and
 * {@code dependentSchemas} in their order.
 */
final class DependenciesValidator extends KintoKeywordValidator {

	private final Map<String, Predicate<JsonNode>> required = new LinkedHashMap<>();

	private final Map<String, Schema> schemas = new LinkedHashMap<>();

	DependenciesValidator(KintoKeyword.Occurrence occurrence) {
		super(occurrence);
		occurrence.value().forEachEntry((name, dependency) -> {
			if (dependency.isArray()) {
				this.required.put(name, Assertions.hasAll(dependency));
			}
			else {
				this.schemas.put(name, occurrence.schema(name));
			}
		});
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		if (!instance.isObject()) {
			return;
		}
		this.schemaNode.propertyNames().stream().filter(instance::has).forEach((name) -> {
			Schema schema = this.schemas.get(name);
			if (schema != null) {
				validateWithin(context, name, () -> schema.validate(context, instance, root, location));
			}
			else if (!this.required.getOrDefault(name, (any) -> true).test(instance)) {
				fail(context, location);
			}
		});
	}

}
