package io.kintospring.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Version of Kinto's HTTP API, such as 1.23.
 *
 * @param major the number before the dot
 * @param minor the number after the dot
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/index.html">Versions of
 * Kinto's API</a>
 */
public record KintoApiVersion(int major, int minor) implements Comparable<KintoApiVersion> {

	private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*)?");

	/**
	 * Read a version.
	 * @param text such as {@code 1.23}
	 * @return the version
	 * @throws IllegalArgumentException if the text is not a version
	 */
	public static KintoApiVersion parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'" + text + "' is not a version of Kinto's HTTP API, such as 1.23");
		}
		return new KintoApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
	}

	/**
	 * Old servers send a number.
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static KintoApiVersion read(Object value) {
		return parse(value.toString());
	}

	@Override
	public int compareTo(KintoApiVersion other) {
		int majors = Integer.compare(this.major, other.major);
		return (majors != 0) ? majors : Integer.compare(this.minor, other.minor);
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor;
	}

}
