package io.kintospring.embedded.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Placeholders for values that a server chooses, with the values that are already known.
 */
public final class Placeholders {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)(:[^}]+)?}}");

	private static final Map<String, String> KINDS = Map.of("ts", "-?\\d+", "id", "[a-zA-Z0-9][a-zA-Z0-9_-]*", "url",
			"http://\\S+", "text", "(?s:.+)", "http-date", "\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT",
			"iso-date", "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}.*", "bcrypt", "\\$2[aby]\\$\\d\\d\\$.{53}");

	private final Map<String, String> values = new HashMap<>();

	/**
	 * Set the value of a placeholder.
	 * @param name the placeholder, with its braces
	 * @param value the value
	 */
	public void bind(String name, String value) {
		this.values.put(name, value);
	}

	/**
	 * Return whether all placeholders in a text have a value.
	 * @param text the text
	 * @return whether the text can be resolved
	 */
	public boolean isBound(String text) {
		return PLACEHOLDER.matcher(text).results().map(MatchResult::group).allMatch(this.values::containsKey);
	}

	boolean matches(JsonNode expected, JsonNode actual) {
		String text = expected.asString();
		boolean timestamp = text.matches("\\{\\{ts(:\\d+)?}}");
		return (timestamp ? actual.isIntegralNumber() : actual.isString()) && matches(text, actual.asString());
	}

	/**
	 * Compare two texts, and bind new placeholders.
	 * @param expected the text with placeholders
	 * @param actual the text that the server sends
	 * @return whether the texts match
	 */
	boolean matches(String expected, String actual) {
		Map<String, Integer> groups = new HashMap<>();
		Matcher actualMatcher = Pattern.compile(regex(expected, groups)).matcher(actual);
		if (!actualMatcher.matches()) {
			return false;
		}
		for (Map.Entry<String, Integer> group : groups.entrySet()) {
			String value = actualMatcher.group(group.getValue());
			if (this.values.containsValue(value)) {
				return false;
			}
			bind(group.getKey(), value);
		}
		return true;
	}

	/**
	 * Replace all placeholders by their values.
	 * @param json the JSON value
	 * @return a copy of the value; the texts {@code {{ts:1}}} and {@code {{etag:1}}}
	 * become numbers
	 * @throws IllegalStateException if a placeholder has no value
	 */
	public JsonNode resolve(JsonNode json) {
		if (json instanceof ObjectNode object) {
			ObjectNode resolved = object.objectNode();
			object.forEachEntry((name, value) -> resolved.set(name, resolve(value)));
			return resolved;
		}
		if (json instanceof ArrayNode array) {
			ArrayNode resolved = array.arrayNode();
			array.forEach((value) -> resolved.add(resolve(value)));
			return resolved;
		}
		if (!json.isString()) {
			return json;
		}
		String resolved = resolve(json.asString());
		boolean timestamp = json.asString().matches("\\{\\{(ts|etag):\\d+}}") && resolved.matches("-?\\d+");
		return timestamp ? JsonNodeFactory.instance.numberNode(Long.parseLong(resolved))
				: JsonNodeFactory.instance.stringNode(resolved);
	}

	String resolve(String text) {
		return PLACEHOLDER.matcher(text).replaceAll((match) -> Matcher.quoteReplacement(value(match)));
	}

	private String value(MatchResult placeholder) {
		String name = placeholder.group();
		if (!this.values.containsKey(name)) {
			throw new IllegalStateException("Unbound placeholder " + name);
		}
		return this.values.get(name);
	}

	private String regex(String template, Map<String, Integer> groups) {
		StringBuilder regex = new StringBuilder();
		Matcher matcher = PLACEHOLDER.matcher(template);
		int end = 0;
		while (matcher.find()) {
			regex.append(Pattern.quote(template.substring(end, matcher.start())));
			end = matcher.end();
			String name = matcher.group();
			String kind = KINDS.get(matcher.group(1));
			if (this.values.containsKey(name)) {
				regex.append(Pattern.quote(this.values.get(name)));
			}
			else if (groups.containsKey(name)) {
				regex.append('\\').append(groups.get(name));
			}
			else if (kind == null) {
				throw new IllegalStateException("Unbound placeholder " + name);
			}
			else if (matcher.group(2) == null) {
				regex.append("(?:").append(kind).append(')');
			}
			else {
				groups.put(name, groups.size() + 1);
				regex.append('(').append(kind).append(')');
			}
		}
		return regex.append(Pattern.quote(template.substring(end))).toString();
	}

}
