package io.kintospring.protocol;

import io.kintospring.KintoOptions;
import io.kintospring.json.KintoJson;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Where a call is at home: the path of the object above, the options that come down from
 * there and the headers that they make, how JSON is bound, and what is remembered of the
 * server.
 */
record Scope(KintoJson json, ServerMemory memory, String path, KintoOptions options, SharedHeaders shared) {

	static Scope root(KintoJson json, KintoOptions options) {
		return new Scope(json, new ServerMemory(), "", options, new SharedHeaders(options));
	}

	Scope with(KintoOptions inner) {
		KintoOptions merged = this.options.merge(inner);
		return new Scope(this.json, this.memory, this.path, merged,
				(merged.headers() == this.options.headers()) ? this.shared : new SharedHeaders(merged));
	}

	Scope in(ObjectKind kind, String id) {
		return new Scope(this.json, this.memory, kind.object(this.path, id), this.options, this.shared);
	}

	/**
	 * Return headers that can be added to.
	 */
	HttpHeaders headers(KintoOptions merged) {
		return SharedHeaders.create(merged);
	}

	HttpHeaders headers(KintoOptions merged, @Nullable String contentType, Condition condition) {
		return this.shared.get(merged, contentType, condition);
	}

}
