package io.kintospring.boot.test.autoconfigure;

import java.util.Map;

import io.kintospring.boot.FailingController;
import io.kintospring.boot.error.KintoExceptionHandler;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Repository;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Test slices have the mappings of exceptions that the application has.
 */
class ExceptionMappingSlicesTests {

	@Nested
	@WebMvcTest(properties = "kinto.web.problem-details.enabled=true")
	@ContextConfiguration(classes = { Application.class, FailingController.class })
	class SpringMvc {

		@Test
		void hasProblemDetails(@Autowired MockMvcTester mvc) {
			assertThat(mvc.get().uri("/missing")).hasStatus(HttpStatus.NOT_FOUND)
				.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		}

	}

	@Nested
	@WebMvcTest
	@ContextConfiguration(classes = Application.class)
	class SpringMvcByDefault {

		@Test
		void hasNoProblemDetails(@Autowired ApplicationContext context) {
			assertThat(context.getBeanProvider(KintoExceptionHandler.class)).isEmpty();
		}

	}

	@Nested
	@WebFluxTest(properties = "kinto.web.problem-details.enabled=true")
	@ContextConfiguration(classes = { Application.class, FailingController.class })
	class SpringWebFlux {

		@Test
		void hasProblemDetails(@Autowired WebTestClient client) {
			client.get()
				.uri("/missing")
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		}

	}

	@Nested
	@KintoTest(properties = "kinto.exception-translation.enabled=true")
	@ContextConfiguration(classes = Application.class)
	@Import(Notes.class)
	class Kinto {

		@Test
		void hasExceptionTranslation(@Autowired Notes notes) {
			assertThatExceptionOfType(EmptyResultDataAccessException.class).isThrownBy(() -> notes.get("missing"));
		}

	}

	@SpringBootConfiguration
	static class Application {

	}

	@Repository
	static class Notes {

		private final KintoTemplate kinto;

		Notes(KintoTemplate kinto) {
			this.kinto = kinto;
		}

		Map<String, Object> get(String id) {
			return this.kinto.bucket().collection("notes").get(id).data();
		}

	}

}
