package io.kintospring.protocol;

import io.kintospring.KintoTimestamp;

import org.springframework.http.HttpHeaders;

/**
 * What a request is made to depend on.
 *
 * @param header the header that says so, or an empty text if it depends on nothing
 * @param value the value of the header
 */
record Condition(String header, String value) {

	static final Condition NONE = new Condition("", "");

	static final Condition MISSING = new Condition(HttpHeaders.IF_NONE_MATCH, "*");

	static final Condition EXISTING = new Condition(HttpHeaders.IF_MATCH, "*");

	static Condition unchangedSince(KintoTimestamp version) {
		return new Condition(HttpHeaders.IF_MATCH, version.etag());
	}

	boolean isOfAVersion() {
		return !this.value.isEmpty() && !this.value.equals("*");
	}

	void addTo(HttpHeaders headers) {
		if (!this.header.isEmpty()) {
			headers.set(this.header, this.value);
		}
	}

}
