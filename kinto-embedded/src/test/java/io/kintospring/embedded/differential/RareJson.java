package io.kintospring.embedded.differential;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random JSON that few clients send: numbers at the limits of their types, unusual names,
 * nested values, and patches that fail.
 */
final class RareJson {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final List<String> LEAVES = List.of("9007199254740992", "9007199254740993", "9223372036854775807",
			"9223372036854775808", "-9223372036854775808", "18446744073709551615", "0.1", "0.30000000000000004", "0",
			"1", "-1", "null", "true", "false", "\"\"", "\" \"", "\"a\"", "\"\\\"\"", "\"\\\\\"", "\"a\\nb\"",
			"\"\\t\"", "\"'\"", "\"%\"", "\"_\"", "\"\\\\%\"", "\"*\"", "\"1e3\"", "\"01\"", "\"-1\"", "\"1.0\"",
			"\"{}\"", "\"null\"", "\"İ\"", "\"ſ\"", "\"Σ\"", "\"ς\"", "\"é\"", "\"e\\u0301\"", "\"\\u00a0\"",
			"\"\\u2028\"", "\"\\ufeff\"", "\"😀\"", "[]", "{}");

	private static final List<String> NAMES = List.of("a", "b", "n", "s", "o", "l", "x", "y", "0", "1", "a b", "a.b",
			"é", "'", "\\\"", "\\\\", "%", "A", "_a", "a-b", "a/b", "a~b", "", "$ref", "deleted", "metadata",
			"attachment", "sort", "members", "schema", "id_");

	private static final List<String> POINTERS = List.of("/data/a", "/data/n", "/data/l/0", "/data/l/1", "/data/l/-",
			"/data/l/-1", "/data/l/01", "/data/l/99", "/data/l/x", "/data/o/x", "/data/o/x/y", "/data/o/a~1b",
			"/data/a~0b", "/data/a~1b", "/data/", "/data/0", "/data/é", "/data/a b", "/data/missing", "/data/missing/x",
			"/data/members", "/data/members/0", "/data/members/-", "/data/schema", "/data/cache_expires",
			"/permissions/write", "/permissions/read", "/permissions/read/system.Everyone",
			"/permissions/read/{{user:bob}}", "/permissions/write/{{user:bob}}", "/permissions/write/{{user:alice}}",
			"/permissions/collection:create/system.Everyone", "/permissions/record:create/system.Authenticated");

	private static final List<String> RARE_POINTERS = List.of("", "/", "/data", "/permissions", "/data/id",
			"/data/last_modified", "/permissions/nothing", "/permissions/nothing/x", "/permissions/write/0",
			"/permissions/write/-", "/other", "data/a", "/data/a~2b", "/data/a~");

	private static final List<String> SCHEMAS = List.of(
			"{\"properties\":{\"n\":{\"$ref\":\"#/definitions/number\"}},"
					+ "\"definitions\":{\"number\":{\"type\":\"integer\"}}}",
			"{\"additionalProperties\":false}", "{\"patternProperties\":{\"^[a-m]$\":{\"type\":\"number\"}}}",
			"{\"maxProperties\":2}", "{\"propertyNames\":{\"maxLength\":1}}",
			"{\"properties\":{\"l\":{\"items\":[{\"type\":\"number\"}]}}}",
			"{\"properties\":{\"l\":{\"uniqueItems\":true,\"contains\":{\"const\":1}}}}",
			"{\"properties\":{\"n\":{\"multipleOf\":0.1},\"s\":{\"pattern\":\"^a\"}}}",
			"{\"anyOf\":[{\"required\":[\"a\"]},{\"required\":[\"n\"]}]}",
			"{\"oneOf\":[{\"required\":[\"a\"]},{\"required\":[\"n\"]}]}",
			"{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"number\"}}},{\"required\":[\"s\"]}]}",
			"{\"if\":{\"required\":[\"a\"]},\"then\":{\"required\":[\"b\"]},\"else\":{\"required\":[\"n\"]}}",
			"{\"properties\":{\"a\":false}}", "{\"properties\":{\"a\":{\"not\":{\"type\":\"number\"}}}}",
			"{\"properties\":{\"id\":{\"pattern\":\"^r[12]$\"},\"last_modified\":{\"type\":\"string\"}}}",
			"{\"properties\":{\"s\":{\"format\":\"date\"}},\"required\":[\"id\"]}", "{\"required\":[\"schema\"]}",
			"{\"dependencies\":{\"a\":[\"b\"]}}", "{\"properties\":{\"a\":{\"default\":1}},\"required\":[\"a\"]}",
			"null", "true", "[]", "\"a\"");

	private final RandomJson json;

	RareJson(RandomJson json) {
		this.json = json;
	}

	String name() {
		return MAPPER.readTree("\"" + this.json.one(NAMES) + "\"").asString();
	}

	/**
	 * Return a value, which may be nested.
	 */
	JsonNode value() {
		return value(3);
	}

	private JsonNode value(int depth) {
		if (depth == 0 || this.json.chance(60)) {
			return MAPPER.readTree(this.json.one(LEAVES));
		}
		if (this.json.chance(40)) {
			ArrayNode list = MAPPER.createArrayNode();
			for (int i = this.json.number(4); i > 0; i--) {
				list.add(value(depth - 1));
			}
			return list;
		}
		ObjectNode object = MAPPER.createObjectNode();
		for (int i = this.json.number(4); i > 0; i--) {
			object.set(name(), value(depth - 1));
		}
		return object;
	}

	JsonNode schema() {
		return MAPPER.readTree(this.json.one(SCHEMAS));
	}

	/**
	 * Return permissions, of which some are removed or invalid.
	 */
	ObjectNode permissions() {
		ObjectNode permissions = MAPPER.createObjectNode();
		for (int i = this.json.number(3); i > 0; i--) {
			String name = this.json
				.one(List.of("read", "write", "read", "record:create", "collection:create", "group:create", "other"));
			permissions.set(name,
					MAPPER.readTree(this.json.one(List.of("null", "[]", "[\"system.Everyone\"]",
							"[\"{{user:bob}}\",\"{{user:bob}}\"]", "\"{{user:bob}}\"", "[1]", "[null]", "{}", "[\"\"]",
							"[\"/buckets/b1" + Step.NONCE + "/groups/g2\"]",
							"[\"system.Authenticated\",\"{{user:alice}}\"]"))));
		}
		return permissions;
	}

	/**
	 * Return a JSON patch.
	 */
	ArrayNode patch() {
		ArrayNode patch = MAPPER.createArrayNode();
		for (int i = 1 + this.json.number(3); i > 0; i--) {
			String op = this.json.one(List.of("add", "add", "replace", "remove", "move", "copy", "test"));
			ObjectNode operation = patch.addObject().put("op", op).put("path", pointer());
			switch (op) {
				case "add", "replace", "test" -> operation.set("value", value());
				case "move", "copy" -> operation.put("from", pointer());
				default -> operation.put("extra", 1);
			}
			if (this.json.chance(3)) {
				operation.without(this.json.one(List.of("op", "path", "value", "from")));
			}
		}
		return patch;
	}

	private String pointer() {
		return this.json.one(this.json.chance(12) ? RARE_POINTERS : POINTERS);
	}

}
