package io.kintospring.boot.application;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a Spring MVC application with a web server, with and without virtual threads.
 */
class MvcApplicationTests {

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = { "spring.main.web-application-type=servlet", "server.address=127.0.0.1" })
	class WithPlatformThreads {

		@Test
		void controllersUseBothTemplates(@Value("${local.server.port}") int port) throws Exception {
			assertThat(send(port, "PUT", "/notes/a")).doesNotContain("VirtualThread");
			assertThat(send(port, "GET", "/notes/a")).isEqualTo("Hello");
		}

	}

	@Nested
	@EnabledForJreRange(min = JRE.JAVA_21)
	@SpringBootTest(classes = Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = { "spring.main.web-application-type=servlet", "server.address=127.0.0.1",
					"spring.threads.virtual.enabled=true" })
	class WithVirtualThreads {

		@Test
		void controllersUseBothTemplates(@Value("${local.server.port}") int port) throws Exception {
			assertThat(send(port, "PUT", "/notes/a")).startsWith("VirtualThread");
			assertThat(send(port, "GET", "/notes/a")).isEqualTo("Hello");
		}

	}

	private static String send(int port, String method, String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Notes.class)
	static class Application {

	}

	@RestController
	static class Notes {

		private final KintoTemplate kinto;

		private final ReactiveKintoTemplate reactive;

		Notes(KintoTemplate kinto, ReactiveKintoTemplate reactive) {
			this.kinto = kinto;
			this.reactive = reactive;
		}

		@PutMapping("/notes/{id}")
		String put(@PathVariable String id) {
			this.kinto.bucket().collection("notes").create(id, Map.of("text", "Hello"));
			return Thread.currentThread().toString();
		}

		@GetMapping("/notes/{id}")
		Mono<String> get(@PathVariable String id) {
			return this.reactive.bucket()
				.collection("notes")
				.get(id)
				.map((note) -> String.valueOf(note.data().get("text")));
		}

	}

}
