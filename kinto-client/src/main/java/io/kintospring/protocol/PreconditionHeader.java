package io.kintospring.protocol;

import io.kintospring.KintoTimestamp;

import org.springframework.http.HttpHeaders;

/**
 * What a request is made to depend on.
 *
 * @param header the header that says so, or an empty text if it depends on nothing
 * @param value the value of the header
 */
record PreconditionHeader(String header, String value) {

	static final PreconditionHeader NONE = new PreconditionHeader("", "");

	static final PreconditionHeader MISSING = new PreconditionHeader(HttpHeaders.IF_NONE_MATCH, "*");

	static final PreconditionHeader EXISTING = new PreconditionHeader(HttpHeaders.IF_MATCH, "*");

	static PreconditionHeader unchangedSince(KintoTimestamp version) {
		return new PreconditionHeader(HttpHeaders.IF_MATCH, version.etag());
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
