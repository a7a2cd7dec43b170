package io.kintospring.embedded.differential;

import java.util.List;
import java.util.Random;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Source of random JSON: the data of objects, permissions, patches and schemas.
 */
final class RandomJson {

	static final List<String> NAMES = List.of("a", "a", "b", "n", "s", "o", "l");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final List<String> VALUES = List.of("null", "true", "false", "0", "1", "1", "2", "-1", "10", "1.5",
			"1.0", "-0.5", "1e3", "9007199254740993", "\"\"", "\"a\"", "\"A\"", "\"b\"", "\"ab\"", "\"aB\"", "\"a b\"",
			"\"1\"", "\"10\"", "\"9\"", "\"true\"", "\"null\"", "\"é\"", "\"e\"", "\"ß\"", "\"Z\"", "\"a%\"", "\"a_b\"",
			"\"a*b\"", "\"😀\"", "\"'\"", "\"[]\"", "[]", "[1]", "[\"a\"]", "[\"a\",\"b\"]", "[1,\"a\"]", "[null]",
			"[[]]", "[{\"x\":1}]", "[2,1]", "[1,2,3]", "{}", "{\"x\":1}", "{\"x\":\"a\"}", "{\"x\":null}", "{\"y\":2}",
			"{\"x\":1,\"y\":2}", "{\"x\":{\"y\":\"a\"}}", "{\"x\":{\"y\":1}}", "{\"x\":[1]}");

	private static final List<String> NUMBERS = List.of("0", "1", "1", "2", "3", "-1", "1.5", "10");

	private static final List<String> TEXTS = List.of("\"\"", "\"a\"", "\"A\"", "\"b\"", "\"ab\"", "\"a b\"", "\"1\"",
			"\"10\"", "\"9\"", "\"é\"", "\"Z\"", "\"a%\"", "\"a_b\"");

	private static final List<String> OBJECTS = List.of("{}", "{\"x\":1}", "{\"x\":2}", "{\"x\":\"a\"}",
			"{\"x\":{\"y\":1}}", "{\"x\":{\"y\":\"a\"}}", "{\"y\":1}", "{\"x\":null,\"y\":true}");

	private static final List<String> LISTS = List.of("[]", "[1]", "[1,2]", "[\"a\"]", "[\"a\",\"b\"]", "[\"b\"]",
			"[1,\"a\",null]", "[[1]]", "[{\"x\":1}]");

	private static final List<String> PRINCIPALS = List.of("{{user:bob}}", "{{user:bob}}", "{{user:alice}}",
			"system.Everyone", "system.Authenticated", "/buckets/b1" + Step.NONCE + "/groups/g1", "account:nobody");

	private static final List<String> SCHEMAS = List.of(
			"{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"number\"}}}",
			"{\"type\":\"object\",\"required\":[\"s\"]}",
			"{\"type\":\"object\",\"properties\":{\"s\":{\"type\":\"string\",\"minLength\":1}},\"required\":[\"n\"]}",
			"{\"type\":\"object\",\"properties\":{\"n\":{\"minimum\":1},\"l\":{\"type\":\"array\",\"maxItems\":1}}}",
			"{\"properties\":{\"a\":{\"enum\":[1,\"a\",null]}}}", "{}",
			"{\"properties\":{\"o\":{\"type\":\"object\",\"required\":[\"x\"]}}}");

	private static final List<String> BAD_SCHEMAS = List.of("{\"type\":\"thing\"}", "1", "{\"required\":\"s\"}");

	private final Random random;

	RandomJson(Random random) {
		this.random = random;
	}

	boolean chance(int percent) {
		return this.random.nextInt(100) < percent;
	}

	int number(int bound) {
		return this.random.nextInt(bound);
	}

	<T> T one(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	/**
	 * Return a value that a field with the name has. Some fields have one type only.
	 */
	JsonNode value(String name) {
		return parse(one(switch (name) {
			case "n" -> NUMBERS;
			case "s" -> TEXTS;
			case "o" -> OBJECTS;
			case "l" -> LISTS;
			default -> VALUES;
		}));
	}

	ObjectNode data() {
		ObjectNode data = MAPPER.createObjectNode();
		for (int i = number(5); i > 0; i--) {
			String name = one(NAMES);
			data.set(name, value(name));
		}
		return data;
	}

	/**
	 * Return the data of an object of a resource.
	 * @param resource the name of the list, such as {@code records}
	 */
	ObjectNode data(String resource) {
		ObjectNode data = data();
		if (resource.equals("groups")) {
			ArrayNode members = data.putArray("members");
			for (int i = number(3); i > 0; i--) {
				members.add(one(List.of("{{user:bob}}", "{{user:bob}}", "{{user:alice}}", "account:nobody",
						"system.Authenticated")));
			}
		}
		if (resource.equals("collections") && chance(5)) {
			data.put("cache_expires", number(2) * 60);
		}
		if (chance(4)) {
			data.put("last_modified", one(List.of(1000, 2000, 3000)));
		}
		return data;
	}

	JsonNode schema() {
		return parse(one(chance(10) ? BAD_SCHEMAS : SCHEMAS));
	}

	/**
	 * Return permissions for an object of a resource.
	 */
	ObjectNode permissions(String resource) {
		List<String> names = switch (resource) {
			case "buckets" -> List.of("read", "write", "read", "collection:create", "group:create");
			case "collections" -> List.of("read", "write", "read", "record:create");
			default -> List.of("read", "write", "read");
		};
		ObjectNode permissions = MAPPER.createObjectNode();
		for (int i = number(3); i > 0; i--) {
			ArrayNode principals = permissions.putArray(one(names));
			for (int j = number(3); j > 0; j--) {
				principals.add(one(PRINCIPALS));
			}
		}
		return permissions;
	}

	/**
	 * Return a JSON patch.
	 */
	ArrayNode patch() {
		ArrayNode patch = MAPPER.createArrayNode();
		for (int i = 1 + number(3); i > 0; i--) {
			String name = one(NAMES);
			switch (number(9)) {
				case 0, 1 -> operation(patch, "add", "/data/" + name).set("value", value(name));
				case 2 -> operation(patch, "replace", "/data/" + name).set("value", value(name));
				case 3 -> operation(patch, "remove", "/data/" + one(List.of(name, "o/x", "l/0")));
				case 4 -> operation(patch, "test", "/data/" + name).set("value", value(name));
				case 5 ->
					operation(patch, one(List.of("move", "copy")), "/data/" + one(NAMES)).put("from", "/data/" + name);
				case 6 -> operation(patch, "add", one(List.of("/data/l/-", "/data/l/0", "/data/o/x", "/data/a/b")))
					.set("value", value("a"));
				case 7 -> operation(patch, "add", "/permissions/" + one(List.of("read", "write")) + "/" + one(
						List.of("system.Everyone", "{{user:bob}}", "~1buckets~1b1" + Step.NONCE + "~1groups~1g1")));
				default -> operation(patch, "remove",
						"/permissions/" + one(List.of("read", "write")) + "/" + one(PRINCIPALS).replace("/", "~1"));
			}
		}
		return patch;
	}

	private static ObjectNode operation(ArrayNode patch, String op, String path) {
		return patch.addObject().put("op", op).put("path", path);
	}

	private static JsonNode parse(String json) {
		return MAPPER.readTree(json);
	}

}
