package io.kintospring.boot.error;

import java.util.List;

import io.kintospring.KintoException;
import io.kintospring.boot.FailingController;
import io.kintospring.boot.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

@ExtendWith(OutputCaptureExtension.class)
class KintoExceptionHandlerTests {

	private final KintoExceptionHandler handler = new KintoExceptionHandler();

	@Test
	void controllerOfSpringMvcRespondsWithTheProblem() {
		MockMvcTester mvc = MockMvcTester.of(List.of(new FailingController()),
				(builder) -> builder.setControllerAdvice(this.handler).build());
		assertThat(mvc.get().uri("/missing")).hasStatus(HttpStatus.NOT_FOUND)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.isStrictlyEqualTo("""
					{"title": "Not Found", "status": 404, "detail": "The record does not exist.",
					 "instance": "/missing"}""");
		assertThat(mvc.get().uri("/wrapped")).hasStatus(HttpStatus.CONFLICT);
	}

	@Test
	void controllerOfSpringWebFluxRespondsWithTheProblem() {
		WebTestClient client = WebTestClient.bindToController(new FailingController())
			.controllerAdvice(this.handler)
			.build();
		client.get()
			.uri("/missing")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.json("""
					{"title": "Not Found", "status": 404, "detail": "The record does not exist.",
					 "instance": "/missing"}""", JsonCompareMode.STRICT);
		client.get().uri("/wrapped").exchange().expectStatus().isEqualTo(HttpStatus.CONFLICT);
	}

	@Test
	void failuresOfTheServerAreLogged(CapturedOutput output) {
		KintoException ex = Failures.response(500);
		ResponseEntity<ProblemDetail> response = this.handler.handleKintoException(ex);
		assertThat(response).isEqualTo(KintoProblemDetails.toResponseEntity(ex));
		assertThat(output).contains("WARN").contains("Responding with status 502").contains(ex.toString());
	}

	@Test
	void failuresOfTheCallerAreNotLogged(CapturedOutput output) {
		this.handler.handleKintoException(Failures.response(404));
		assertThat(output).doesNotContain("Responding");
	}

	@Test
	void methodCanBeCalledInNativeImages() throws NoSuchMethodException {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, KintoExceptionHandler.class);
		assertThat(reflection()
			.onMethodInvocation(KintoExceptionHandler.class.getMethod("handleKintoException", KintoException.class)))
			.accepts(hints);
	}

}
