package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a server that closes idle connections at the time when they are used again.
 */
@ParameterizedClass
@EnumSource
@Timeout(600)
class KeepAliveTests {

	private static final int REQUESTS = Integer.getInteger("keepalive.requests", 50);

	private static final int IDLE_MILLIS = 50;

	@Parameter
	private Flavour flavour;

	@Test
	void closedIdleConnectionsDoNotBreakCalls() throws IOException {
		String record = "{\"data\":{\"id\":\"x\",\"last_modified\":5}}";
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Length: " + record.length(), "", record);
			connection.setSoTimeout(IDLE_MILLIS);
		});
				KintoClient client = KintoClient.builder(WebClientKintoTransport.builder(server.url()).build())
					.timeout(Duration.ofSeconds(20))
					.build()) {
			CollectionOperations<Map<String, Object>> records = this.flavour.template(client, Calls.KINTO)
				.bucket("b")
				.collection("c");
			for (int i = 0; i < REQUESTS; i++) {
				assertThat(records.get("x").id()).isEqualTo("x");
				Mono.delay(Duration.ofNanos(49_500_000 + i % 16 * 100_000)).block();
			}
			assertThat(server.connections()).isGreaterThan(1);
		}
	}

}
