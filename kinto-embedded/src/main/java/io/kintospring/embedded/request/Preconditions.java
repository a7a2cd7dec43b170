package io.kintospring.embedded.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.embedded.storage.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * Preconditions of a request: the headers {@code If-Match} and {@code If-None-Match}.
 */
public final class Preconditions {

	private static final Pattern TIMESTAMP = Pattern.compile("\"(\\d+)\"");

	private static final int MAX_DIGITS = 18;

	private final @Nullable EntityTag ifMatch;

	private final @Nullable EntityTag ifNoneMatch;

	private Preconditions(@Nullable EntityTag ifMatch, @Nullable EntityTag ifNoneMatch) {
		this.ifMatch = ifMatch;
		this.ifNoneMatch = ifNoneMatch;
	}

	public static Preconditions read(HttpHeaders headers, Validation validation) {
		return new Preconditions(read(headers, HttpHeaders.IF_MATCH, validation),
				read(headers, HttpHeaders.IF_NONE_MATCH, validation));
	}

	/**
	 * Return whether a request must not replace an existing object.
	 * @param headers the headers of the request
	 * @return whether the request has {@code If-None-Match: *}
	 */
	public static boolean onlyCreates(HttpHeaders headers) {
		return "*".equals(headers.getFirst(HttpHeaders.IF_NONE_MATCH));
	}

	/**
	 * Return whether the client already has the current version.
	 * @param timestamp the current version
	 * @return whether {@code If-None-Match} has this version
	 */
	public boolean notModified(long timestamp) {
		return this.ifNoneMatch != null && this.ifNoneMatch.is(timestamp);
	}

	/**
	 * Check the preconditions of a request to a list.
	 * @param timestamp the current version of the list
	 * @throws KintoError if a precondition fails
	 */
	public void checkList(long timestamp) {
		if (excludesExisting() || expectsOtherVersion(timestamp)) {
			throw KintoError.modifiedMeanwhile(null, timestamp);
		}
	}

	/**
	 * Check the preconditions of a request to an object.
	 * @param existing the object, or {@code null} if it does not exist
	 * @param listTimestamp the current version of the list that contains the object
	 * @throws KintoError if a precondition fails
	 */
	public void checkObject(@Nullable ObjectNode existing, long listTimestamp) {
		if (existing == null) {
			if (this.ifMatch != null) {
				throw KintoError.modifiedMeanwhile(null, listTimestamp);
			}
			return;
		}
		long timestamp = Fields.lastModified(existing);
		if (excludesExisting() || expectsOtherVersion(timestamp)) {
			throw KintoError.modifiedMeanwhile(existing, timestamp);
		}
	}

	private boolean excludesExisting() {
		return this.ifNoneMatch != null && this.ifNoneMatch.any();
	}

	private boolean expectsOtherVersion(long timestamp) {
		return this.ifMatch != null && !this.ifMatch.any() && !this.ifMatch.is(timestamp);
	}

	/**
	 * Read a header. As in Kinto, the timestamp 0 counts as a missing header.
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
	 * Version in a precondition.
	 *
	 * @param timestamp the version, or {@code null} for any version
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
