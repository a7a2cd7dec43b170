package io.kintospring.embedded.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generator for random schemas, and for records that match them or not. The same seed
 * results in the same schemas.
 */
final class SchemaGenerator {

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private static final List<String> DRAFTS = List.of("", "", "", "https://json-schema.org/draft/2020-12/schema",
			"https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/draft-07/schema#",
			"http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-06/schema#",
			"http://json-schema.org/draft-04/schema#", "http://example.org/own");

	private static final List<String> NAMES = List.of("a", "b", "c", "d", "long_name", "é");

	private static final List<String> TYPES = List.of("string", "integer", "number", "boolean", "null", "array",
			"object");

	private static final List<String> PATTERNS = List.of("^a", "b$", "^\\w+$", "^\\d{2,}$", "[a-c]+", "^[^a]*$",
			"(?i)^A", "^(?P<first>.)(?P=first)", "\\bfoo\\b", "^\\s*$", "a{,2}b", "^(ab|c)*?$", "(?<=x)y", "é|ß",
			"^[\\w.-]+$", "^.$");

	private static final List<String> TEXTS = List.of("", "a", "aa", "b", "ab", "abc", "foo", "foo bar", "xy", "é",
			"straße", "12", "٣٤", "A", "a\n", "12\n", " ", "\u00a0", "x-y.z", "\ud83d\ude00");

	private final Random random;

