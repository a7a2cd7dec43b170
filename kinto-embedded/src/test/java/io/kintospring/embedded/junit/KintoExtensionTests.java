package io.kintospring.embedded.junit;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.TestClient;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KintoExtension} with a configured server.
 */
class KintoExtensionTests {

	@RegisterExtension
	static final KintoExtension KINTO = new KintoExtension(EmbeddedKintoServer.builder().account("ann", "secret"));

	@RepeatedTest(2)
	void initialDataIsAvailableInEachTest(EmbeddedKintoServer server) {
		TestClient client = new TestClient(server, "ann");
		assertThat(client.get("/").path("user").path("id").asString()).isEqualTo("account:ann");
		assertThat(client.send("DELETE", "/accounts", "").statusCode()).isEqualTo(200);
	}

}
