package io.kintospring.embedded.storage;

import java.util.Comparator;

import io.kintospring.embedded.json.ExactNumbers;
import tools.jackson.databind.JsonNode;

/**
 * Order of JSON values in Kinto's memory backend: null, strings, numbers, booleans,
 * arrays, objects, and finally missing values.
 */
final class JsonOrder implements Comparator<JsonNode> {

	static final JsonOrder INSTANCE = new JsonOrder();

	private JsonOrder() {
	}

	boolean equal(JsonNode left, JsonNode right) {
		return left.equals(
				(a, b) -> (a.isNumber() && b.isNumber()) ? ExactNumbers.compare(a, b) : (a.equals(b) ? 0 : 1), right);
	}

	@Override
	public int compare(JsonNode left, JsonNode right) {
		int difference = compareTypes(left, right);
		if (difference != 0) {
			return difference;
		}
		return switch (left.getNodeType()) {
			case STRING -> TextOrder.CODE_POINTS.compare(left.asString(), right.asString());
			case NUMBER -> ExactNumbers.compare(left, right);
			case BOOLEAN -> Boolean.compare(left.asBoolean(), right.asBoolean());
			case ARRAY -> compareArrays(left, right);
			default -> 0;
		};
	}

	private int compareArrays(JsonNode left, JsonNode right) {
		int size = Math.min(left.size(), right.size());
		for (int i = 0; i < size; i++) {
			int difference = compare(left.get(i), right.get(i));
			if (difference != 0) {
				return difference;
			}
		}
		return Integer.compare(left.size(), right.size());
	}

	static int compareTypes(JsonNode left, JsonNode right) {
		return Integer.compare(rank(left), rank(right));
	}

	private static int rank(JsonNode value) {
		return switch (value.getNodeType()) {
			case NULL -> 0;
			case STRING -> 1;
			case NUMBER -> 2;
			case BOOLEAN -> 3;
			case ARRAY -> 4;
			case OBJECT -> 5;
			default -> 6;
		};
	}

}
