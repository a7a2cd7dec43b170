package io.kintospring.embedded.storage;

import java.util.Comparator;

import tools.jackson.databind.JsonNode;

/**
 * Order of JSON values: null, strings, numbers, booleans, arrays, objects, and finally
 * missing values.
 */
final class JsonOrder implements Comparator<JsonNode> {

	static final JsonOrder INSTANCE = new JsonOrder();

	private JsonOrder() {
	}

	boolean equal(JsonNode left, JsonNode right) {
		return left.equals((a, b) -> (a.isNumber() && b.isNumber()) ? compareNumbers(a, b) : (a.equals(b) ? 0 : 1),
				right);
	}

	@Override
	public int compare(JsonNode left, JsonNode right) {
		int rank = rank(left);
		int difference = Integer.compare(rank, rank(right));
		if (difference != 0) {
			return difference;
		}
		return switch (rank) {
			case 1 -> left.asString().compareTo(right.asString());
			case 2 -> compareNumbers(left, right);
			case 3 -> Boolean.compare(left.asBoolean(), right.asBoolean());
			case 4 -> compareArrays(left, right);
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

	private static int compareNumbers(JsonNode left, JsonNode right) {
		if (left.isIntegralNumber() && right.isIntegralNumber() && left.canConvertToLong()
				&& right.canConvertToLong()) {
			return Long.compare(left.asLong(), right.asLong());
		}
		return left.decimalValue().compareTo(right.decimalValue());
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
