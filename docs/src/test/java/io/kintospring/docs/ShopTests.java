package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;

import io.kintospring.embedded.EmbeddedKintoServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

@Import(Greeter.class)
@SpringBootTest(properties = { "spring.config.import=kinto:main/config/shop", "SHOP_PASSWORD=test" })
class ShopTests {

	private static EmbeddedKintoServer server;

	@BeforeAll
	static void startServer() throws IOException {
		try (InputStream data = new ClassPathResource("config.json").getInputStream()) {
			server = EmbeddedKintoServer.builder().initialData(data).start();
		}
		System.setProperty("kinto.url", server.url());
	}

	@AfterAll
	static void stopServer() {
		System.clearProperty("kinto.url");
		server.close();
	}

	@Test
	void greets(@Autowired Greeter greeter) {
		assertThat(greeter.greeting()).isEqualTo("Hello from smtp.example.com");
	}

}
