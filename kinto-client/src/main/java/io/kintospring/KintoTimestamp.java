package io.kintospring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The version of an object or of a list, as Kinto counts it: milliseconds that grow with
 * every change. Kinto writes it as a number in bodies and in double quotes in headers;
 * {@link #valueOf(String)} takes both forms.
 * <p>
 * Two versions are the same or they are not: a later one says that something has changed,
 * not when, as the server moves timestamps ahead of the clock to keep them distinct.
 *
 * @param value milliseconds since the epoch, as the server gave them
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/timestamps.html">Server
 * timestamps</a>
 */
public record KintoTimestamp(@JsonValue long value) implements Comparable<KintoTimestamp> {

	private static final Pattern TEXT = Pattern.compile("\"(-?\\d{1,18})\"|(-?\\d{1,18})");

	/**
	 * Create the timestamp of the given number.
	 * @param value milliseconds since the epoch, as the server gave them
	 * @return the timestamp
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static KintoTimestamp of(long value) {
		return new KintoTimestamp(value);
	}

	/**
	 * Read a timestamp from digits, with or without double quotes around them.
	 * @param text such as {@code 1760000000000} or {@code "1760000000000"}
	 * @return the timestamp
	 * @throws IllegalArgumentException if the text is neither
	 */
	public static KintoTimestamp valueOf(String text) {
		Matcher matcher = TEXT.matcher(text.trim());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' is not a Kinto timestamp: digits are expected, with or without double quotes");
		}
		String digits = (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
		return new KintoTimestamp(Long.parseLong(digits));
	}

	@Override
	public int compareTo(KintoTimestamp other) {
		return Long.compare(this.value, other.value);
	}

	/**
	 * Return the digits, without quotes.
	 */
	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}
