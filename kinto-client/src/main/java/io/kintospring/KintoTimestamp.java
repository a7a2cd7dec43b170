package io.kintospring;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Version of an object or of a list: milliseconds that increase with every change. Kinto
 * writes it as {@code last_modified} in bodies and as {@code ETag} in headers.
 * <p>
 * Do not use a version as the time of a change. The server moves timestamps ahead of the
 * clock to keep them distinct.
 *
 * @param value milliseconds since the epoch, as the server sent them
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/timestamps.html">Server
 * timestamps</a>
 */
public record KintoTimestamp(@JsonValue long value) implements Comparable<KintoTimestamp> {

	/** A proxy that compresses can weaken an ETag or append a suffix to it. */
	private static final Pattern TEXT = Pattern.compile("(?:W/)?\"(-?\\d{1,18})(?:[-;:][a-z]+)?\"|(-?\\d{1,18})");

	/**
	 * Create a timestamp.
	 * @param value milliseconds since the epoch, as the server sent them
	 * @return the timestamp
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static KintoTimestamp of(long value) {
		return new KintoTimestamp(value);
	}

	/**
	 * Read a timestamp from digits or from an {@code ETag} or {@code If-None-Match}
	 * header.
	 * @param text such as {@code 1760000000000} or {@code "1760000000000"} with double
	 * quotes
	 * @return the timestamp
	 * @throws IllegalArgumentException if the text is neither
	 */
	public static KintoTimestamp valueOf(String text) {
		Matcher matcher = TEXT.matcher(text.trim());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' is not a Kinto timestamp: it must be digits, with or without double quotes");
		}
		String digits = (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
		return new KintoTimestamp(Long.parseLong(digits));
	}

	/**
	 * Return the value of an {@code ETag}, {@code If-Match} or {@code If-None-Match}
	 * header.
	 * @return the digits in double quotes
	 */
	public String etag() {
		return "\"" + this.value + "\"";
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
