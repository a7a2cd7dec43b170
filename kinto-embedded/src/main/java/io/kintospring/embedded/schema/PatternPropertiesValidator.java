package io.kintospring.embedded.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * Validator of {@code patternProperties} in the order of the patterns.
 */
final class PatternPropertiesValidator extends KintoKeywordValidator {

	private final Map<Pattern, Schema> schemas = new LinkedHashMap<>();

	PatternPropertiesValidator(KintoKeyword.Occurrence occurrence) {
		super(occurrence);
		occurrence.value()
			.propertyNames()
			.forEach((pattern) -> this.schemas.put(PythonPattern.compile(pattern), occurrence.schema(pattern)));
	}

	@Override
	public void validate(ExecutionContext context, JsonNode instance, JsonNode root, NodePath location) {
		if (!instance.isObject()) {
			return;
		}
		Set<String> evaluated = new LinkedHashSet<>();
		this.schemas.forEach((pattern, schema) -> instance.forEachEntry((name, field) -> {
			if (pattern.matcher(name).find()) {
				evaluated.add(name);
				validateWithin(context, pattern.pattern(),
						() -> schema.validate(context, field, root, location.append(name)));
			}
		}));
		if (hasUnevaluatedPropertiesInEvaluationPath(context)) {
			putAnnotation(context, (annotation) -> annotation.instanceLocation(location).value(evaluated));
		}
	}

}
