package io.kintospring.embedded.resource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * What a client says about the version that it knows: the headers <code>If-Match</code>
 * and <code>If-None-Match</code>.
 */
final class Preconditions {

	private static final Pattern TIMESTAMP = Pattern.compile("\"(\\d+)\"");

	private static final int MAX_DIGITS = 18;

	private final @Nullable EntityTag ifMatch;

	private final @Nullable EntityTag ifNoneMatch;

	private Preconditions(@Nullable EntityTag ifMatch, @Nullable EntityTag ifNoneMatch) {
		this.ifMatch = ifMatch;
		this.ifNoneMatch = ifNoneMatch;
	}

	static Preconditions read(HttpHeaders headers, Validation validation) {
		return new Preconditions(read(headers, HttpHeaders.IF_MATCH, validation),
				read(headers, HttpHeaders.IF_NONE_MATCH, validation));
	}

	/**
	 * Whether a request is one that only creates.
	 * @param headers the headers of the request
	 * @return whether it asks for nothing to be there
	 */
	static boolean onlyCreates(HttpHeaders headers) {
		return "*".equals(headers.getFirst(HttpHeaders.IF_NONE_MATCH));
	}

	/**
	 * Whether the client knows the current version.
	 * @param timestamp the current version
	 * @return whether it is the one of <code>If-None-Match</code>
	 */
	boolean notModified(long timestamp) {
		return this.ifNoneMatch != null && this.ifNoneMatch.is(timestamp);
	}

	/**
	 * Refuses a request on a list if the list is not as the client expects it.
	 * @param timestamp the current version of the list
	 * @throws KintoError if a precondition fails
	 */
	void checkList(long timestamp) {
		if (excludesExisting() || expectsOtherThan(timestamp)) {
			throw KintoError.modifiedMeanwhile(null, timestamp);
		}
	}

	/**
	 * Refuses a request on an object if the object is not as the client expects it.
	 * @param existing the object, none if there is none
	 * @param listTimestamp the current version of the list that it is in
	 * @throws KintoError if a precondition fails
	 */
	void checkObject(@Nullable ObjectNode existing, long listTimestamp) {
		if (existing == null) {
			if (this.ifMatch != null) {
				throw KintoError.modifiedMeanwhile(null, listTimestamp);
			}
			return;
		}
		long timestamp = Fields.lastModified(existing);
		if (excludesExisting() || expectsOtherThan(timestamp)) {
			throw KintoError.modifiedMeanwhile(existing, timestamp);
		}
	}

	private boolean excludesExisting() {
		return this.ifNoneMatch != null && this.ifNoneMatch.any();
	}

	private boolean expectsOtherThan(long timestamp) {
		return this.ifMatch != null && !this.ifMatch.any() && !this.ifMatch.is(timestamp);
	}

	/**
	 * Reads a header. As in Kinto, the timestamp 0 counts as none.
	 */
	private static @Nullable EntityTag read(HttpHeaders headers, String name, Validation validation) {
		String value = headers.getFirst(name);
		if (value == null || value.isEmpty()) {
			return null;
		}
		if (value.equals("*")) {
			return new EntityTag(null);
		}
		Matcher matcher = TIMESTAMP.matcher(value);
		if (!matcher.matches()) {
			validation.add(ErrorDetail.header(name, "Should be digits in double quotes, or *"));
			return null;
		}
		String digits = matcher.group(1);
		long timestamp = (digits.length() <= MAX_DIGITS) ? Long.parseLong(digits) : Long.MAX_VALUE;
		return (timestamp != 0) ? new EntityTag(timestamp) : null;
	}

	/**
	 * A version of something.
	 *
	 * @param timestamp the version, none for any
	 */
	private record EntityTag(@Nullable Long timestamp) {

		boolean any() {
			return this.timestamp == null;
		}

		boolean is(long other) {
			return this.timestamp != null && this.timestamp == other;
		}

	}

}
