package io.kintospring.protocol;

import io.kintospring.KintoOptions;
import io.kintospring.json.KintoJson;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Where a call is at home: the path of the object above, the options that come down from
 * there, how JSON is bound, and what is remembered of the server.
 */
record Scope(KintoJson json, ServerMemory memory, String path, KintoOptions options) {

	Scope with(KintoOptions inner) {
		return new Scope(this.json, this.memory, this.path, this.options.merge(inner));
	}

	Scope in(ObjectKind kind, String id) {
		return new Scope(this.json, this.memory, kind.object(this.path, id), this.options);
	}

	HttpHeaders headers(KintoOptions merged) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
		merged.headers().forEach(headers::set);
		return headers;
	}

}
