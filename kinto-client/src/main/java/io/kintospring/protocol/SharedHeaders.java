package io.kintospring.protocol;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kintospring.KintoOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The headers of requests that inherit the same: those that many requests have are made
 * once.
 */
final class SharedHeaders {

	private final Map<String, String> inherited;

	private final Map<Key, HttpHeaders> shared = new ConcurrentHashMap<>();

	SharedHeaders(KintoOptions options) {
		this.inherited = options.headers();
	}

	HttpHeaders get(KintoOptions merged, @Nullable String contentType, PreconditionHeader condition) {
		boolean own = merged.headers() != this.inherited || condition.isOfAVersion();
		return own ? create(merged, contentType, condition) : this.shared
			.computeIfAbsent(new Key(contentType, condition), (key) -> create(merged, contentType, condition));
	}

	private static HttpHeaders create(KintoOptions merged, @Nullable String contentType, PreconditionHeader condition) {
		HttpHeaders headers = create(merged);
		if (contentType != null) {
			headers.set(HttpHeaders.CONTENT_TYPE, contentType);
		}
		condition.addTo(headers);
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

	static HttpHeaders create(KintoOptions merged) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
		merged.headers().forEach(headers::set);
		return headers;
	}

	private record Key(@Nullable String contentType, PreconditionHeader condition) {
	}

}
