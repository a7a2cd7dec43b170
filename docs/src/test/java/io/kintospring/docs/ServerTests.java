package io.kintospring.docs;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedKinto(settings = "kinto.paginate_by=3")
class ServerTests {

	@Test
	void hasAnAddress(EmbeddedKintoServer server) {
		assertThat(server.url()).startsWith("http://127.0.0.1:");
	}

}
