package io.kintospring.embedded.storage;

import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * Operators that a filter compares a field with.
 */
public enum Comparison {

	/**
	 * The field is less than the value.
	 */
	LT(ordered((order) -> order < 0)),

	/**
	 * The field is greater than or equal to the value.
	 */
	MIN(ordered((order) -> order >= 0)),

	/**
	 * The field is less than or equal to the value.
	 */
	MAX(ordered((order) -> order <= 0)),

	/**
	 * The field is not equal to the value.
	 */
	NOT((field, value) -> !JsonOrder.INSTANCE.equal(field, value)),

	/**
	 * The field is equal to the value.
	 */
	EQ(JsonOrder.INSTANCE::equal),

	/**
	 * The field is greater than the value.
	 */
	GT(ordered((order) -> order > 0)),

	/**
	 * The field is equal to one of the values.
	 */
	IN((field, values) -> contains(values, field)),

	/**
	 * The field is not equal to any of the values.
	 */
	EXCLUDE((field, values) -> !contains(values, field)),

	/**
	 * The field contains the value, ignoring case, or matches it if the value has
	 * wildcards. As in Kinto's memory backend, a field that is not a string cannot be
	 * compared.
	 */
	LIKE((field, value) -> like(value.asString()).test(text(field))),

	/**
	 * The field exists if the value is true, and does not exist otherwise.
	 */
	HAS((field, value) -> Fields.isTrue(value) != field.isMissingNode()),

	/**
	 * The field is an array that contains at least one of the values.
	 */
	CONTAINS_ANY((field, values) -> field.isArray() && values.valueStream().anyMatch((v) -> contains(field, v))),

	/**
	 * The field is an array that contains all the values.
	 */
	CONTAINS((field, values) -> field.isArray() && values.valueStream().allMatch((v) -> contains(field, v)));

	private final BiPredicate<JsonNode, JsonNode> test;

	Comparison(BiPredicate<JsonNode, JsonNode> test) {
		this.test = test;
	}

	/**
	 * Return the keyword of this operator in a query, such as {@code min}.
	 * @return the keyword
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
			throw new NotComparableException("The like filter requires a string field");
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
