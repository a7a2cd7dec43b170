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
 * Divides all possible ids into ranges that contain about as many ids each, estimated
 * from a sample. The server compares ids character by character, as Java does.
 */
final class IdRanges {

	/** Number of digits that fit into a long, even with all characters of ids. */
	private static final int DIGITS = 10;

	private final String prefix;

	private final String alphabet;

	/**
	 * Create ranges.
	 * @param sample some of the lowest and of the highest ids
	 */
	IdRanges(SortedSet<String> sample) {
		this.prefix = sample.isEmpty() ? "" : commonPrefix(sample.first(), sample.last());
		TreeSet<Character> characters = new TreeSet<>();
		sample.forEach((id) -> id.substring(this.prefix.length())
			.chars()
			.forEach((character) -> characters.add((char) character)));
		StringBuilder text = new StringBuilder();
		characters.forEach(text::append);
		this.alphabet = text.toString();
	}

	/**
	 * Divide the ids.
	 * @param sample some of the lowest and of the highest ids
	 * @param count the maximum number of ranges
	 * @return the ranges; the first has no lower limit and the last no upper limit
	 */
	static List<Range> between(SortedSet<String> sample, int count) {
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

	private static String commonPrefix(String first, String last) {
		int length = 0;
		while (length < Math.min(first.length(), last.length()) && first.charAt(length) == last.charAt(length)) {
			length++;
		}
		return first.substring(0, length);
	}

	/**
	 * Return the rest of an id after the common prefix as a number. Its digits are the
	 * characters of the alphabet, and 0 is the end.
	 */
	long number(String id) {
		long number = 0;
		for (int i = this.prefix.length(); i < this.prefix.length() + DIGITS; i++) {
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
		StringBuilder text = new StringBuilder(this.prefix);
		for (int digit = digits.removeFirst(); digit > 0; digit = digits.isEmpty() ? 0 : digits.removeFirst()) {
			text.append(this.alphabet.charAt(digit - 1));
		}
		return text.toString();
	}

	/**
	 * Range of ids.
	 *
	 * @param after the exclusive lower limit, or {@code null} for none
	 * @param upTo the inclusive upper limit, or {@code null} for none
	 */
	record Range(@Nullable String after, @Nullable String upTo) {

		KintoQuery limit(KintoQuery query) {
			return KeyRange.limit(query, ServerFields.ID, false, this.after, this.upTo);
		}

	}

}
