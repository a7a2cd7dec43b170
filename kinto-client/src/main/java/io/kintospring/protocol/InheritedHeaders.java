package io.kintospring.protocol;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kintospring.KintoOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Headers that calls share unless they add headers of their own. Creating headers for
 * each call would take a quarter of the time of creating the call.
 */
final class InheritedHeaders {

	private final KintoOptions options;

	private final Map<Key, HttpHeaders> shared = new ConcurrentHashMap<>();

	InheritedHeaders(KintoOptions options) {
		this.options = options;
	}

	HttpHeaders with(@Nullable String contentType, PreconditionHeader precondition) {
		return precondition.hasVersion() ? create(this.options, contentType, precondition)
				: this.shared.computeIfAbsent(new Key(contentType, precondition),
						(key) -> create(this.options, contentType, precondition));
	}

	static HttpHeaders create(KintoOptions options, @Nullable String contentType, PreconditionHeader precondition) {
		HttpHeaders headers = create(options);
		if (contentType != null) {
			headers.set(HttpHeaders.CONTENT_TYPE, contentType);
		}
		precondition.addTo(headers);
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

	static HttpHeaders create(KintoOptions options) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
		options.headers().forEach(headers::set);
		return headers;
	}

	private record Key(@Nullable String contentType, PreconditionHeader precondition) {
	}

}
