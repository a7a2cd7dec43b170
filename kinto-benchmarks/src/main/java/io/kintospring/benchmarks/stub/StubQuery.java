package io.kintospring.benchmarks.stub;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * What part of the list is asked for: a range of ids, from one end or the other.
 *
 * @param from the index of the first record
 * @param to the index after the last record
 * @param descending whether the page is taken from the end
 * @param limit how many records a page has at most
 */
record StubQuery(int from, int to, boolean descending, int limit) {

	private static final int MAX_LIMIT = 10_000;

	/**
	 * Read a query.
	 * @throws IllegalArgumentException if the stub cannot answer it
	 */
	static StubQuery read(String uri, StubRecords records) {
		int from = 0;
		int to = records.count();
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
				case "_limit" -> limit = Math.min(limit, Integer.parseInt(value));
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
		return new StubQuery(from, Math.max(from, to), descending, limit);
	}

	private static String unquoted(String value) {
		return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
	}

	private static boolean isDescending(String sort) {
		return switch (sort) {
			case "id", "-last_modified" -> false;
			case "-id", "last_modified" -> true;
			default -> throw new IllegalArgumentException("The stub cannot sort by " + sort);
		};
	}

	int total() {
		return this.to - this.from;
	}

	boolean hasNext() {
		return total() > this.limit;
	}

	int pageFrom() {
		return (this.descending && hasNext()) ? this.to - this.limit : this.from;
	}

	int pageTo() {
		return (!this.descending && hasNext()) ? this.from + this.limit : this.to;
	}

	/**
	 * The index of the record that the page ends with, in its order.
	 */
	int last() {
		return this.descending ? pageFrom() : pageTo() - 1;
	}

}
