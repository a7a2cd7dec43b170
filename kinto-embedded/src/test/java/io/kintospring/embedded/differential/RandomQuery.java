package io.kintospring.embedded.differential;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Source of random queries for lists.
 */
final class RandomQuery {

	static final List<String> OPERATORS = List.of("", "eq_", "not_", "lt_", "gt_", "min_", "max_", "in_", "exclude_",
			"has_", "like_", "contains_", "contains_any_");

	private static final List<String> FIELDS = List.of("a", "a", "b", "n", "n", "s", "s", "o", "o.x", "o.x.y", "l", "l",
			"missing", "a.x");

	private static final List<String> PATTERNS = List.of("a", "A", "b", "*", "a*", "*b", "a*b", "%", "_", "é", "E",
			"\"1\"", "*1*", "\"\"", " ", "\"a b\"", "[a]", "\"a_b\"", "a%", ".", "\"true\"");

	private final RandomJson json;

	RandomQuery(RandomJson json) {
		this.json = json;
	}

	/**
	 * Return a query.
	 * @param ids the ids of the objects in the list
	 * @param versions texts of versions to compare with
	 * @return the encoded query, with its question mark, or an empty text
	 */
	String next(List<String> ids, List<String> versions) {
		List<String> parameters = new ArrayList<>();
		for (int i = this.json.number(3); i > 0; i--) {
			parameters.add(filter(ids));
		}
		if (this.json.chance(55)) {
			parameters.add("_sort=" + encode(sort()));
		}
		if (this.json.chance(35)) {
			parameters.add("_limit=" + this.json.one(List.of("1", "2", "2", "3", "100", "0")));
		}
		if (this.json.chance(20)) {
			parameters.add("_fields=" + this.json.one(List.of("a", "a,n", "id", "o.x", "o", "last_modified", "missing",
					"s,deleted", "o.x,o", "o.x,o.y")));
		}
		if (this.json.chance(15)) {
			parameters.add(this.json
				.one(List.of("_since=", "_since=", "_before=", "gt_last_modified=", "min_last_modified=",
						"lt_last_modified=", "max_last_modified=", "last_modified=", "not_last_modified="))
					+ this.json.one(versions));
		}
		if (this.json.chance(4)) {
			parameters.add("deleted=" + this.json.one(List.of("true", "false")));
		}
		Set<String> names = new HashSet<>();
		parameters.removeIf((parameter) -> !names.add(parameter.replaceFirst("=.*", "")));
		return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
	}

	private String sort() {
		return IntStream.rangeClosed(0, this.json.number(3))
			.mapToObj((i) -> this.json.one(List.of("", "-"))
					+ (this.json.chance(20) ? this.json.one(List.of("id", "last_modified")) : this.json.one(FIELDS)))
			.distinct()
			.collect(Collectors.joining(","));
	}

	private String filter(List<String> ids) {
		String operator = this.json.one(OPERATORS);
		if (this.json.chance(12)) {
			return idFilter(ids);
		}
		String field = this.json.one(FIELDS);
		return operator + field + "=" + encode(value(operator, field));
	}

	private String idFilter(List<String> ids) {
		return switch (this.json.number(5)) {
			case 0 -> "in_id=" + this.json.one(ids) + "," + this.json.one(ids);
			case 1 -> "exclude_id=" + this.json.one(ids) + "," + this.json.one(ids);
			case 2 -> "like_id=" + this.json.one(List.of("r", "1", "*1", "c*"));
			case 3 -> this.json.one(List.of("min_id=", "gt_id=", "lt_id=", "max_id=")) + this.json.one(ids);
			default -> this.json.one(List.of("id=", "not_id=", "eq_id=")) + this.json.one(ids);
		};
	}

	private String value(String operator, String field) {
		return switch (operator) {
			case "has_" -> this.json.one(List.of("true", "false"));
			case "like_" -> this.json.one(PATTERNS);
			case "in_",
					"exclude_" ->
				IntStream.range(0, this.json.number(4))
					.mapToObj((i) -> this.json.value(field).toString())
					.filter((value) -> !value.contains(","))
					.collect(Collectors.joining(","));
			case "contains_", "contains_any_" ->
				this.json.chance(70) ? this.json.value("l").toString() : this.json.value("a").toString();
			default -> this.json.chance(15) ? this.json.one(List.of("a", "ab", "1e3", "é", "nothing", ""))
					: this.json.value(field).toString();
		};
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
