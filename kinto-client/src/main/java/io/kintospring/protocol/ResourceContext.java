package io.kintospring.protocol;

import io.kintospring.KintoOptions;
import io.kintospring.json.KintoJson;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Where a call is at home: the path of the object above, the options that come down from
 * there and the headers that they make, and how JSON is bound.
 */
record ResourceContext(KintoJson json, String path, KintoOptions options, SharedHeaders shared) {

	static ResourceContext root(KintoJson json, KintoOptions options) {
		return new ResourceContext(json, "", options, new SharedHeaders(options));
	}

	ResourceContext with(KintoOptions inner) {
		KintoOptions merged = this.options.merge(inner);
		return new ResourceContext(this.json, this.path, merged,
				(merged.headers() == this.options.headers()) ? this.shared : new SharedHeaders(merged));
	}

	ResourceContext in(ObjectKind kind, String id) {
		return new ResourceContext(this.json, kind.object(this.path, id), this.options, this.shared);
	}

	/**
	 * Return headers that can be added to.
	 */
	HttpHeaders headers(KintoOptions merged) {
		return SharedHeaders.create(merged);
	}

	HttpHeaders headers(KintoOptions merged, @Nullable String contentType, PreconditionHeader condition) {
		return this.shared.get(merged, contentType, condition);
	}

}
