package io.kintospring.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kintospring.json.KintoJson;
import io.kintospring.json.ServerFields;
import io.kintospring.query.KintoField;
import io.kintospring.query.KintoFilter;
import io.kintospring.query.KintoFilter.Comparison;
import io.kintospring.query.KintoFilter.Operator;
import io.kintospring.query.KintoOrder;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * Encodes a {@link KintoQuery} as the query of a URL. Kinto reads prefixes of names as
 * operators, and values as JSON if possible. Queries that it would misread are rejected.
 */
final class QueryEncoder {

	private static final Set<String> RAW_VERSION_FILTERS = Set.of("_since", "_before", "_to");

	private static final String HAS = "has_";

	private static final String NULL = "\0";

	private static final Map<Operator, String> PREFIXES = Map.ofEntries(Map.entry(Operator.IS, "eq_"),
			Map.entry(Operator.NOT, "not_"), Map.entry(Operator.MIN, "min_"), Map.entry(Operator.MAX, "max_"),
			Map.entry(Operator.GREATER_THAN, "gt_"), Map.entry(Operator.LESS_THAN, "lt_"),
			Map.entry(Operator.IN, "in_"), Map.entry(Operator.NOT_IN, "exclude_"), Map.entry(Operator.LIKE, "like_"),
			Map.entry(Operator.EXISTS, HAS), Map.entry(Operator.CONTAINS, "contains_"),
			Map.entry(Operator.CONTAINS_ANY, "contains_any_"));

