package io.kintospring.boot.application;

import java.util.Map;

import io.kintospring.server.KintoUser;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a Spring WebFlux application with a web server.
 */
@SpringBootTest(classes = WebFluxApplicationTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=reactive", "server.address=127.0.0.1" })
class WebFluxApplicationTests {

	@Test
	void controllersUseTheReactiveTemplate(@Value("${local.server.port}") int port) {
		assertThat(send(port, "PUT", "/notes/a").getBody()).startsWith("basicauth:");
		assertThat(send(port, "GET", "/notes/a").getBody()).isEqualTo("Hello");
	}

	@Test
	void blockingTemplateIsRejectedOnAnEventLoopAndWorksElsewhere(@Value("${local.server.port}") int port) {
		ResponseEntity<String> rejected = send(port, "GET", "/blocking");
		assertThat(rejected.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertThat(rejected.getBody()).contains("a blocking call is not allowed on the thread 'webflux-http-",
				"Use the ReactiveKintoTemplate, or publishOn(Schedulers.boundedElastic())");
		assertThat(send(port, "GET", "/elastic").getBody()).isEqualTo("kinto");
	}

	private static ResponseEntity<String> send(int port, String method, String path) {
		return WebClient.create("http://127.0.0.1:" + port)
			.method(HttpMethod.valueOf(method))
			.uri(path)
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block();
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
		Mono<String> put(@PathVariable String id) {
			return this.reactive.bucket()
				.collection("notes")
				.create(id, Map.of("text", "Hello"))
				.then(this.reactive.fetchUser())
				.map(KintoUser::id);
		}

		@GetMapping("/notes/{id}")
		Mono<String> get(@PathVariable String id) {
			return this.reactive.bucket()
				.collection("notes")
				.get(id)
				.map((note) -> String.valueOf(note.data().get("text")));
		}

		@GetMapping("/blocking")
		Mono<String> blocking() {
			return Mono.just(String.valueOf(this.kinto.fetchServerInfo().projectName()));
		}

		@GetMapping("/elastic")
		Mono<String> elastic() {
			return Mono.fromCallable(() -> String.valueOf(this.kinto.fetchServerInfo().projectName()))
				.subscribeOn(Schedulers.boundedElastic());
		}

		@ExceptionHandler
		ResponseEntity<String> rejected(IllegalStateException ex) {
			return ResponseEntity.internalServerError().body(ex.getMessage());
		}

	}

}
