package io.kintospring.protocol;

import io.kintospring.KintoOptions;
import io.kintospring.KintoRetry;
import io.kintospring.json.KintoJson;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Context that the calls of a resource inherit: the path of its parent, the JSON binding,
 * and the merged options with their headers.
 */
record ResourceContext(KintoJson json, String path, KintoOptions options, InheritedHeaders inherited) {

	static ResourceContext root(KintoJson json, KintoOptions options) {
		return new ResourceContext(json, "", options, new InheritedHeaders(options));
	}

	ResourceContext with(KintoOptions inner) {
		KintoOptions merged = this.options.merge(inner);
		return new ResourceContext(this.json, this.path, merged,
				inner.headers().isEmpty() ? this.inherited : new InheritedHeaders(merged));
	}

	ResourceContext in(ObjectKind kind, String id) {
		return new ResourceContext(this.json, kind.object(this.path, id), this.options, this.inherited);
	}

	/**
	 * Return mutable headers of a call.
	 */
	HttpHeaders headers(KintoOptions call) {
		return InheritedHeaders.create(this.options.merge(call));
	}

	/**
	 * Return read-only headers of a call.
	 */
	HttpHeaders headers(KintoOptions call, @Nullable String contentType, PreconditionHeader precondition) {
		return call.headers().isEmpty() ? this.inherited.with(contentType, precondition)
				: InheritedHeaders.create(this.options.merge(call), contentType, precondition);
	}

	/**
	 * Return the retry settings of a call, or {@code null} for those of the client.
	 */
	@Nullable KintoRetry retry(KintoOptions call) {
		return (call.retry() != null) ? call.retry() : this.options.retry();
	}

	/**
	 * Return the preconditions of a write.
	 */
	Preconditions preconditions(KintoOptions call) {
		return new Preconditions(this.options.merge(call));
	}

}
