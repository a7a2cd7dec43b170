package io.kintospring.protocol;

import io.kintospring.KintoTimestamp;

import org.springframework.http.HttpHeaders;

/**
 * Header with the precondition of a request: {@code If-Match} or {@code If-None-Match}.
 * 
 * @param header the name of the header, empty without a precondition
 * @param value the value of the header
 */
record PreconditionHeader(String header, String value) {

	static final PreconditionHeader NONE = new PreconditionHeader("", "");

	static final PreconditionHeader MISSING = new PreconditionHeader(HttpHeaders.IF_NONE_MATCH, "*");

	static final PreconditionHeader EXISTING = new PreconditionHeader(HttpHeaders.IF_MATCH, "*");

	static PreconditionHeader unchangedSince(KintoTimestamp version) {
		return new PreconditionHeader(HttpHeaders.IF_MATCH, version.etag());
	}

	boolean hasVersion() {
		return !this.value.isEmpty() && !this.value.equals("*");
	}

	void addTo(HttpHeaders headers) {
		if (!this.header.isEmpty()) {
			headers.set(this.header, this.value);
		}
	}

}
