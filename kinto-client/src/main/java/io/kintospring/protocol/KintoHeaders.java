package io.kintospring.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The headers that Kinto gives a meaning.
 */
final class KintoHeaders {

	static final String ALERT = "Alert";

	static final String BACKOFF = "Backoff";

	static final String NEXT_PAGE = "Next-Page";

	static final String TOTAL_OBJECTS = "Total-Objects";

	/** What servers called it before version 1.21 of the API. */
	static final String TOTAL_RECORDS = "Total-Records";

	private static final Pattern CHANGED_ETAG = Pattern.compile("(?:W/)?\"(-?\\d+)(?:[-;:][a-z]+)?\"");

	private KintoHeaders() {
	}

	static String etag(KintoTimestamp version) {
		return "\"" + version + "\"";
	}

	/**
	 * Read the version of an answer, also where a proxy that compresses has weakened it
	 * or has added to it.
	 */
	static @Nullable KintoTimestamp version(HttpHeaders headers) {
		String etag = headers.getFirst(HttpHeaders.ETAG);
		if (etag == null) {
			return null;
		}
		Matcher changed = CHANGED_ETAG.matcher(etag);
		return KintoTimestamp.valueOf(changed.matches() ? changed.group(1) : etag);
	}

	/**
	 * Read how many objects there are.
	 */
	static long total(HttpHeaders headers) {
		String total = headers.getFirst(TOTAL_OBJECTS);
		if (total == null) {
			total = headers.getFirst(TOTAL_RECORDS);
		}
		if (total == null) {
			throw new IllegalArgumentException("there is no header '" + TOTAL_OBJECTS + "'");
		}
		return Long.parseLong(total);
	}

}
