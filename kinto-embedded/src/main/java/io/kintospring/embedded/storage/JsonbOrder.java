package io.kintospring.embedded.storage;

import java.util.Comparator;
import java.util.List;

import io.kintospring.embedded.json.ExactNumbers;
import io.kintospring.embedded.json.StoredNames;
import tools.jackson.databind.JsonNode;

/**
 * Order of PostgreSQL's type {@code jsonb}: null, strings, numbers, booleans, arrays and
 * objects, with missing values at the end. The empty array comes first, except within
 * other values.
 */
final class JsonbOrder implements Comparator<JsonNode> {

	private final Comparator<String> texts;

	/**
	 * Create an order.
	 * @param texts the order of texts
	 */
	JsonbOrder(Comparator<String> texts) {
		this.texts = texts;
	}

	@Override
	public int compare(JsonNode left, JsonNode right) {
		int difference = Boolean.compare(isEmptyArray(right), isEmptyArray(left));
		return (difference != 0) ? difference : compareNested(left, right);
	}

	private int compareNested(JsonNode left, JsonNode right) {
		int difference = JsonOrder.compareTypes(left, right);
		if (difference == 0) {
			difference = Integer.compare(left.size(), right.size());
		}
		if (difference != 0) {
			return difference;
		}
		return switch (left.getNodeType()) {
			case STRING -> this.texts.compare(left.asString(), right.asString());
			case NUMBER -> ExactNumbers.compare(left, right);
			case BOOLEAN -> Boolean.compare(left.asBoolean(), right.asBoolean());
			case ARRAY -> compareArrays(left, right);
			case OBJECT -> compareObjects(left, right);
			default -> 0;
		};
	}

	private int compareArrays(JsonNode left, JsonNode right) {
		int difference = 0;
		for (int i = 0; i < left.size() && difference == 0; i++) {
			difference = compareNested(left.get(i), right.get(i));
		}
		return difference;
	}

	private int compareObjects(JsonNode left, JsonNode right) {
		List<String> leftNames = StoredNames.of(left);
		List<String> rightNames = StoredNames.of(right);
		int difference = 0;
		for (int i = 0; i < leftNames.size() && difference == 0; i++) {
			difference = this.texts.compare(leftNames.get(i), rightNames.get(i));
			if (difference == 0) {
				difference = compareNested(left.path(leftNames.get(i)), right.path(rightNames.get(i)));
			}
		}
		return difference;
	}

	private static boolean isEmptyArray(JsonNode value) {
		return value.isArray() && value.isEmpty();
	}

}
