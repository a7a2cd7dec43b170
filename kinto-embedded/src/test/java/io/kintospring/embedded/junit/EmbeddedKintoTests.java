package io.kintospring.embedded.junit;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.TestClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedKinto}.
 */
@EmbeddedKinto(settings = { "kinto.paginate_by = 3", "backoff=10" })
class EmbeddedKintoTests {

	private static int port;

	@RepeatedTest(2)
	void eachTestStartsWithoutDataAndFaults(EmbeddedKintoServer server) {
		TestClient client = new TestClient(server, "alice");
		assertThat(client.send("PUT", "/buckets/blog", "").statusCode()).isEqualTo(201);
		server.faults().fail(1, (requests) -> requests, 500);
	}

	@RepeatedTest(2)
	void allTestsShareServer(EmbeddedKintoServer server) {
		assertThat(server.port()).isEqualTo((port != 0) ? port : server.port());
		port = server.port();
	}

	@Test
	void serverHasSettingsOfAnnotation(EmbeddedKintoServer server) {
		assertThat(new TestClient(server, "alice").send("GET", "/", "").headers().firstValue("Backoff")).hasValue("10");
	}

	@Nested
	class InNestedClass {

		@Test
		void nestedClassSharesServerOfEnclosingClass(EmbeddedKintoServer server) {
			assertThat(new TestClient(server, "alice").send("GET", "/", "").headers().firstValue("Backoff"))
				.hasValue("10");
			assertThat(server.port()).isEqualTo((port != 0) ? port : server.port());
		}

	}

}
