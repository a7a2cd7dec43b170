package io.kintospring.embedded.schema;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.Specification;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drafts of JSON Schema, with the keywords of Kinto's library.
 */
final class Drafts {

	static final String DRAFT_3 = "http://json-schema.org/draft-03/schema#";

	static final String DRAFT_7 = SpecificationVersion.DRAFT_7.getDialectId();

	private static final String LATEST = SpecificationVersion.DRAFT_2020_12.getDialectId();

	private static final Set<String> LENIENT = Set.of(SpecificationVersion.DRAFT_6.getDialectId(), DRAFT_7);

	private static final Set<String> SORTED_BY_LIBRARY = Set.of("type", "properties", "patternProperties");

	private static final Set<String> WITH_ONE_ERROR = Set.of("anyOf", "oneOf", "unevaluatedItems",
			"unevaluatedProperties");

	private static final Set<String> WITHOUT_EFFECT = Set.of("contentEncoding", "contentMediaType", "maxContains",
			"minContains", "notAllowed", "readOnly", "writeOnly");

	private static final Set<String> NOT_IN_DRAFT_3 = Set.of("allOf", "anyOf", "multipleOf", "oneOf", "not",
			"maxProperties", "minProperties");

	private static final Map<String, Dialect> DIALECTS = Stream
		.concat(Stream.of(draft3()),
				Stream.of(SpecificationVersion.values()).map((version) -> adapted(Specification.getDialect(version))))
		.collect(Collectors.toMap((dialect) -> withoutFragment(dialect.getId()), Function.identity()));

	/**
	 * Registry for schemas with any of the drafts.
	 */
	static final SchemaRegistry REGISTRY = registry();

	private Drafts() {
	}

	/**
	 * Return the id of the draft of a schema. As in Kinto, an unknown draft is the latest
	 * one.
	 * @param schema the schema
	 * @return the id
	 */
	static String idOf(JsonNode schema) {
		Dialect dialect = DIALECTS.get(withoutFragment(schema.path("$schema").asString("")));
		return (dialect != null) ? dialect.getId() : LATEST;
	}

	/**
	 * Return the schema of all schemas of a draft. In drafts 6 and 7, that of Kinto's
	 * library allows more than that of ours.
	 * @param draft the id of the draft
	 * @return the schema
	 */
	static Schema metaSchema(String draft) {
		Schema schema = REGISTRY.getSchema(SchemaLocation.of(draft));
		if (!LENIENT.contains(draft)) {
			return schema;
		}
		ObjectNode lenient = (ObjectNode) schema.getSchemaNode().deepCopy();
		ObjectNode properties = lenient.withObject("/properties");
		properties.putObject("enum").put("type", "array");
		properties.remove("writeOnly");
		return REGISTRY.getSchema(lenient);
	}

	private static SchemaRegistry registry() {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.failFast(true)
			.formatAssertionsEnabled(false)
			.schemaIdValidator((id, root, location, resolved, context) -> true)
			.regularExpressionFactory((regex) -> PythonPattern.compile(regex).asPredicate()::test)
			.build();
		return SchemaRegistry.builder()
			.defaultDialectId(LATEST)
			.dialectRegistry((id, registry) -> DIALECTS.get(withoutFragment(id)))
			.schemaRegistryConfig(config)
			.schemaCacheEnabled(false)
			.build();
	}

	private static Dialect draft3() {
		Dialect.Builder builder = Dialect.builder(DRAFT_3, Specification.getDialect(SpecificationVersion.DRAFT_4));
		builder.keywords((keywords) -> keywords.keySet().removeAll(NOT_IN_DRAFT_3));
		Dialect.Builder adapted = Dialect.builder(adapted(builder.build()));
		adapted.keyword(Assertions.keyword("divisibleBy", Assertions::multipleOf));
		adapted.keyword(Assertions.keyword("disallow", (value) -> Assertions.type(value, true).negate()));
		adapted.keyword(new KintoKeyword("extends", Drafts::extending));
		adapted.keyword(new KintoKeyword("required", (occurrence) -> {
			throw new SchemaException("In this draft, only a property itself can be required");
		}));
		return adapted.build();
	}

	private static KeywordValidator extending(KintoKeyword.Occurrence occurrence) {
		JsonNode schemas = occurrence.value().isArray() ? occurrence.value()
				: JsonNodeFactory.instance.arrayNode().add(occurrence.value());
		return KeywordType.ALL_OF.newValidator(occurrence.location(), schemas, occurrence.parent(),
				occurrence.context());
	}

	private static Dialect adapted(Dialect dialect) {
		Dialect.Builder builder = Dialect.builder(dialect)
			.formats((formats) -> formats.keySet().retainAll(Set.of("regex")))
			.unknownKeywordFactory((name, context) -> new AnnotationKeyword(name));
		dialect.getKeywords().forEach((name, keyword) -> {
			Keyword replacement = replacement(name, keyword, dialect.getSpecificationVersion());
			if (SORTED_BY_LIBRARY.contains(name)) {
				builder.keyword(ordered(name, (replacement != null) ? replacement : keyword));
			}
			else if (replacement != null) {
				builder.keyword(replacement);
			}
		});
		return builder.build();
	}

	/**
	 * Return what replaces a keyword of the library.
	 */
	private static @Nullable Keyword replacement(String name, Keyword keyword, SpecificationVersion version) {
		boolean old = version.compareTo(SpecificationVersion.DRAFT_2019_09) < 0;
		boolean oldest = version == SpecificationVersion.DRAFT_4;
		Keyword assertion = Assertions.keyword(name, oldest);
		if (assertion != null && !(oldest && name.startsWith("exclusive"))) {
			return assertion;
		}
		if (WITH_ONE_ERROR.contains(name)) {
			return new KintoKeyword(name,
					(occurrence) -> new SummarizingValidator(occurrence, occurrence.validator(keyword)));
		}
		if (WITHOUT_EFFECT.contains(name) || keyword == KeywordType.ID) {
			return new AnnotationKeyword(name);
		}
		return switch (name) {
			case "contains" -> old ? new KintoKeyword(name, ContainsValidator::new) : null;
			case "dependencies" ->
				old ? new KintoKeyword(name, DependenciesValidator::new) : new AnnotationKeyword(name);
			case "dependentRequired", "dependentSchemas" -> new KintoKeyword(name, DependenciesValidator::new);
			case "false" -> new KintoKeyword(name, FalseSchemaValidator::new);
			case "patternProperties" -> new KintoKeyword(name, PatternPropertiesValidator::new);
			case "propertyNames" -> new KintoKeyword(name, PropertyNamesValidator::new);
			default -> null;
		};
	}

	private static Keyword ordered(String name, Keyword keyword) {
		return new KintoKeyword(name, (occurrence) -> new OrderedValidator(occurrence.validator(keyword)));
	}

	private static String withoutFragment(String id) {
		return id.endsWith("#") ? id.substring(0, id.length() - 1) : id;
	}

}
