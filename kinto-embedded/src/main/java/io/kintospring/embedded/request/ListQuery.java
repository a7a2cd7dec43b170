package io.kintospring.embedded.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.Comparison;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.Filter;
import io.kintospring.embedded.storage.PageToken;
import io.kintospring.embedded.storage.Selection;
import io.kintospring.embedded.storage.Sort;
import io.kintospring.embedded.storage.Sorting;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.web.util.UriUtils;

/**
 * Query for a list.
 */
public final class ListQuery {

	private static final String LIMIT = "_limit";

	private static final String TO_URL = "https://kinto.readthedocs.io/en/2.4.0/api/resource.html"
			+ "#list-of-available-url-parameters";

	private static final String TOKEN = "_token";

	private static final List<String> INTEGERS = List.of(LIMIT, "_since", "_before", "_to", Fields.LAST_MODIFIED);

	private static final Pattern SORT = Pattern.compile("([-+]?)([\\w.]+)", Pattern.UNICODE_CHARACTER_CLASS);

	private final KintoRequest request;

	private final KintoServerSettings settings;

	private final Parameters parameters;

	private final KnownFields fields;

	private final String orderField;

	/**
	 * Read the query of a request.
	 * @param request the request
	 * @param settings the settings of the server
	 * @param fields the fields of the objects
	 * @param orderField the least significant sort field, in descending order
	 * @param validation collects the errors
	 */
	public ListQuery(KintoRequest request, KintoServerSettings settings, KnownFields fields, String orderField,
			Validation validation) {
		this.request = request;
		this.fields = fields;
		this.orderField = orderField;
		this.settings = settings;
		this.parameters = new Parameters(request.query());
		INTEGERS.forEach((name) -> this.parameters.integer(name, validation));
		this.parameters.text(Fields.ID, validation);
		this.parameters.text(TOKEN, validation);
	}

	/**
	 * Return the conditions that the objects must meet.
	 * @param reader the parser for filters
	 * @param shared the ids of the objects that the client can access, or {@code null}
	 * for all
	 * @return the conditions
	 * @throws KintoError if a filter is invalid
	 */
	public List<Filter> filters(FilterReader reader, @Nullable Set<String> shared) {
		List<Filter> filters = new ArrayList<>();
		if (shared != null) {
			ArrayNode ids = Json.array();
			shared.forEach(ids::add);
			filters.add(new Filter(Fields.ID, Comparison.IN, ids));
		}
		filters.addAll(reader.read(this.parameters, this.fields));
		return filters;
	}

	/**
	 * Return the selection of a page. It includes an additional object, which shows
	 * whether there is a next page.
	 * @param filters the conditions that the objects must meet
	 * @return the selection
	 * @throws KintoError if the sort order or the page token is invalid
	 */
	public Selection selection(List<Filter> filters) {
		return selection(filters, sorting());
	}

	/**
	 * Return the selection of a page whose fields are read.
	 * @param filters the conditions that the objects must meet
	 * @return the selection
	 * @throws KintoError if the sort order, a field or the page token is invalid
	 */
	public Selection readSelection(List<Filter> filters) {
		Sorting sorting = sorting();
		fields();
		return selection(filters, sorting);
	}

	private Selection selection(List<Filter> filters, Sorting sorting) {
		boolean includeDeleted = filters.stream().anyMatch((filter) -> filter.field().equals(Fields.LAST_MODIFIED));
		return new Selection(filters, sorting, previous(), limit() + 1, includeDeleted);
	}

	public FieldSelection fields() {
		return FieldSelection.read(this.request.query(), this.fields);
	}

	/**
	 * Return the page token that the client sends.
	 * @return the token, or {@code null} for the first page
	 * @throws KintoError if the token is invalid
	 */
	public @Nullable PageToken token() {
		JsonNode token = this.parameters.value(TOKEN);
		try {
			return Fields.isTrue(token) ? PageToken.parse(token.asString()) : null;
		}
		catch (IllegalArgumentException ex) {
			throw KintoError.invalid(ErrorDetail.query(null, "The page token is not valid"));
		}
	}

	/**
	 * Add a warning to a response if the query uses deprecated parameters.
	 * @param response the response
	 * @return the response
	 */
	public KintoResponse warn(KintoResponse response) {
		return this.request.query().containsKey(FilterReader.TO)
				? response.alert("soft-eol", "_to is now deprecated, you should use _before instead", TO_URL)
				: response;
	}

	public int limit() {
		int max = this.settings.get(KintoSetting.STORAGE_MAX_FETCH_SIZE);
		int page = this.settings.get(KintoSetting.PAGINATE_BY);
		JsonNode wanted = this.parameters.value(LIMIT);
		long limit = wanted.isMissingNode() ? page : number(wanted);
		if (limit == 0) {
			// as in Kinto, this overrides the page size
			return max;
		}
		return (int) Math.min(limit, (page > 0) ? Math.min(page, max) : max);
	}

	private static long number(JsonNode limit) {
		return limit.isNumber() ? (long) Math.min(limit.asDouble(), Integer.MAX_VALUE) : 0;
	}

	/**
	 * Return the URL of the next page.
	 * @param token the position at the end of this page
	 * @return the URL
	 */
	public String nextPage(PageToken token) {
		Map<String, String> query = new LinkedHashMap<>(this.request.target().lastValues());
		query.put(LIMIT, String.valueOf(limit()));
		query.put(TOKEN, token.toString());
		StringBuilder url = new StringBuilder(this.request.root());
		url.append(UriUtils.encodePath(this.request.path(), StandardCharsets.UTF_8));
		char separator = '?';
		for (Map.Entry<String, String> parameter : query.entrySet()) {
			url.append(separator).append(encode(parameter.getKey())).append('=').append(encode(parameter.getValue()));
			separator = '&';
		}
		return url.toString();
	}

	private Sorting sorting() {
		List<String> names = Parameters.split(this.request.query().getOrDefault("_sort", ""));
		Map<String, Sort> sorts = new LinkedHashMap<>();
		for (String name : names) {
			Matcher matcher = SORT.matcher(name.strip());
			if (matcher.matches()) {
				if (!this.fields.has(matcher.group(2))) {
					throw KintoError.invalid(ErrorDetail.query(null, "There is no field to sort by of that name"));
				}
				sorts.putIfAbsent(matcher.group(2), new Sort(matcher.group(2), matcher.group(1).equals("-")));
			}
		}
		sorts.putIfAbsent(this.orderField, new Sort(this.orderField, true));
		return new Sorting(List.copyOf(sorts.values()));
	}

	private @Nullable ObjectNode previous() {
		PageToken token = token();
		return (token != null) ? token.lastObject() : null;
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