	SchemaGenerator(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Generate a schema for records.
	 * @return the schema
	 */
	ObjectNode schema() {
		ObjectNode schema = JSON.objectNode();
		String draft = oneOf(DRAFTS);
		if (!draft.isEmpty()) {
			schema.put("$schema", draft);
		}
		schema.set("definitions", fields(NAMES.subList(0, 2), 1));
		if (chance(80)) {
			schema.set("properties", fields(some(NAMES), 3));
		}
		for (int i = this.random.nextInt(4); i > 0; i--) {
			addForObjects(schema, 2);
		}
		if (chance(30)) {
			addForAll(schema, 2);
		}
		return schema;
	}

	/**
	 * Generate a record.
	 * @param schema the schema whose names and values it may have
	 * @return the record
	 */
	ObjectNode record(JsonNode schema) {
		ObjectNode record = JSON.objectNode();
		for (String name : some(NAMES)) {
			JsonNode field = schema.path("properties").path(name);
			record.set(name, instance(field, 3));
		}
		return record;
	}

	private JsonNode subschema(int depth) {
		ObjectNode schema = JSON.objectNode();
		if (chance(4)) {
			return JSON.booleanNode(chance(60));
		}
		if (chance(8)) {
			return schema.put("$ref", "#/definitions/" + oneOf(NAMES.subList(0, 2)));
		}
		String type = oneOf(TYPES);
		if (chance(60)) {
			schema.put("type", type);
		}
		else if (chance(20)) {
			schema.putArray("type").add(type).add(oneOf(TYPES.stream().filter((t) -> !t.equals(type)).toList()));
		}
		for (int i = this.random.nextInt(3); i > 0; i--) {
			switch (type) {
				case "string" -> addForStrings(schema);
				case "integer", "number" -> addForNumbers(schema);
				case "array" -> addForArrays(schema, depth - 1);
				case "object" -> addForObjects(schema, depth - 1);
				default -> addForAll(schema, depth - 1);
			}
		}
		if (chance(15)) {
			addForAll(schema, depth - 1);
		}
		return schema;
	}

	private void addForAll(ObjectNode schema, int depth) {
		List<Consumer<ObjectNode>> keywords = new ArrayList<>(List.of((s) -> s.set("enum", list(() -> value(1))),
				(s) -> s.set("const", value(1)), (s) -> s.put("title", "Unimportant"),
				(s) -> s.put("x-unknown", "Unknown"), (s) -> s.put("format", "date")));
		if (depth > 0) {
			keywords.addAll(List.of((s) -> s.set("allOf", list(() -> subschema(depth))),
					(s) -> s.set("anyOf", list(() -> subschema(depth))),
					(s) -> s.set("oneOf", list(() -> subschema(depth))), (s) -> s.set("not", subschema(depth)),
					(s) -> addCondition(s, depth)));
		}
		oneOf(keywords).accept(schema);
	}

	private void addCondition(ObjectNode schema, int depth) {
		schema.set("if", subschema(depth));
		if (chance(70)) {
			schema.set("then", subschema(depth));
		}
		if (chance(70)) {
			schema.set("else", subschema(depth));
		}
	}

	private void addForStrings(ObjectNode schema) {
		oneOf(List.<Consumer<ObjectNode>>of((s) -> s.put("pattern", oneOf(PATTERNS)),
				(s) -> s.put("minLength", this.random.nextInt(4)), (s) -> s.put("maxLength", this.random.nextInt(6))))
			.accept(schema);
	}

	private void addForNumbers(ObjectNode schema) {
		String keyword = oneOf(List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"));
		JsonNode number = number();
		boolean positive = number.decimalValue().signum() > 0;
		schema.set(keyword, (keyword.equals("multipleOf") && !positive) ? JSON.numberNode(0.25) : number);
	}

	private void addForArrays(ObjectNode schema, int depth) {
		List<Consumer<ObjectNode>> keywords = new ArrayList<>(List.of((s) -> s.put("minItems", this.random.nextInt(3)),
				(s) -> s.put("maxItems", this.random.nextInt(4)), (s) -> s.put("uniqueItems", chance(80))));
		if (depth > 0) {
			keywords.addAll(List.of((s) -> s.set("items", subschema(depth)), (s) -> s.set("items", subschema(depth)),
					(s) -> s.set("prefixItems", list(() -> subschema(depth))), (s) -> addContains(s, depth),
					(s) -> addTuple(s, depth), (s) -> s.set("unevaluatedItems", JSON.booleanNode(false))));
		}
		oneOf(keywords).accept(schema);
	}

	private void addContains(ObjectNode schema, int depth) {
		schema.set("contains", subschema(depth));
		if (chance(40)) {
			schema.put("minContains", this.random.nextInt(3));
		}
		if (chance(30)) {
			schema.put("maxContains", 1 + this.random.nextInt(2));
		}
	}

	private void addTuple(ObjectNode schema, int depth) {
		schema.set("items", list(() -> subschema(depth)));
		schema.set("additionalItems", chance(50) ? JSON.booleanNode(false) : subschema(depth));
	}

	private void addForObjects(ObjectNode schema, int depth) {
		List<Consumer<ObjectNode>> keywords = new ArrayList<>(List.of((s) -> names(s.putArray("required")),
				(s) -> names(s.putArray("required")), (s) -> s.put("minProperties", this.random.nextInt(3)),
				(s) -> s.put("maxProperties", this.random.nextInt(5)),
				(s) -> names(s.putObject("dependentRequired").putArray(oneOf(NAMES))),
				(s) -> names(s.putObject("dependencies").putArray(oneOf(NAMES))),
				(s) -> s.put("additionalProperties", false)));
		if (depth > 0) {
			keywords.addAll(List.of((s) -> s.set("properties", fields(some(NAMES), depth)),
					(s) -> s.set("properties", fields(some(NAMES), depth)), (s) -> addAdditional(s, depth),
					(s) -> addPatternProperties(s, depth),
					(s) -> s.putObject("propertyNames").put("pattern", oneOf(PATTERNS)),
					(s) -> s.putObject("propertyNames").put("maxLength", this.random.nextInt(3)),
					(s) -> s.putObject("dependentSchemas").set(oneOf(NAMES), subschema(depth)),
					(s) -> s.putObject("dependencies").set(oneOf(NAMES), subschema(depth)),
					(s) -> s.put("unevaluatedProperties", false)));
		}
		oneOf(keywords).accept(schema);
	}

	/**
	 * Add a schema for a single additional property. The order in which Kinto checks
	 * several ones is random.
	 */
	private void addAdditional(ObjectNode schema, int depth) {
		schema.set("properties", fields(NAMES.subList(1, NAMES.size()), 1));
		schema.set("additionalProperties", subschema(depth));
	}

	private void addPatternProperties(ObjectNode schema, int depth) {
		ObjectNode patterns = schema.putObject("patternProperties");
		patterns.set("^[a-c]$", subschema(depth));
		patterns.set(oneOf(List.of("_", "^\\w$", "b|d")), subschema(depth));
	}

	private JsonNode instance(JsonNode schema, int depth) {
		if (chance(15)) {
			return value(depth);
		}
		if (chance(40) && schema.path("enum").size() > 0) {
			return schema.path("enum").get(0);
		}
		if (chance(40) && schema.has("const")) {
			return schema.path("const");
		}
		return switch (schema.path("type").asString(schema.path("type").path(0).asString(oneOf(TYPES)))) {
			case "string" -> JSON.stringNode(oneOf(TEXTS));
			case "integer", "number" -> number();
			case "boolean" -> JSON.booleanNode(chance(50));
			case "null" -> JSON.nullNode();
			case "array" -> {
				ArrayNode array = JSON.arrayNode();
				for (int i = this.random.nextInt(4); i > 0 && depth > 0; i--) {
					array.add(instance(schema.path("items"), depth - 1));
				}
				yield array;
			}
			default -> {
				ObjectNode object = JSON.objectNode();
				if (depth > 0) {
					some(NAMES)
						.forEach((name) -> object.set(name, instance(schema.path("properties").path(name), depth - 1)));
				}
				yield object;
			}
		};
	}

	private JsonNode value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 7 : 5)) {
			case 0 -> JSON.nullNode();
			case 1 -> JSON.booleanNode(chance(50));
			case 2, 3 -> number();
			case 4 -> JSON.stringNode(oneOf(TEXTS));
			case 5 -> list(() -> value(depth - 1));
			default -> JSON.objectNode().set(oneOf(NAMES), value(depth - 1));
		};
	}

	private JsonNode number() {
		return switch (this.random.nextInt(5)) {
			case 0 -> JSON.numberNode(this.random.nextInt(4));
			case 1 -> JSON.numberNode((double) this.random.nextInt(4));
			case 2 -> JSON.numberNode(this.random.nextInt(400) / 100.0);
			case 3 -> JSON.numberNode(oneOf(List.of(-1, 10, 100, 35)));
			default -> JSON.numberNode(oneOf(List.of(0.1, 0.3, 1e-7, 19.99, -0.5, 1e10, 4.35)));
		};
	}

	private ObjectNode fields(List<String> names, int depth) {
		ObjectNode fields = JSON.objectNode();
		names.forEach((name) -> fields.set(name, subschema(depth)));
		return fields;
	}

	private void names(ArrayNode array) {
		List<String> names = some(NAMES);
		names.forEach(array::add);
	}

	private ArrayNode list(Supplier<JsonNode> items) {
		ArrayNode list = JSON.arrayNode();
		for (int i = 1 + this.random.nextInt(3); i > 0; i--) {
			list.add(items.get());
		}
		return list;
	}

	private List<String> some(List<String> names) {
		return names.stream().filter((name) -> chance(40)).toList();
	}

	private <T> T oneOf(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	private boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

}
