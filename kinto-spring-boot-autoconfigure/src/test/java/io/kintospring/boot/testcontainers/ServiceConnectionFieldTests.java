package io.kintospring.boot.testcontainers;

import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A container in a field of a {@link KintoTest} replaces the embedded server.
 */
@KintoTest(properties = "kinto.url=${unresolved}")
class ServiceConnectionFieldTests {

	private static final EmbeddedKintoServer SERVER = EmbeddedKintoServer.start();

	@ServiceConnection
	private static final KintoContainer CONTAINER = new StubKintoContainer(SERVER).withUsername("ann");

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@Test
	void templateUsesTheContainer(@Autowired KintoTemplate kinto, @Autowired ApplicationContext context) {
		assertThat(kinto.server()).isEqualTo(SERVER.url());
		assertThat(kinto.fetchUser()).get().extracting("id").isEqualTo("account:ann");
		assertThat(context.getBeanProvider(EmbeddedKintoServer.class)).isEmpty();
	}

	@SpringBootConfiguration
	static class Application {

	}

}