	/** Kinto recognizes an operator only before names of these characters. */
	private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_.]+");

	private final KintoJson json;

	QueryEncoder(KintoJson json) {
		this.json = json;
	}

	String encode(KintoQuery query) {
		return parameters(query).entrySet()
			.stream()
			.map((parameter) -> encode(parameter.getKey(), parameter.getValue()))
			.collect(Collectors.joining("&"));
	}

	/**
	 * Return the names of the query's parameters in the URL.
	 */
	Set<String> names(KintoQuery query) {
		return parameters(query).keySet();
	}

	private Map<String, String> parameters(KintoQuery query) {
		Map<String, String> parameters = new LinkedHashMap<>();
		if (!query.sort().isEmpty()) {
			parameters.put("_sort", sort(query));
		}
		if (query.limit() != null) {
			parameters.put("_limit", query.limit().toString());
		}
		if (!query.fields().isEmpty()) {
			parameters.put("_fields", String.join(",", fields(query)));
		}
		if (query.token() != null) {
			parameters.put(PageRequest.TOKEN, query.token());
		}
		query.filters().stream().filter(QueryEncoder::isOnExistence).forEach((filter) -> put(parameters, filter));
		query.filters()
			.stream()
			.filter((filter) -> !isOnExistence(filter))
			.forEach((filter) -> put(parameters, filter));
		return parameters;
	}

	/**
	 * Such filters come first, because Kinto's memory backend ignores filters before
	 * them.
	 */
	private static boolean isOnExistence(KintoFilter filter) {
		return (filter instanceof KintoFilter.Raw raw) ? raw.name().startsWith(HAS)
				: filter instanceof Comparison condition && condition.operator() == Operator.EXISTS;
	}

	/**
	 * Return the order as in the URL.
	 */
	String sort(KintoQuery query) {
		return query.sort().stream().map(this::sort).collect(Collectors.joining(","));
	}

	private String sort(KintoOrder order) {
		String field = this.json.name(order.field());
		String name = field.startsWith("+") ? field.substring(1) : field;
		if (!PLAIN_NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"Kinto cannot sort by '" + name + "': the name must consist of letters, digits, '_' and '.'");
		}
		return order.descending() ? "-" + field : field;
	}

	/**
	 * Return whether Kinto also lists tombstones, which it does with any filter on the
	 * version.
	 */
	boolean asksForTombstones(KintoQuery query) {
		return query.filters().stream().anyMatch(this::isOnVersion);
	}

	private boolean isOnVersion(KintoFilter filter) {
		if (filter instanceof KintoFilter.Raw raw) {
			return RAW_VERSION_FILTERS.contains(raw.name()) || raw.name().endsWith(ServerFields.LAST_MODIFIED);
		}
		return !(filter instanceof Comparison condition)
				|| (!matchesAll(condition) && this.json.name(condition.field()).equals(ServerFields.LAST_MODIFIED));
	}

	/**
	 * Tombstones are recognized by the field {@code deleted}, so it must be selected.
	 */
	private List<String> fields(KintoQuery query) {
		List<String> fields = new ArrayList<>();
		query.fields().forEach((field) -> fields.add(selected(field)));
		if (asksForTombstones(query)) {
			fields.add(ServerFields.DELETED);
		}
		return fields;
	}

	private String selected(KintoField field) {
		String name = this.json.name(field);
		if (name.contains(",")) {
			throw new IllegalArgumentException("Kinto cannot select '" + name + "': the name must not contain a comma");
		}
		return name;
	}

	private void put(Map<String, String> parameters, KintoFilter filter) {
		if (filter instanceof KintoFilter.Raw raw) {
			put(parameters, checked(raw.name()), raw.value());
		}
		else if (filter instanceof KintoFilter.Since since) {
			put(parameters, "_since", since.timestamp().etag());
		}
		else if (filter instanceof KintoFilter.Before before) {
			put(parameters, "_before", before.timestamp().etag());
		}
		else if (filter instanceof Comparison condition) {
			String name = name(condition);
			if (!matchesAll(condition)) {
				put(parameters, name, value(condition));
			}
		}
	}

	/**
	 * An empty exclusion matches all objects, but Kinto on PostgreSQL finds none.
	 */
	private static boolean matchesAll(Comparison condition) {
		return condition.operator() == Operator.NOT_IN && condition.values().isEmpty();
	}

	private static void put(Map<String, String> parameters, String name, String value) {
		if (parameters.putIfAbsent(name, value) != null) {
			throw new IllegalArgumentException(
					"'" + name + "' is in the query twice, but Kinto applies only one: remove the other");
		}
	}

	private static String checked(String name) {
		return switch (name) {
			case "_sort" -> throw notAFilter(name, "sort(…)");
			case "_limit" -> throw notAFilter(name, "limit(…)");
			case "_fields" -> throw notAFilter(name, "fields(…)");
			case PageRequest.TOKEN -> throw notAFilter(name, "from(…)");
			default -> name;
		};
	}

	private static IllegalArgumentException notAFilter(String name, String instead) {
		return new IllegalArgumentException("'" + name + "' is not a filter: use " + instead);
	}

	private String name(Comparison condition) {
		String field = this.json.name(condition.field());
		if (PLAIN_NAME.matcher(field).matches()) {
			return PREFIXES.get(condition.operator()) + field;
		}
		boolean misread = field.startsWith("_") || !field.strip().equals(field)
				|| PREFIXES.values().stream().anyMatch(field::startsWith);
		if (condition.operator() != Operator.IS || misread) {
			throw new IllegalArgumentException(
					"Kinto cannot filter by '" + field + "'" + (misread ? "" : " except with is(…)")
							+ ": the name must consist of letters, digits, '_' and '.'");
		}
		return field;
	}

	private String value(Comparison condition) {
		return switch (condition.operator()) {
			case IN, NOT_IN ->
				condition.values().stream().map((value) -> listed(condition, value)).collect(Collectors.joining(","));
			case CONTAINS, CONTAINS_ANY -> this.json.array(condition.field(), condition.values());
			case LIKE, EXISTS -> this.json.text(condition.values().get(0));
			default -> this.json.text(condition.field(), condition.values().get(0));
		};
	}

	private String listed(Comparison condition, @Nullable Object value) {
		String text = this.json.text(condition.field(), value);
		if (text.contains(",") || text.startsWith("[") || text.startsWith("{")) {
			throw new IllegalArgumentException(
					"Kinto cannot search for lists, objects or text with a comma among several values of '"
							+ this.json.name(condition.field())
							+ "', because it splits them at commas: use is(…) for each");
		}
		return text;
	}

	private static String encode(String name, String value) {
		if (hasNullCharacter(name) || hasNullCharacter(value)) {
			throw new IllegalArgumentException("'" + name.replace(NULL, "\\u0000")
					+ "' of the query contains the character U+0000, which Kinto cannot compare on PostgreSQL: remove it");
		}
		return encode(name) + "=" + encode(value);
	}

	/**
	 * Kinto resolves escape sequences in JSON only.
	 */
	private static boolean hasNullCharacter(String text) {
		String value = text.strip();
		boolean json = value.startsWith("\"") || value.startsWith("[") || value.startsWith("{");
		return text.contains(NULL) || (json && KintoJson.hasNullCharacter(value));
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
