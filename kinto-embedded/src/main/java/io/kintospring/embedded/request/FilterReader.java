package io.kintospring.embedded.request;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.embedded.storage.Comparison;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.Filter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Parser for the filters in the query of a request.
 */
public final class FilterReader {

	private static final Pattern COMPARISON = Pattern.compile("("
			+ Stream.of(Comparison.values()).map(Comparison::keyword).collect(Collectors.joining("|")) + ")_([\\w.]+)",
			Pattern.UNICODE_CHARACTER_CLASS);

	private static final Pattern TIMESTAMP = Pattern.compile("(\"?)(\\d{1,18})\\1");

	private static final Set<String> SERVER_FIELDS = Set.of(Fields.ID, Fields.LAST_MODIFIED);

	/**
	 * Deprecated name of {@code _before}. Responses contain a warning.
	 */
	static final String TO = "_to";

	private final Clock clock;

	public FilterReader(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Read all filters.
	 * @param parameters the parameters of the request
	 * @param fields the fields of the objects
	 * @return the filters
	 * @throws KintoError if a filter is invalid
	 */
	List<Filter> read(Parameters parameters, KnownFields fields) {
		List<Filter> filters = new ArrayList<>();
		parameters.values().forEach((parameter, value) -> {
			String name = parameter.strip();
			switch (name) {
				case "_since" -> filters.add(time(name, Comparison.GT, value));
				case "_before", TO -> filters.add(time(name, Comparison.LT, value));
				default -> {
					if (!name.startsWith("_")) {
						filters.add(field(name, value, fields));
					}
				}
			}
		});
		return filters;
	}

	private Filter time(String name, Comparison comparison, JsonNode value) {
		if (!value.isNull() && !isTimestamp(value)) {
			throw invalid(name);
		}
		return new Filter(Fields.LAST_MODIFIED, comparison, value);
	}

	private Filter field(String name, JsonNode value, KnownFields fields) {
		Matcher matcher = COMPARISON.matcher(name);
		boolean compared = matcher.matches();
		String field = compared ? matcher.group(2) : name;
		Comparison comparison = compared ? Comparison.valueOf(matcher.group(1).toUpperCase(Locale.ROOT))
				: Comparison.EQ;
		if (!fields.has(field) || !isAllowed(comparison, field, value)) {
			throw invalid(name);
		}
		boolean id = fields.ids().contains(field) && comparison != Comparison.HAS;
		return new Filter(field, comparison, id ? asId(value) : value);
	}

	/**
	 * Convert a value to compare ids with. As in Kinto, integers and booleans become
	 * text.
	 */
	private static JsonNode asId(JsonNode value) {
		if (value.isBoolean()) {
			return JsonNodeFactory.instance.stringNode(value.asBoolean() ? "True" : "False");
		}
		return value.isIntegralNumber() ? JsonNodeFactory.instance.stringNode(value.asString()) : value;
	}

	private boolean isAllowed(Comparison comparison, String field, JsonNode value) {
		boolean allowed = switch (comparison) {
			case LIKE -> value.isString();
			case IN, EXCLUDE -> !field.equals(Fields.ID) || value.valueStream().allMatch(JsonNode::isString);
			case CONTAINS, CONTAINS_ANY -> !SERVER_FIELDS.contains(field);
			default -> true;
		};
		return allowed && (!field.equals(Fields.LAST_MODIFIED) || isTimestamp(value)) && !hasNullCharacter(field)
				&& !hasNullCharacter(value);
	}

	private boolean isTimestamp(JsonNode value) {
		long limit = this.clock.millis() + Duration.ofDays(1).toMillis();
		if (value.isString()) {
			Matcher matcher = TIMESTAMP.matcher(value.asString());
			return matcher.matches() && Long.parseLong(matcher.group(2)) < limit;
		}
		return value.isBoolean() || (value.isNumber() && value.asDouble() >= 0 && value.asDouble() < limit);
	}

	private static boolean hasNullCharacter(JsonNode value) {
		if (value.isContainer()) {
			return value.propertyNames().stream().anyMatch(FilterReader::hasNullCharacter)
					|| value.valueStream().anyMatch(FilterReader::hasNullCharacter);
		}
		return value.isString() && hasNullCharacter(value.asString());
	}

	private static boolean hasNullCharacter(String text) {
		return text.indexOf('\0') >= 0;
	}

	private static KintoError invalid(String name) {
		return KintoError.invalid(ErrorDetail.query(name, "Has a value that it can't have"));
	}

}
