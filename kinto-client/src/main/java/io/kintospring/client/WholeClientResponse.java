package io.kintospring.client;

import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;

import io.kintospring.protocol.KintoResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyExtractor;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * {@link ClientResponse} in memory. An ordinary response is created only if a filter of
 * the application reads more than the status.
 */
final class WholeClientResponse implements ClientResponse {

	private static final Log logger = LogFactory.getLog(WholeClientResponse.class);

	private final ClientRequest request;

	private final KintoResponse whole;

	private @Nullable ClientResponse ordinary;

	WholeClientResponse(ClientRequest request, KintoResponse whole) {
		this.request = request;
		this.whole = whole;
	}

	KintoResponse whole() {
		return this.whole;
	}

	private ClientResponse ordinary() {
		ClientResponse response = this.ordinary;
		if (response == null) {
			response = ClientResponse.create(statusCode(), ExchangeStrategies.withDefaults())
				.headers((headers) -> headers.putAll(this.whole.headers()))
				.body(Flux.defer(this::body))
				.request(request())
				.build();
			this.ordinary = response;
		}
		return response;
	}

	private Flux<DataBuffer> body() {
		byte[] body = this.whole.body();
		return (body.length > 0) ? Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)) : Flux.empty();
	}

	/**
	 * Add cookies. An unreadable cookie is ignored, as HTTP libraries do.
	 */
	private static void addCookies(String header, MultiValueMap<String, ResponseCookie> cookies) {
		try {
			for (HttpCookie cookie : HttpCookie.parse(header)) {
				cookies.add(cookie.getName(),
						ResponseCookie.fromClientResponse(cookie.getName(), cookie.getValue())
							.domain(cookie.getDomain())
							.path(cookie.getPath())
							.maxAge(cookie.getMaxAge())
							.secure(cookie.getSecure())
							.httpOnly(cookie.isHttpOnly())
							.build());
			}
		}
		catch (IllegalArgumentException ex) {
			logger.debug("Ignoring an unreadable Set-Cookie header");
		}
	}

	@Override
	public HttpStatusCode statusCode() {
		return HttpStatusCode.valueOf(this.whole.status());
	}

	@Override
	public Headers headers() {
		return ordinary().headers();
	}

	@Override
	public MultiValueMap<String, ResponseCookie> cookies() {
		MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>();
		this.whole.headers()
			.getOrDefault(HttpHeaders.SET_COOKIE, List.of())
			.forEach((header) -> addCookies(header, cookies));
		return cookies;
	}

	@Override
	public ExchangeStrategies strategies() {
		return ordinary().strategies();
	}

	@Override
	public HttpRequest request() {
		return new Request(this.request);
	}

	@Override
	public <T> T body(BodyExtractor<T, ? super ClientHttpResponse> extractor) {
		return ordinary().body(extractor);
	}

	@Override
	public <T> Mono<T> bodyToMono(Class<? extends T> elementClass) {
		return ordinary().bodyToMono(elementClass);
	}

	@Override
	public <T> Mono<T> bodyToMono(ParameterizedTypeReference<T> elementTypeRef) {
		return ordinary().bodyToMono(elementTypeRef);
	}

	@Override
	public <T> Flux<T> bodyToFlux(Class<? extends T> elementClass) {
		return ordinary().bodyToFlux(elementClass);
	}

	@Override
	public <T> Flux<T> bodyToFlux(ParameterizedTypeReference<T> elementTypeRef) {
		return ordinary().bodyToFlux(elementTypeRef);
	}

	@Override
	public Mono<Void> releaseBody() {
		return Mono.empty();
	}

	@Override
	public <T> Mono<ResponseEntity<T>> toEntity(Class<T> bodyClass) {
		return ordinary().toEntity(bodyClass);
	}

	@Override
	public <T> Mono<ResponseEntity<T>> toEntity(ParameterizedTypeReference<T> bodyTypeReference) {
		return ordinary().toEntity(bodyTypeReference);
	}

	@Override
	public <T> Mono<ResponseEntity<List<T>>> toEntityList(Class<T> elementClass) {
		return ordinary().toEntityList(elementClass);
	}

	@Override
	public <T> Mono<ResponseEntity<List<T>>> toEntityList(ParameterizedTypeReference<T> elementTypeRef) {
		return ordinary().toEntityList(elementTypeRef);
	}

	@Override
	public Mono<ResponseEntity<Void>> toBodilessEntity() {
		return ordinary().toBodilessEntity();
	}

	@Override
	public Mono<WebClientResponseException> createException() {
		return ordinary().createException();
	}

	@Override
	public <T> Mono<T> createError() {
		return ordinary().createError();
	}

	@Override
	public String logPrefix() {
		return this.request.logPrefix();
	}

	/**
	 * Request of the response, as a filter sees it.
	 */
	private record Request(ClientRequest request) implements HttpRequest {

		@Override
		public HttpMethod getMethod() {
			return this.request.method();
		}

		@Override
		public URI getURI() {
			return this.request.url();
		}

		@Override
		public Map<String, Object> getAttributes() {
			return this.request.attributes();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.request.headers();
		}

	}

}
