package io.kintospring.embedded.conformance;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Comparison of a response with the recorded one.
 */
final class Comparison {

	/**
	 * Headers that a response must not have if the recorded response does not have them.
	 */
	private static final List<String> COMPLETE_HEADERS = List.of("next-page", "etag", "last-modified", "total-objects",
			"total-records", "alert", "backoff", "retry-after", "location", "www-authenticate", "expires",
			"cache-control");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Set<String> UNORDERED_HEADERS = Set.of("allow", "access-control-allow-methods",
			"access-control-allow-headers");

	private final Placeholders placeholders;

	private final List<String> differences = new ArrayList<>();

	Comparison(Placeholders placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Compare a response.
	 * @param expected the recorded response
	 * @param numbers the numbers of the recorded body, whose texts must be the same
	 * @param actual the response of the server
	 * @return the differences, one per line
	 */
	List<String> compare(JsonNode expected, NumberTexts numbers, HttpResponse<String> actual) {
		if (expected.path("status").asInt() != actual.statusCode()) {
			this.differences.add("status: expected %s, was %d".formatted(expected.path("status"), actual.statusCode()));
		}
		headers("header ", expected.path("headers"), (name) -> actual.headers().firstValue(name).orElse(null));
		if (expected.path("empty").asBoolean(false)) {
			text("body", "", actual.body());
		}
		else if (expected.path("body").has("__text__")) {
			text("body", expected.path("body").path("__text__").asString(), actual.body());
		}
		else if (expected.has("body")) {
			json("body", expected.path("body"), parse(actual.body()));
			numbers(numbers, actual.body());
		}
		return this.differences;
	}

	private void headers(String path, JsonNode expected, Function<String, String> actual) {
		expected.forEachEntry((name, value) -> {
			String sent = actual.apply(name);
			if (sent == null || !headerMatches(name, value.asString(), sent)) {
				this.differences.add("%s%s: expected %s, was %s".formatted(path, name, value.asString(), sent));
			}
		});
		for (String name : COMPLETE_HEADERS) {
			String sent = actual.apply(name);
			if (sent != null && !expected.has(name)) {
				this.differences.add("%s%s: expected none, was %s".formatted(path, name, sent));
			}
		}
	}

	private boolean headerMatches(String name, String expected, String actual) {
		if (UNORDERED_HEADERS.contains(name)) {
			return names(expected).equals(names(actual));
		}
		if (name.equals("content-type")) {
			return expected.split(";")[0].equals(actual.split(";")[0]);
		}
		return this.placeholders.matches(expected, actual);
	}

	private static Set<String> names(String header) {
		return new HashSet<>(List.of(header.toLowerCase(Locale.ROOT).split(",\\s*")));
	}

	private void json(String path, JsonNode expected, JsonNode actual) {
		if (expected instanceof ObjectNode object && actual instanceof ObjectNode) {
			object(path, object, actual);
		}
		else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
			array(path, expected, actual);
		}
		else if (expected.isString() ? !this.placeholders.matches(expected, actual) : !same(expected, actual)) {
			this.differences.add("%s: expected %s, was %s".formatted(path, expected, actual));
		}
	}

	private void object(String path, ObjectNode expected, JsonNode actual) {
		expected.forEachEntry((name, value) -> {
			String below = path + "." + name;
			if (name.equals("headers") && path.contains(".responses[")) {
				Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
				actual.path(name).propertyStream().forEach((header) -> sent.put(header.getKey(), text(header)));
				headers(below + ".", value, sent::get);
			}
			else {
				json(below, value, actual.path(name));
			}
		});
		Set<String> unexpected = new HashSet<>(actual.propertyNames());
		unexpected.removeAll(expected.propertyNames());
		unexpected.forEach((name) -> this.differences
			.add("%s.%s: expected none, was %s".formatted(path, name, actual.path(name))));
	}

	private static String text(Map.Entry<String, JsonNode> header) {
		return header.getValue().asString();
	}

	private void array(String path, JsonNode expected, JsonNode actual) {
		if (path.endsWith(".principals") || path.matches(".*\\.permissions(\\.[^.\\[]+)?")) {
			if (!setMatches(expected, actual)) {
				this.differences.add("%s: expected %s, was %s".formatted(path, expected, actual));
			}
			return;
		}
		for (int i = 0; i < expected.size(); i++) {
			json(path + "[" + i + "]", expected.get(i), actual.get(i));
		}
	}

	private boolean setMatches(JsonNode expected, JsonNode actual) {
		List<JsonNode> left = new ArrayList<>(actual.values());
		return expected.valueStream()
			.allMatch((wanted) -> left.stream()
				.filter((candidate) -> this.placeholders.matches(wanted, candidate))
				.findFirst()
				.map(left::remove)
				.orElse(false));
	}

	private static boolean same(JsonNode expected, JsonNode actual) {
		return expected.equals((a, b) -> (a.isNumber() && b.isNumber()) ? a.decimalValue().compareTo(b.decimalValue())
				: (a.equals(b) ? 0 : 1), actual);
	}

	private void text(String path, String expected, String actual) {
		if (!this.placeholders.matches(expected, actual)) {
			this.differences.add("%s: expected '%s', was '%s'".formatted(path, expected, actual));
		}
	}

	private void numbers(NumberTexts expected, String body) {
		if (expected.byPointer().isEmpty() || !this.differences.isEmpty()) {
			return;
		}
		Map<String, String> actual = NumberTexts.of(body).byPointer();
		expected.byPointer()
			.forEach((pointer, text) -> text("number " + pointer, text, actual.getOrDefault(pointer, "")));
	}

	private static JsonNode parse(String body) {
		try {
			return MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			return MAPPER.getNodeFactory().stringNode(body);
		}
	}

}
