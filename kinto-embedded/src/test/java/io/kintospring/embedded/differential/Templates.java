package io.kintospring.embedded.differential;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversion of a server's responses into recorded ones, with placeholders for the values
 * that the server chose.
 */
final class Templates {

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private static final String TEXT = "{{text}}";

	private static final String ANY_TIME = "{{ts}}";

	private static final String UNKNOWN = "/";

	private static final Set<String> WORDS = Set.of("message", "description", "project_version", "version");

	private static final Set<String> TIMES = Set.of("last_modified", "schema");

	private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private static final Pattern ETAG = Pattern.compile("\"(-?\\d+)\"");

	/**
	 * Lists that other sequences change at the same time.
	 */
	private static final Set<String> SHARED = Set.of("/buckets", "/accounts");

	private final Map<String, String> replacements = new LinkedHashMap<>();

	private final Map<String, String> times = new HashMap<>();

	private final Map<String, String> urls = new HashMap<>();

	private int ids;

	/**
	 * Use a template for a value from now on.
	 * @param value the value of the server
	 * @param template the text in the recording
	 */
	void replace(String value, String template) {
		if (!value.isEmpty()) {
			this.replacements.putIfAbsent(value, template);
		}
	}

	/**
	 * Use a placeholder for an id that the server generated.
	 * @param id the id
	 */
	void generated(String id) {
		if (!this.replacements.containsKey(id)) {
			replace(id, "{{id:%d}}".formatted(++this.ids));
		}
	}

	/**
	 * Convert a text.
	 * @param text the text that the server sent
	 * @return the text with placeholders
	 */
	String text(String text) {
		String result = text;
		for (Map.Entry<String, String> replacement : this.replacements.entrySet()) {
			result = result.replace(replacement.getKey(), replacement.getValue());
		}
		Matcher unknown = UUID.matcher(result);
		if (unknown.find()) {
			generated(unknown.group());
			return text(result);
		}
		return result;
	}

	/**
	 * Convert the URL of a page.
	 * @param url the URL that the server sent
	 * @return the placeholder
	 */
	String url(String url) {
		return this.urls.computeIfAbsent(url, (key) -> "{{url:%d}}".formatted(this.urls.size() + 1));
	}

	/**
	 * Convert the version in an {@code ETag} header.
	 * @param etag the value of the header
	 * @param list the list that the version belongs to
	 * @return the value with placeholders
	 */
	String etag(String etag, String list) {
		Matcher matcher = ETAG.matcher(etag);
		if (!matcher.matches() || !isRecent(Long.parseLong(matcher.group(1)))) {
			return etag;
		}
		boolean foreign = SHARED.contains(list) && !this.times.containsKey(list + " " + matcher.group(1));
		return "\"%s\"".formatted(foreign ? ANY_TIME : time(list, matcher.group(1)));
	}

	/**
	 * Convert a response body.
	 * @param json the body
	 * @param list the list that the body describes, or contains an object of
	 * @return the body with placeholders
	 */
	JsonNode json(JsonNode json, String list) {
		if (json instanceof ObjectNode object) {
			ObjectNode result = JSON.objectNode();
			String target = object.has("target") ? list(text(object.path("uri").asString(UNKNOWN))) : list;
			object.forEachEntry((name, value) -> result.set(text(name),
					member(name, value, name.equals("target") ? target : list)));
			return result;
		}
		if (json instanceof ArrayNode array) {
			ArrayNode result = JSON.arrayNode();
			array.forEach((value) -> result.add(json(value, list)));
			return result;
		}
		return json.isString() ? JSON.stringNode(text(json.asString())) : json;
	}

	private JsonNode member(String name, JsonNode value, String list) {
		if (TIMES.contains(name) && value.isIntegralNumber() && isRecent(value.asLong(0))) {
			String owner = name.equals("schema") ? parent(list) : list;
			return JSON.stringNode(time(owner, value.asString()));
		}
		if (!value.isString() || value.asString().isEmpty()) {
			return json(value, list);
		}
		String word = word(name, value.asString());
		return (word != null) ? JSON.stringNode(word) : json(value, list);
	}

	private static @Nullable String word(String name, String value) {
		if (WORDS.contains(name)) {
			return TEXT;
		}
		if (name.equals("date")) {
			return "{{iso-date}}";
		}
		return (name.equals("password") && value.startsWith("$2")) ? "{{bcrypt}}" : null;
	}

	private String time(String list, String time) {
		return list.equals(UNKNOWN) ? ANY_TIME
				: this.times.computeIfAbsent(list + " " + time, (key) -> "{{ts:%d}}".formatted(this.times.size() + 1));
	}

	/**
	 * Return whether the server chose a timestamp. Those of the clients are far away.
	 */
	private static boolean isRecent(long time) {
		return Math.abs(time - System.currentTimeMillis()) < Duration.ofDays(1).toMillis();
	}

	/**
	 * Return the list that a path belongs to.
	 * @param path the path of a list or an object, below the root of the API
	 * @return the path of the list
	 */
	static String list(String path) {
		String plain = path.replaceFirst("[?].*", "").replaceFirst("^/v1/", "/").replaceFirst("/attachment$", "");
		List<String> parts = Arrays.stream(plain.split("/")).filter((part) -> !part.isEmpty()).toList();
		boolean object = !parts.isEmpty() && parts.size() % 2 == 0;
		return "/" + String.join("/", object ? parts.subList(0, parts.size() - 1) : parts);
	}

	private static String parent(String list) {
		return list(list.replaceFirst("/[^/]+$", ""));
	}

}
