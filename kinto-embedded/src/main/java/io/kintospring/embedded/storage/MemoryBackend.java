package io.kintospring.embedded.storage;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Predicate;

import io.kintospring.embedded.json.Doubles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Behavior of Kinto's memory backend, without most of its bugs.
 */
final class MemoryBackend implements Backend {

	static final MemoryBackend INSTANCE = new MemoryBackend();

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final JsonOrder ORDER = JsonOrder.INSTANCE;

	private MemoryBackend() {
	}

	@Override
	public Function<ObjectNode, JsonNode> field(String path) {
		return (object) -> Fields.find(object, path);
	}

	@Override
	public Comparator<JsonNode> order(String path) {
		return ORDER;
	}

	@Override
	public Predicate<ObjectNode> condition(Filter filter) {
		Predicate<JsonNode> test = test(filter.comparison(), filter.value());
		return (object) -> test.test(Fields.find(object, filter.field()));
	}

	/**
	 * Return the object as it is after it was written as JSON and read again.
	 */
	@Override
	public ObjectNode written(ObjectNode data) {
		return (ObjectNode) reread(data);
	}

	@Override
	public ObjectNode kept(ObjectNode written) {
		return written;
	}

	private static Predicate<JsonNode> test(Comparison comparison, JsonNode value) {
		return switch (comparison) {
			case EQ -> (field) -> ORDER.equal(field, value);
			case NOT -> (field) -> !ORDER.equal(field, value);
			case LT, MAX, MIN, GT -> (field) -> comparison.accepts(ORDER.compare(field, value));
			case IN -> (field) -> contains(value, field);
			case EXCLUDE -> (field) -> !contains(value, field);
			case HAS -> (field) -> Fields.isTrue(value) != field.isMissingNode();
			case CONTAINS ->
				(field) -> field.isArray() && value.valueStream().allMatch((wanted) -> contains(field, wanted));
			case CONTAINS_ANY ->
				(field) -> field.isArray() && value.valueStream().anyMatch((wanted) -> contains(field, wanted));
			case LIKE -> {
				LikePattern pattern = LikePattern.ofKinto(value.asString());
				yield (field) -> pattern.test(text(field));
			}
		};
	}

	private static boolean contains(JsonNode values, JsonNode wanted) {
		return values.valueStream().anyMatch((value) -> ORDER.equal(value, wanted));
	}

	private static String text(JsonNode field) {
		if (!field.isString()) {
			throw BackendException.failed("The like filter requires a string field");
		}
		return field.asString();
	}

	private static JsonNode reread(JsonNode value) {
		if (value instanceof ObjectNode object) {
			ObjectNode copy = NODES.objectNode();
			object.forEachEntry((name, element) -> copy.set(name, reread(element)));
			return copy;
		}
		if (value instanceof ArrayNode array) {
			ArrayNode copy = NODES.arrayNode();
			array.forEach((element) -> copy.add(reread(element)));
			return copy;
		}
		boolean large = value.isBigInteger() && value.bigIntegerValue().bitLength() > Long.SIZE;
		return (value.isDouble() || large) ? NODES.numberNode(reread(value.numberValue().doubleValue())) : value;
	}

	private static double reread(double value) {
		if (Double.isInfinite(value)) {
			throw BackendException.failed("An infinite number is not JSON");
		}
		return Doubles.reread(value);
	}

}
