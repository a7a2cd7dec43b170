package io.kintospring.embedded.http;

import io.kintospring.embedded.json.KintoJson;
import io.kintospring.embedded.resource.KintoResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Writer of the application's responses to HTTP responses.
 */
final class ResponseWriter {

	private ResponseWriter() {
	}

	static Mono<Void> write(ServerHttpResponse response, KintoResponse result) {
		response.setStatusCode(result.status());
		response.getHeaders().addAll(result.headers());
		return (result.body() != null) ? write(response, bytes(result.body())) : Mono.empty();
	}

	private static byte[] bytes(JsonNode body) {
		return body.isBinary() ? body.binaryValue() : KintoJson.write(body);
	}

	static Mono<Void> write(ServerHttpResponse response, byte[] body) {
		response.getHeaders().setContentLength(body.length);
		DataBuffer buffer = response.bufferFactory().wrap(body);
		return response.writeWith(Mono.just(buffer));
	}

}
