package io.kintospring.embedded.storage;

import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * How a filter compares a field of an object with a value.
 */
public enum Comparison {

	/**
	 * Less than the value.
	 */
	LT(ordered((order) -> order < 0)),

	/**
	 * At least the value.
	 */
	MIN(ordered((order) -> order >= 0)),

	/**
	 * At most the value.
	 */
	MAX(ordered((order) -> order <= 0)),

	/**
	 * Not the value.
	 */
	NOT((field, value) -> !JsonOrder.INSTANCE.equal(field, value)),

	/**
	 * The value.
	 */
	EQ(JsonOrder.INSTANCE::equal),

	/**
	 * Greater than the value.
	 */
	GT(ordered((order) -> order > 0)),

	/**
	 * One of the values.
	 */
	IN((field, values) -> contains(values, field)),

	/**
	 * None of the values.
	 */
	EXCLUDE((field, values) -> !contains(values, field)),

	/**
	 * A text like the value, which may have wildcards. As in Kinto on memory, an object
	 * whose field is no text can't be compared.
	 */
	LIKE((field, value) -> like(value.asString()).test(text(field))),

	/**
	 * There, or not there.
	 */
	HAS((field, value) -> Fields.isTrue(value) != field.isMissingNode()),

	/**
	 * An array with at least one of the values.
	 */
	CONTAINS_ANY((field, values) -> field.isArray() && values.valueStream().anyMatch((v) -> contains(field, v))),

	/**
	 * An array with all the values.
	 */
	CONTAINS((field, values) -> field.isArray() && values.valueStream().allMatch((v) -> contains(field, v)));

	private final BiPredicate<JsonNode, JsonNode> test;

	Comparison(BiPredicate<JsonNode, JsonNode> test) {
		this.test = test;
	}

	/**
	 * The comparison's word in a query, as in <code>min</code>.
	 * @return the word
	 */
	public String keyword() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean test(JsonNode field, JsonNode value) {
		return this.test.test(field, value);
	}

	private static BiPredicate<JsonNode, JsonNode> ordered(Predicate<Integer> accepted) {
		return (field, value) -> accepted.test(JsonOrder.INSTANCE.compare(field, value));
	}

	private static boolean contains(JsonNode values, JsonNode wanted) {
		return values.valueStream().anyMatch((value) -> JsonOrder.INSTANCE.equal(value, wanted));
	}

	private static String text(JsonNode field) {
		if (!field.isString()) {
			throw new NotComparableException("Only texts can be like a text");
		}
		return field.asString();
	}

	private static Predicate<String> like(String value) {
		String pattern = value.contains("*") ? value : "*" + value + "*";
		String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
			.asMatchPredicate();
	}

}
