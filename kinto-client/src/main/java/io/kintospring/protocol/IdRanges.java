package io.kintospring.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.kintospring.json.ServerFields;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

/**
 * Divides all ids that there can be into ranges that hold about as many ids each, as far
 * as a sample can tell. The server compares ids character by character, as Java does.
 */
final class IdRanges {

	/** A query that asks for a range, such as no other condition may be in the way of. */
	static final KintoQuery LIMITED = new Range("a", "b").limit(KintoQuery.of());

	/** So many that what they stand for fits a long in any alphabet of ids. */
	private static final int DIGITS = 10;

	private final String common;

	private final String alphabet;

	/**
	 * Create ranges.
	 * @param sample some ids
	 */
	IdRanges(SortedSet<String> sample) {
		this.common = sample.isEmpty() ? "" : common(sample.first(), sample.last());
		TreeSet<Character> characters = new TreeSet<>();
		sample.forEach((id) -> id.substring(this.common.length())
			.chars()
			.forEach((character) -> characters.add((char) character)));
		StringBuilder text = new StringBuilder();
		characters.forEach(text::append);
		this.alphabet = text.toString();
	}

	/**
	 * Divide.
	 * @param lowest some of the lowest ids, in their order
	 * @param highest some of the highest ids, in their order
	 * @param count how many ranges there should be
	 * @return as many ranges, or fewer; the first has no lower and the last no upper
	 * limit
	 */
	static List<Range> between(List<String> lowest, List<String> highest, int count) {
		TreeSet<String> sample = new TreeSet<>(lowest);
		sample.addAll(highest);
		return new IdRanges(sample).between(sample.first(), sample.last(), count);
	}

	private List<Range> between(String lowest, String highest, int count) {
		long first = number(lowest);
		long distance = number(highest) - first;
		List<Range> ranges = new ArrayList<>();
		String after = null;
		for (int i = 1; i < count; i++) {
			String limit = text(first + distance / count * i);
			if (limit.compareTo((after != null) ? after : lowest) > 0) {
				ranges.add(new Range(after, limit));
				after = limit;
			}
		}
		ranges.add(new Range(after, null));
		return ranges;
	}

	private static String common(String one, String other) {
		int length = 0;
		while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
			length++;
		}
		return one.substring(0, length);
	}

	/**
	 * Read what follows the common beginning as a number whose digits are the alphabet's
	 * characters; 0 stands for the end.
	 */
	long number(String id) {
		long number = 0;
		for (int i = this.common.length(); i < this.common.length() + DIGITS; i++) {
			int digit = (i < id.length()) ? this.alphabet.indexOf(id.charAt(i)) + 1 : 0;
			number = number * (this.alphabet.length() + 1) + digit;
		}
		return number;
	}

	String text(long number) {
		Deque<Integer> digits = new ArrayDeque<>();
		for (long rest = number; digits.size() < DIGITS; rest /= this.alphabet.length() + 1) {
			digits.addFirst((int) (rest % (this.alphabet.length() + 1)));
		}
		StringBuilder text = new StringBuilder(this.common);
		for (int digit = digits.removeFirst(); digit > 0; digit = digits.isEmpty() ? 0 : digits.removeFirst()) {
			text.append(this.alphabet.charAt(digit - 1));
		}
		return text.toString();
	}

	/**
	 * A range of ids.
	 *
	 * @param after the id that all are greater than, or {@code null} for no limit
	 * @param upTo the id that none is greater than, or {@code null} for no limit
	 */
	record Range(@Nullable String after, @Nullable String upTo) {

		KintoQuery limit(KintoQuery query) {
			KintoQuery above = (this.after != null) ? query.where(ServerFields.ID).greaterThan(this.after) : query;
			return (this.upTo != null) ? above.where(ServerFields.ID).max(this.upTo) : above;
		}

	}

}
