package io.kintospring.benchmarks.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * What part of the list is asked for: a range of ids or versions without some records,
 * from one end or the other.
 *
 * @param from the index of the first record
 * @param to the index after the last record
 * @param excluded the indexes of records in that range that are left out, sorted
 * @param descending whether the page is taken from the end
 * @param limit how many records a page has at most
 */
record StubQuery(int from, int to, List<Integer> excluded, boolean descending, int limit) {

	private static final int MAX_LIMIT = 10_000;

	/**
	 * Read a query.
	 * @throws IllegalArgumentException if the stub cannot answer it
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
					// the records have few, and all are given
				}
				case "_sort" -> descending = isDescending(value);
				default -> throw new IllegalArgumentException("The stub has no answer to " + parameter.getKey());
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
			throw new IllegalArgumentException("The stub cannot read " + value + " as a version", ex);
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
	 * As Kinto does, take 0 for no limit but the server's.
	 */
	private static int limit(int limit) {
		return (limit == 0) ? MAX_LIMIT : Math.min(limit, MAX_LIMIT);
	}

	/**
	 * No two records have the same id or version: the first field decides.
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
	 * Return the index of the record that the page ends with, in its order.
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
	 * Return the ranges of records that the page consists of, by index.
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
	 * Records that stand side by side.
	 *
	 * @param from the index of the first record
	 * @param to the index after the last record
	 */
	record Range(int from, int to) {
	}

}
