package io.kintospring.boot.autoconfigure.error;

import java.time.Duration;

import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.boot.Failures;
import io.kintospring.boot.error.KintoExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.DispatcherServlet;

import static org.assertj.core.api.Assertions.assertThat;

class KintoProblemDetailsAutoConfigurationTests {

	private static final String ENABLED = "kinto.web.problem-details.enabled=true";

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations
		.of(KintoProblemDetailsAutoConfiguration.class);

	private final WebApplicationContextRunner mvcRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
						DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class))
		.withConfiguration(CONFIGURATIONS)
		.withUserConfiguration(Controller.class);

	private final ReactiveWebApplicationContextRunner webFluxRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, CodecsAutoConfiguration.class,
				HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class))
		.withConfiguration(CONFIGURATIONS)
		.withUserConfiguration(ReactiveController.class);

	@Test
	void springMvcRespondsWithProblems() {
		this.mvcRunner.withPropertyValues(ENABLED).run((context) -> {
			MockMvcTester mvc = MockMvcTester.from(context);
			assertThat(mvc.get().uri("/unavailable")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
				.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
				.hasHeader(HttpHeaders.RETRY_AFTER, "30")
				.bodyJson()
				.isStrictlyEqualTo("""
						{"title": "Service Unavailable", "status": 503,
						 "detail": "The data store is temporarily unavailable.", "instance": "/unavailable"}""");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { MediaType.TEXT_HTML_VALUE, MediaType.APPLICATION_XML_VALUE })
	void springMvcRespondsWithJsonWhateverTheClientAccepts(String accepted) {
		this.mvcRunner.withPropertyValues(ENABLED)
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/missing").header("Accept", accepted))
				.hasStatus(HttpStatus.NOT_FOUND)
				.hasContentType(MediaType.APPLICATION_PROBLEM_JSON));
	}

	@Test
	void springWebFluxRespondsWithProblems() {
		this.webFluxRunner.withPropertyValues(ENABLED)
			.run((context) -> WebTestClient.bindToApplicationContext(context)
				.build()
				.get()
				.uri("/unavailable")
				.exchange()
				.expectStatus()
				.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectHeader()
				.valueEquals(HttpHeaders.RETRY_AFTER, "30")
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("The data store is temporarily unavailable.")
				.jsonPath("$.instance")
				.isEqualTo("/unavailable"));
	}

	@Test
	void isOffByDefault() {
		this.mvcRunner
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KintoExceptionHandler.class));
		this.webFluxRunner
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KintoExceptionHandler.class));
	}

	@Test
	void isOffIfThePropertyIsFalse() {
		this.mvcRunner.withPropertyValues("kinto.web.problem-details.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KintoExceptionHandler.class));
	}

	@Test
	void needsAWebApplication() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KintoExceptionHandler.class));
	}

	@Test
	void servletApplicationWithoutSpringMvcHasNoHandler() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KintoExceptionHandler.class));
	}

	@Test
	void servletApplicationNeedsNoSpringWebFlux() {
		new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.run((context) -> assertThat(context).hasSingleBean(KintoExceptionHandler.class));
	}

	@Test
	void reactiveApplicationNeedsNoSpringMvc() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet", "jakarta.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(KintoExceptionHandler.class));
	}

	@Test
	void reactiveApplicationWithoutSpringWebFluxHasNoHandler() {
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KintoExceptionHandler.class));
	}

	@Test
	void ownHandlerReplacesIt() {
		this.mvcRunner.withPropertyValues(ENABLED).withUserConfiguration(OwnHandler.class).run((context) -> {
			assertThat(context).hasSingleBean(KintoExceptionHandler.class).hasSingleBean(OwnHandler.class);
			assertThat(MockMvcTester.from(context).get().uri("/missing")).hasStatus(HttpStatus.PRECONDITION_FAILED);
		});
	}

	@Test
	void handlesKintoExceptionsBeforeAnAdviceForAllExceptions() {
		this.mvcRunner.withPropertyValues(ENABLED)
			.withUserConfiguration(CatchAllAdvice.class)
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/missing"))
				.hasStatus(HttpStatus.NOT_FOUND));
	}

	@Test
	void adviceOfHigherPrecedenceComesFirst() {
		this.mvcRunner.withPropertyValues(ENABLED).withUserConfiguration(NotFoundAdvice.class).run((context) -> {
			MockMvcTester mvc = MockMvcTester.from(context);
			assertThat(mvc.get().uri("/missing")).hasStatus(HttpStatus.NO_CONTENT);
			assertThat(mvc.get().uri("/unavailable")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		});
	}

	@RestController
	static class Controller {

		@GetMapping("/missing")
		String missing() {
			throw Failures.response(404);
		}

		@GetMapping("/unavailable")
		String unavailable() {
			throw Failures.unavailable(Duration.ofSeconds(30));
		}

	}

	@RestController
	static class ReactiveController {

		@GetMapping("/unavailable")
		Mono<String> unavailable() {
			return Mono.error(() -> Failures.unavailable(Duration.ofSeconds(30)));
		}

	}

	static class OwnHandler extends KintoExceptionHandler {

		@Override
		public ResponseEntity<ProblemDetail> handleKintoException(KintoException ex) {
			return ResponseEntity.status(HttpStatus.PRECONDITION_FAILED).build();
		}

	}

	@RestControllerAdvice
	static class CatchAllAdvice {

		@ExceptionHandler
		ResponseEntity<Void> handle(Exception ex) {
			return ResponseEntity.internalServerError().build();
		}

	}

	@RestControllerAdvice
	@Order(-1)
	static class NotFoundAdvice {

		@ExceptionHandler
		ResponseEntity<Void> handle(KintoNotFoundException ex) {
			return ResponseEntity.noContent().build();
		}

	}

}
