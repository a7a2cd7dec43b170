package io.kintospring.docs;

import java.nio.file.Path;
import java.time.Duration;

import io.kintospring.KintoUnavailableException;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.server.KintoUser;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerByHandTests {

	@Test
	void failsAsItIsTold() {
		EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("paginate_by", "3")
			.account("alice", "secret")
			.start();
		server.faults().fail(2, (requests) -> requests.method("PUT").path("/buckets/.*"), 503, Duration.ofSeconds(3));
		server.faults().dropConnection(1, (requests) -> requests.method("GET"));
		server.faults().dropResponse(1, (requests) -> requests.method("POST"));
		server.faults().delay(1, Duration.ofMillis(50), (requests) -> requests.path("/"));
		server.flush();
		server.close();
	}

	@Test
	void tokenIdentifiesAUser() {
		EmbeddedKintoServer server = EmbeddedKintoServer.builder().bearerToken("t0ken", "alice").start();
		KintoTemplate kinto = KintoTemplate.builder(server.url())
			.authentication(KintoAuthentication.bearer("t0ken"))
			.build();
		assertThat(kinto.fetchUser()).get().extracting(KintoUser::id).isEqualTo("openid:alice");
		kinto.close();
		server.close();
	}

	@Test
	void dataIsKept(@TempDir Path directory) {
		Path file = directory.resolve("kinto.json");
		EmbeddedKintoServer server = EmbeddedKintoServer.builder().dataFile(file).start();
		server.close();
		assertThat(file).exists();
	}

	@Test
	void faultIsWhatTheClientSees() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			server.faults().fail(1, (requests) -> requests.path("/"), 503, Duration.ofSeconds(30));
			KintoTemplate kinto = KintoTemplate.builder(server.url()).build();
			assertThatExceptionOfType(KintoUnavailableException.class).isThrownBy(kinto::fetchServerInfo)
				.satisfies((ex) -> assertThat(ex.retryAfter()).hasSeconds(30));
			assertThat(kinto.fetchServerInfo().projectName()).isEqualTo("kinto");
		}
	}

}
