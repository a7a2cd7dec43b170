package io.kintospring.sample;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the profile for Spring Boot Admin exposes what it displays. Without the
 * Maven profile, its client is not on the class path.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("admin")
class AdminTests {

	@LocalServerPort
	private int port;

	@Test
	void detailsOfTheServerAreExposed() {
		assertThat(body("health")).contains("\"kinto\":{\"details\":{\"url\":", "\"authenticated\":true");
		assertThat(body("info")).contains("\"kinto\":{\"version\":");
		assertThat(body("kinto")).contains("\"servers\":{\"kinto\":");
	}

	private String body(String endpoint) {
		return String.valueOf(RestClient.create("http://localhost:" + this.port + "/actuator/" + endpoint)
			.get()
			.retrieve()
			.body(String.class));
	}

}
