package io.kintospring.benchmarks.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * Query for a page of the list: a range of records, in ascending or descending order,
 * without excluded records.
 *
 * @param from the index of the first record
 * @param to the index after the last record
 * @param excluded the sorted indexes of excluded records in the range
 * @param descending whether the page starts at the end of the range
 * @param limit the maximum number of records of a page
 */
record StubQuery(int from, int to, List<Integer> excluded, boolean descending, int limit) {

	private static final int MAX_LIMIT = 10_000;

	/**
	 * Parse a query.
	 * @throws IllegalArgumentException if the stub does not support the query
	 */
	static StubQuery read(String uri, StubRecords records) {
		int from = 0;
		int to = records.count();
		SortedSet<Integer> excluded = new TreeSet<>();
		boolean descending = false;
		int limit = MAX_LIMIT;
		String token = null;
		for (Map.Entry<String, List<String>> parameter : new QueryStringDecoder(uri).parameters().entrySet()) {
			String value = unquoted(parameter.getValue().get(0));
			switch (parameter.getKey()) {
				case "gt_id" -> from = Math.max(from, records.above(value));
				case "min_id" -> from = Math.max(from, records.atLeast(value));
				case "lt_id" -> to = Math.min(to, records.atLeast(value));
				case "max_id" -> to = Math.min(to, records.above(value));
				case "lt_last_modified", "_before" -> from = Math.max(from, records.before(version(value)));
				case "max_last_modified" -> from = Math.max(from, records.notAfter(version(value)));
				case "gt_last_modified", "_since" -> to = Math.min(to, records.notAfter(version(value)));
				case "min_last_modified" -> to = Math.min(to, records.before(version(value)));
				case "exclude_id" -> exclude(parameter.getValue().get(0), records, excluded);
				case "_limit" -> limit = limit(Integer.parseInt(value));
				case "_token" -> token = value;
				case "_fields" -> {
					// always return all fields
				}
				case "_sort" -> descending = isDescending(value);
				default -> throw new IllegalArgumentException("The stub does not support " + parameter.getKey());
			}
		}
		if (token != null && descending) {
			to = Math.min(to, records.atLeast(token));
		}
		else if (token != null) {
			from = Math.max(from, records.above(token));
		}
		to = Math.max(from, to);
		return new StubQuery(from, to, List.copyOf(excluded.subSet(from, to)), descending, limit);
	}

	private static String unquoted(String value) {
		return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
	}

	private static long version(String value) {
		try {
			return Long.parseLong(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("The stub cannot parse the version " + value, ex);
		}
	}

	private static void exclude(String ids, StubRecords records, SortedSet<Integer> excluded) {
		for (String id : ids.split(",")) {
			int index = records.atLeast(unquoted(id));
			if (records.has(index, unquoted(id))) {
				excluded.add(index);
			}
		}
	}

	/**
	 * Return the effective limit. As in Kinto, 0 means the maximum of the server.
	 */
	private static int limit(int limit) {
		return (limit == 0) ? MAX_LIMIT : Math.min(limit, MAX_LIMIT);
	}

	/**
	 * Only the first field matters, because ids and versions are unique.
	 */
	private static boolean isDescending(String sort) {
		return switch (sort.split(",")[0]) {
			case "id", "-last_modified" -> false;
			case "-id", "last_modified" -> true;
			default -> throw new IllegalArgumentException("The stub cannot sort by " + sort);
		};
	}

	int total() {
		return this.to - this.from - this.excluded.size();
	}

	boolean hasNext() {
		return total() > this.limit;
	}

	/**
	 * Return the index of the last record of the page, in the order of the query.
	 */
	int last() {
		return this.descending ? pageFrom() : pageTo() - 1;
	}

	private int pageFrom() {
		if (!this.descending || !hasNext()) {
			return this.from;
		}
		int index = this.to - this.limit;
		for (int i = this.excluded.size() - 1; i >= 0 && this.excluded.get(i) >= index; i--) {
			index--;
		}
		return index;
	}

	private int pageTo() {
		if (this.descending || !hasNext()) {
			return this.to;
		}
		int index = this.from + this.limit;
		for (int i = 0; i < this.excluded.size() && this.excluded.get(i) < index; i++) {
			index++;
		}
		return index;
	}

	/**
	 * Return the ranges of records on the page.
	 */
	List<Range> page() {
		List<Range> page = new ArrayList<>();
		int start = pageFrom();
		int end = pageTo();
		for (int index : this.excluded) {
			if (index >= start && index < end) {
				add(page, start, index);
				start = index + 1;
			}
		}
		add(page, start, end);
		return page;
	}

	private static void add(List<Range> page, int from, int to) {
		if (from < to) {
			page.add(new Range(from, to));
		}
	}

	/**
	 * Range of consecutive records.
	 *
	 * @param from the index of the first record
	 * @param to the index after the last record
	 */
	record Range(int from, int to) {
	}

}
