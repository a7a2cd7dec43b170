package io.kintospring.embedded.schema;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

import com.networknt.schema.keyword.Keyword;
import io.kintospring.embedded.json.ExactNumbers;
import io.kintospring.embedded.json.JsonEquality;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keywords that concern a value without its parts, such as {@code maximum}. They see
 * numbers, texts and equality as Python does.
 */
final class Assertions {

	private static final Map<String, Function<JsonNode, Predicate<JsonNode>>> ASSERTIONS = new HashMap<>();

	static {
		ASSERTIONS.put("enum", Assertions::isOneOf);
		ASSERTIONS.put("const", (value) -> isOneOf(List.of(value)));
		ASSERTIONS.put("multipleOf", Assertions::multipleOf);
		ASSERTIONS.put("maximum", (value) -> number((number) -> ExactNumbers.compare(number, value) <= 0));
		ASSERTIONS.put("exclusiveMaximum", (value) -> number((number) -> ExactNumbers.compare(number, value) < 0));
		ASSERTIONS.put("minimum", (value) -> number((number) -> ExactNumbers.compare(number, value) >= 0));
		ASSERTIONS.put("exclusiveMinimum", (value) -> number((number) -> ExactNumbers.compare(number, value) > 0));
		ASSERTIONS.put("maxLength", (value) -> ifMatching(JsonNode::isString, atMost(value, Assertions::length)));
		ASSERTIONS.put("minLength", (value) -> ifMatching(JsonNode::isString, atLeast(value, Assertions::length)));
		ASSERTIONS.put("maxItems", (value) -> ifMatching(JsonNode::isArray, atMost(value, JsonNode::size)));
		ASSERTIONS.put("minItems", (value) -> ifMatching(JsonNode::isArray, atLeast(value, JsonNode::size)));
		ASSERTIONS.put("maxProperties", (value) -> ifMatching(JsonNode::isObject, atMost(value, JsonNode::size)));
		ASSERTIONS.put("minProperties", (value) -> ifMatching(JsonNode::isObject, atLeast(value, JsonNode::size)));
		ASSERTIONS.put("pattern", Assertions::pattern);
		ASSERTIONS.put("required", (value) -> ifMatching(JsonNode::isObject, hasAll(value)));
		ASSERTIONS.put("uniqueItems", Assertions::uniqueItems);
	}

	private Assertions() {
	}

	/**
	 * Return a keyword.
	 * @param name the name
	 * @param integral whether only numbers without a decimal point are integers
	 * @return the keyword, or {@code null} if it is none of this class
	 */
	static @Nullable Keyword keyword(String name, boolean integral) {
		if (name.equals("type")) {
			return keyword(name, (value) -> type(value, integral));
		}
		Function<JsonNode, Predicate<JsonNode>> assertion = ASSERTIONS.get(name);
		return (assertion != null) ? keyword(name, assertion) : null;
	}

	static Keyword keyword(String name, Function<JsonNode, Predicate<JsonNode>> assertion) {
		return new KintoKeyword(name,
				(occurrence) -> new AssertionValidator(occurrence, assertion.apply(occurrence.value())));
	}

	/**
	 * Return the predicate of the keyword {@code type}.
	 * @param value the name of a type, or a list of names
	 * @param integral whether only numbers without a decimal point are integers
	 * @return the predicate
	 */
	static Predicate<JsonNode> type(JsonNode value, boolean integral) {
		List<JsonNode> names = value.isArray() ? value.valueStream().toList() : List.of(value);
		return (instance) -> names.stream().anyMatch((name) -> isOfType(instance, name.asString(""), integral));
	}

	/**
	 * Return the predicate for objects that have all fields.
	 * @param names the names of the fields
	 * @return the predicate
	 */
	static Predicate<JsonNode> hasAll(JsonNode names) {
		return (instance) -> names.valueStream().allMatch((name) -> instance.has(name.asString()));
	}

	private static boolean isOfType(JsonNode instance, String type, boolean integral) {
		return switch (type) {
			case "object" -> instance.isObject();
			case "array" -> instance.isArray();
			case "string" -> instance.isString();
			case "boolean" -> instance.isBoolean();
			case "null" -> instance.isNull();
			case "number" -> instance.isNumber();
			case "integer" -> instance.isIntegralNumber() || (!integral && instance.isNumber() && isIntegral(instance));
			default -> false;
		};
	}

	private static boolean isIntegral(JsonNode number) {
		return !ExactNumbers.isInfinite(number) && number.decimalValue().stripTrailingZeros().scale() <= 0;
	}

	private static Predicate<JsonNode> ifMatching(Predicate<JsonNode> type, Predicate<JsonNode> assertion) {
		return type.negate().or(assertion);
	}

	private static Predicate<JsonNode> number(Predicate<JsonNode> assertion) {
		return ifMatching(JsonNode::isNumber, assertion);
	}

	private static Predicate<JsonNode> atMost(JsonNode limit, ToIntFunction<JsonNode> size) {
		BigDecimal max = limit.decimalValue();
		return (instance) -> BigDecimal.valueOf(size.applyAsInt(instance)).compareTo(max) <= 0;
	}

	private static Predicate<JsonNode> atLeast(JsonNode limit, ToIntFunction<JsonNode> size) {
		BigDecimal min = limit.decimalValue();
		return (instance) -> BigDecimal.valueOf(size.applyAsInt(instance)).compareTo(min) >= 0;
	}

	private static int length(JsonNode text) {
		return text.asString().codePointCount(0, text.asString().length());
	}

	private static Predicate<JsonNode> isOneOf(Iterable<JsonNode> values) {
		Set<Object> keys = new HashSet<>();
		values.forEach((value) -> keys.add(JsonEquality.key(value)));
		return (instance) -> keys.contains(JsonEquality.key(instance));
	}

	private static Predicate<JsonNode> uniqueItems(JsonNode value) {
		if (!value.asBoolean(false)) {
			return (instance) -> true;
		}
		return ifMatching(JsonNode::isArray, (instance) -> {
			Set<Object> keys = new HashSet<>();
			return instance.valueStream().allMatch((item) -> keys.add(JsonEquality.key(item)));
		});
	}

	private static Predicate<JsonNode> pattern(JsonNode value) {
		Pattern pattern = PythonPattern.compile(value.asString());
		return ifMatching(JsonNode::isString, (instance) -> pattern.matcher(instance.asString()).find());
	}

	/**
	 * As in Python, numbers are doubles if the divisor is, unless the quotient is too
	 * large.
	 */
	static Predicate<JsonNode> multipleOf(JsonNode divisor) {
		return number((instance) -> {
			if (ExactNumbers.isInfinite(instance)) {
				return false;
			}
			double quotient = instance.doubleValue() / divisor.doubleValue();
			if (!divisor.isIntegralNumber() && Double.isFinite(quotient)) {
				return quotient == Math.rint(quotient);
			}
			if (divisor.isIntegralNumber() && !instance.isIntegralNumber()) {
				return instance.doubleValue() % divisor.doubleValue() == 0;
			}
			return instance.decimalValue().remainder(divisor.decimalValue()).signum() == 0;
		});
	}

}
