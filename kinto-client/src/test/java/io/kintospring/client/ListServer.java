package io.kintospring.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * List of records that is sorted, filtered and paged as in Kinto, including tombstones.
 */
final class ListServer {

	private static final long DAY = 24 * 3600 * 1000L;

	private final Map<String, Item> items = new TreeMap<>();

	private final Map<String, List<Item>> sorted = new HashMap<>();

	private final int maxPage;

	private long timestamp = 1;

	ListServer(int maxPage) {
		this.maxPage = maxPage;
	}

	/**
	 * Create or replace a record.
	 */
	void put(String id, long version) {
		put(id, version, false);
	}

	/**
	 * Create a record, unless there is one with that version.
	 */
	void createIfFree(String id, long version) {
		if (this.items.values().stream().noneMatch((item) -> item.version() == version)) {
			put(id, version);
		}
	}

	/**
	 * Create or replace a record with the next version.
	 */
	void change(String id) {
		put(id, this.timestamp + 1, false);
	}

	void delete(String id) {
		delete(id, this.timestamp + 1);
	}

	/**
	 * Delete a record with a version.
	 */
	void delete(String id, long version) {
		put(id, version, true);
	}

	private void put(String id, long version, boolean deleted) {
		this.items.put(id, new Item(id, version, deleted));
		this.sorted.clear();
		this.timestamp = Math.max(this.timestamp, version);
	}

	Stream<Item> records() {
		return this.items.values().stream().filter((item) -> !item.deleted());
	}

	int size() {
		return this.items.size();
	}

	int pageSize(int limit) {
		return Math.min(limit, this.maxPage);
	}

	KintoResponse answer(KintoRequest request) {
		Map<String, String> query = query(request.query());
		Comparator<Item> order = order(query.getOrDefault("_sort", "-last_modified"));
		List<Item> matching = new ArrayList<>(this.sorted.computeIfAbsent(query.getOrDefault("_sort", ""),
				(sort) -> this.items.values().stream().sorted(order).toList()));
		boolean tombstones = false;
		for (Map.Entry<String, String> parameter : query.entrySet()) {
			Predicate<Item> filter = filter(parameter.getKey(), parameter.getValue());
			if (filter != null) {
				matching.removeIf(filter.negate());
			}
			boolean onVersion = parameter.getKey().matches("_since|_before|\\w+_last_modified");
			if (onVersion && !isTimestamp(parameter.getValue())) {
				return Calls.answer(400, "{\"errno\":107}");
			}
			tombstones |= onVersion;
		}
		if (!tombstones) {
			matching.removeIf(Item::deleted);
		}
		String token = query.get("_token");
		if (token != null) {
			Item last = new Item(token.substring(token.indexOf('.') + 1),
					Long.parseLong(token.substring(0, token.indexOf('.'))), false);
			matching.removeIf((item) -> order.compare(item, last) <= 0);
		}
		return page(request, query, matching);
	}

	private KintoResponse page(KintoRequest request, Map<String, String> query, List<Item> matching) {
		int limit = pageSize(Integer.parseInt(query.getOrDefault("_limit", Integer.toString(this.maxPage))));
		List<Item> page = matching.subList(0, Math.min(limit, matching.size()));
		HttpHeaders headers = new HttpHeaders();
		headers.set("ETag", "\"" + this.timestamp + "\"");
		if (matching.size() > limit) {
			Item last = page.get(page.size() - 1);
			headers.set("Next-Page", "http://h/v1/x?" + request.query().replaceAll("&_token=[^&]*", "") + "&_token="
					+ last.version() + "." + last.id());
		}
		return new KintoResponse(200, headers,
				page.stream()
					.map(Item::json)
					.collect(Collectors.joining(",", "{\"data\":[", "]}"))
					.getBytes(StandardCharsets.UTF_8));
	}

	private static boolean isTimestamp(String value) {
		return value.matches("\"?\\d{1,18}\"?") && number(value) < System.currentTimeMillis() + DAY;
	}

	private static @Nullable Predicate<Item> filter(String name, String value) {
		return switch (name) {
			case "_since", "gt_last_modified" -> (item) -> item.version() > number(value);
			case "min_last_modified" -> (item) -> item.version() >= number(value);
			case "_before", "lt_last_modified" -> (item) -> item.version() < number(value);
			case "max_last_modified" -> (item) -> item.version() <= number(value);
			case "gt_id" -> (item) -> item.id().compareTo(text(value)) > 0;
			case "lt_id" -> (item) -> item.id().compareTo(text(value)) < 0;
			case "min_id" -> (item) -> item.id().compareTo(text(value)) >= 0;
			case "max_id" -> (item) -> item.id().compareTo(text(value)) <= 0;
			default -> null;
		};
	}

	private static long number(String value) {
		return Long.parseLong(value.replace("\"", ""));
	}

	private static String text(String value) {
		return value.replace("\"", "");
	}

	private static Comparator<Item> order(String sort) {
		Comparator<Item> order = (left, right) -> 0;
		for (String field : sort.split(",")) {
			Comparator<Item> next = field.endsWith("id") ? Comparator.comparing(Item::id)
					: Comparator.comparing(Item::version);
			order = order.thenComparing(field.startsWith("-") ? next.reversed() : next);
		}
		return order;
	}

	private static Map<String, String> query(String query) {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String parameter : query.split("&")) {
			int equals = parameter.indexOf('=');
			parameters.put(parameter.substring(0, equals),
					URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
		}
		return parameters;
	}

	/**
	 * Record or tombstone.
	 */
	record Item(String id, long version, boolean deleted) {

		private String json() {
			return "{\"id\":\"" + this.id + "\",\"last_modified\":" + this.version
					+ (this.deleted ? ",\"deleted\":true}" : ",\"title\":\"T\"}");
		}

	}

}
