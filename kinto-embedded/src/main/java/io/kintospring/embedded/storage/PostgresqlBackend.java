package io.kintospring.embedded.storage;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Behavior of Kinto with PostgreSQL, which keeps the id and the version of an object in
 * columns, and everything else in a column of the type {@code jsonb}.
 */
final class PostgresqlBackend implements Backend {

	private static final List<String> COLUMNS = List.of(Fields.ID, Fields.LAST_MODIFIED);

	private static final Pattern DIGITS = Pattern.compile("\\d+");

	/**
	 * Literal of PostgreSQL for an empty array, which Kinto compares ids with.
	 */
	private static final JsonNode EMPTY_ARRAY = JsonNodeFactory.instance.stringNode("{}");

	private static final Comparator<JsonNode> COLUMN_ORDER = new JsonbOrder(TextOrder.CODE_POINTS);

	private final Comparator<JsonNode> order;

	/**
	 * Create a backend.
	 * @param collation the order of texts
	 */
	PostgresqlBackend(Comparator<String> collation) {
		this.order = new JsonbOrder(collation);
	}

	@Override
	public Function<ObjectNode, JsonNode> field(String path) {
		String[] names = path.split("\\.", -1);
		return (object) -> find(object, names);
	}

	@Override
	public Comparator<JsonNode> order(String path) {
		return COLUMNS.contains(path) ? COLUMN_ORDER : this.order;
	}

	@Override
	public Predicate<ObjectNode> condition(Filter filter) {
		Predicate<JsonNode> test = switch (filter.field()) {
			case Fields.ID -> idTest(filter.comparison(), filter.value());
			case Fields.LAST_MODIFIED -> versionTest(filter.comparison(), filter.value());
			default -> test(filter.comparison(), Jsonb.of(filter.value()));
		};
		Function<ObjectNode, JsonNode> field = field(filter.field());
		return (object) -> test.test(field.apply(object));
	}

	@Override
	public ObjectNode written(ObjectNode data) {
		return data.deepCopy();
	}

	@Override
	public ObjectNode kept(ObjectNode written) {
		ObjectNode kept = (ObjectNode) Jsonb.of(written);
		kept.remove(COLUMNS);
		return kept;
	}

	private Predicate<JsonNode> test(Comparison comparison, JsonNode value) {
		return switch (comparison) {
			case EQ, NOT, LT, MAX, MIN, GT -> (field) -> comparison.accepts(this.order.compare(field, value));
			case IN -> (field) -> isAmong(field, value);
			case EXCLUDE -> (field) -> field.isMissingNode() || (!value.isEmpty() && !isAmong(field, value));
			case HAS -> hasTest(value);
			case CONTAINS -> (field) -> field.isArray() && Jsonb.contains(field, value);
			case CONTAINS_ANY ->
				(field) -> field.isArray() && field.valueStream().anyMatch((element) -> isAmong(element, value));
			case LIKE -> likeTest(value);
		};
	}

	/**
	 * Return the condition for the id. As in SQL, a comparison with nothing is never
	 * true.
	 */
	private Predicate<JsonNode> idTest(Comparison comparison, JsonNode value) {
		return switch (comparison) {
			case HAS -> hasTest(value);
			case LIKE -> likeTest(value);
			case IN, EXCLUDE -> value.isEmpty() ? (id) -> false : test(comparison, value);
			default -> {
				JsonNode text = (value.isArray() && value.isEmpty()) ? EMPTY_ARRAY : value;
				if (!text.isNull() && !text.isString()) {
					throw BackendException.rejected("An id can be compared with text only");
				}
				yield text.isNull() ? (id) -> false : (id) -> comparison.accepts(COLUMN_ORDER.compare(id, text));
			}
		};
	}

	private static Predicate<JsonNode> versionTest(Comparison comparison, JsonNode value) {
		if (comparison == Comparison.HAS) {
			return hasTest(value);
		}
		if (value.isNull()) {
			return (version) -> false;
		}
		boolean integer = value.isIntegralNumber() || (value.isString() && DIGITS.matcher(value.asString()).matches());
		if (!integer || comparison == Comparison.LIKE) {
			throw BackendException.rejected("A version can be compared with an integer only");
		}
		long time = Long.parseLong(value.asString());
		return (version) -> comparison.accepts(Long.compare(version.asLong(), time));
	}

	private boolean isAmong(JsonNode field, JsonNode values) {
		return values.valueStream().anyMatch((value) -> this.order.compare(field, value) == 0);
	}

	private static Predicate<JsonNode> hasTest(JsonNode value) {
		boolean wanted = Fields.isTrue(value);
		return (field) -> field.isMissingNode() != wanted;
	}

	private static Predicate<JsonNode> likeTest(JsonNode value) {
		LikePattern pattern = LikePattern.ofPostgresql(value.asString());
		return (field) -> {
			String text = Jsonb.text(field);
			return text != null && pattern.test(text);
		};
	}

	private static JsonNode find(ObjectNode object, String[] names) {
		JsonNode value = object;
		for (String name : names) {
			JsonNode below = value.isObject() ? value.get(name) : null;
			if (below == null) {
				return MissingNode.getInstance();
			}
			value = below;
		}
		return value;
	}

}
