package io.kintospring.docs;

import io.kintospring.boot.test.autoconfigure.AutoConfigureKinto;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureKinto
class ApplicationTests {

	@Test
	void talksToTheEmbeddedServer(@Autowired KintoTemplate kinto, @Autowired EmbeddedKintoServer server) {
		assertThat(kinto.server()).isEqualTo(server.url());
	}

}
