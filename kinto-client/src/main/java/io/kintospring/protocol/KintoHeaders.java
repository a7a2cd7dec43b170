package io.kintospring.protocol;

import org.springframework.http.HttpHeaders;

/**
 * Headers that Kinto defines.
 */
final class KintoHeaders {

	static final String ALERT = "Alert";

	static final String BACKOFF = "Backoff";

	static final String NEXT_PAGE = "Next-Page";

	static final String TOTAL_OBJECTS = "Total-Objects";

	/** Name of the header before version 1.21 of the API. */
	static final String TOTAL_RECORDS = "Total-Records";

	private KintoHeaders() {
	}

	/**
	 * Read the number of objects.
	 */
	static long total(HttpHeaders headers) {
		String total = headers.getFirst(TOTAL_OBJECTS);
		if (total == null) {
			total = headers.getFirst(TOTAL_RECORDS);
		}
		if (total == null) {
			throw new IllegalArgumentException("the header '" + TOTAL_OBJECTS + "' is missing");
		}
		return Long.parseLong(total);
	}

}
