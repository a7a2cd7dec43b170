package io.kintospring.embedded.http;

import java.net.URI;
import java.util.Optional;

import io.kintospring.embedded.resource.Errno;
import io.kintospring.embedded.resource.KintoError;
import io.kintospring.embedded.resource.KintoRequest;
import io.kintospring.embedded.resource.RequestTarget;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Converter from HTTP requests to the application's requests.
 */
final class RequestReader {

	private static final byte[] NO_BODY = {};

	private final ApiPath api;

	private final int maxBodyBytes;

	private final Optional<String> scheme;

	private final Optional<String> host;

	RequestReader(ApiPath api, KintoServerSettings settings) {
		this.api = api;
		this.maxBodyBytes = settings.get(KintoSetting.MAX_BODY_BYTES);
		this.scheme = settings.get(KintoSetting.HTTP_SCHEME);
		this.host = settings.get(KintoSetting.HTTP_HOST);
	}

	/**
	 * Read a request.
	 * @param request the HTTP request
	 * @return the request, or a {@link KintoError} if the request is invalid
	 */
	Mono<KintoRequest> read(ServerHttpRequest request) {
		return body(request).map((body) -> new KintoRequest(request.getMethod(), target(request.getURI()),
				request.getHeaders(), body, root(request.getURI())));
	}

	private Mono<byte[]> body(ServerHttpRequest request) {
		if (request.getHeaders().getContentLength() > this.maxBodyBytes) {
			return Mono.error(tooLarge());
		}
		return DataBufferUtils.join(request.getBody(), this.maxBodyBytes)
			.map(RequestReader::bytes)
			.defaultIfEmpty(NO_BODY)
			.onErrorMap(DataBufferLimitException.class, (ex) -> tooLarge());
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private RequestTarget target(URI uri) {
		return RequestTarget.parse(this.api.belowRoot(uri.getRawPath()), uri.getRawQuery());
	}

	private String root(URI uri) {
		return this.scheme.orElse(uri.getScheme()) + "://" + this.host.orElse(uri.getRawAuthority()) + this.api.root();
	}

	private KintoError tooLarge() {
		return KintoError.of(HttpStatus.CONTENT_TOO_LARGE, Errno.REQUEST_TOO_LARGE,
				"The body may have at most " + this.maxBodyBytes + " bytes");
	}

}
