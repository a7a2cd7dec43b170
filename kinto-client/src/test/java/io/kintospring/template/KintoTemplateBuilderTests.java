package io.kintospring.template;

import java.nio.charset.StandardCharsets;

import io.kintospring.KintoUnsupportedException;
import io.kintospring.client.KintoTransport;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KintoTemplateBuilderTests {

	/**
	 * Templates of different servers do not share a cache.
	 */
	@Test
	void capabilitiesAreReadForEachServer() {
		KintoTemplate one = KintoTemplate.builder("http://one/v1")
			.client((client) -> client.transport(server("\"history\":{}")))
			.build();
		assertThat(one.bucket("b").history().deleteAll()).isEmpty();
		KintoTemplate other = one.mutate().client((client) -> client.transport(server(""))).build();
		assertThatExceptionOfType(KintoUnsupportedException.class)
			.isThrownBy(() -> other.bucket("b").history().deleteAll());
	}

	private static KintoTransport server(String capabilities) {
		String info = "{\"http_api_version\":\"1.23\",\"capabilities\":{" + capabilities + "}}";
		return (request) -> Mono.just(response(request.path().equals("/") ? info : "{\"data\":[]}"));
	}

	private static KintoResponse response(String json) {
		return new KintoResponse(200, new HttpHeaders(), json.getBytes(StandardCharsets.UTF_8));
	}

}
