package io.kintospring.embedded.resource;

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
 * What a client wants of a list.
 */
final class ListQuery {

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
	 * Reads what a client wants.
	 * @param request the request
	 * @param settings the settings of the server
	 * @param fields the fields that the objects can have
	 * @param orderField the field that decides where objects sort that are otherwise the
	 * same, the greatest first
	 * @param validation what to tell if it is not right
	 */
	ListQuery(KintoRequest request, KintoServerSettings settings, KnownFields fields, String orderField,
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
	 * The conditions that the objects have to meet.
	 * @param reader what reads them
	 * @param shared the ids of the objects that the client may see, none for all
	 * @return the conditions
	 * @throws KintoError if one of them can't be one
	 */
	List<Filter> filters(FilterReader reader, @Nullable Set<String> shared) {
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
	 * Which objects are wanted, and one more, which tells whether there is a next page.
	 * @param filters the conditions that the objects have to meet
	 * @return which ones
	 * @throws KintoError if it can't be told
	 */
	Selection selection(List<Filter> filters) {
		boolean includeDeleted = filters.stream().anyMatch((filter) -> filter.field().equals(Fields.LAST_MODIFIED));
		return new Selection(filters, sorting(), previous(), limit() + 1, includeDeleted);
	}

	FieldSelection fields() {
		return FieldSelection.read(this.request.query(), this.fields);
	}

	/**
	 * The token that the client sent back.
	 * @return the token, none if this is the first page
	 * @throws KintoError if it can't be one
	 */
	@Nullable PageToken token() {
		String token = this.request.query().getOrDefault(TOKEN, "");
		try {
			return token.isEmpty() ? null : PageToken.parse(token);
		}
		catch (IllegalArgumentException ex) {
			throw KintoError.invalid(ErrorDetail.query(null, "The page token is not valid"));
		}
	}

	/**
	 * Warns a client that uses what will be removed.
	 * @param response an answer
	 * @return the answer
	 */
	KintoResponse warn(KintoResponse response) {
		return this.request.query().containsKey(FilterReader.TO)
				? response.alert("soft-eol", "_to is now deprecated, you should use _before instead", TO_URL)
				: response;
	}

	int limit() {
		int max = this.settings.get(KintoSetting.STORAGE_MAX_FETCH_SIZE);
		int page = this.settings.get(KintoSetting.PAGINATE_BY);
		int most = (page > 0) ? Math.min(page, max) : max;
		JsonNode wanted = this.parameters.value(LIMIT);
		long limit = wanted.isNumber() ? (long) Math.min(wanted.asDouble(), Integer.MAX_VALUE) : 0;
		return (limit > 0) ? (int) Math.min(limit, most) : most;
	}

	/**
	 * Where the next page is.
	 * @param token where this page ended
	 * @return the URL of the next page
	 */
	String nextPage(PageToken token) {
		Map<String, String> query = new LinkedHashMap<>(this.request.query());
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
		List<Sort> sorts = new ArrayList<>();
		for (String name : names) {
			Matcher matcher = SORT.matcher(name.strip());
			if (matcher.matches()) {
				if (!this.fields.has(matcher.group(2))) {
					throw KintoError.invalid(ErrorDetail.query(null, "There is no field to sort by of that name"));
				}
				sorts.add(new Sort(matcher.group(2), matcher.group(1).equals("-")));
			}
		}
		if (sorts.stream().noneMatch((sort) -> sort.field().equals(this.orderField))) {
			sorts.add(new Sort(this.orderField, true));
		}
		return new Sorting(sorts);
	}

	private @Nullable ObjectNode previous() {
		PageToken token = token();
		return (token != null) ? token.lastObject() : null;
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
