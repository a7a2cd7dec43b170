package io.kintospring.docs;

import io.kintospring.docs.Notes.Note;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A REST API on top of Kinto responds to errors as the page about errors says.
 */
class OwnApiTests {

	private static final Page PAGE = Page.named("errors-and-events.md");

	private static final String[] PROBLEM_DETAILS = PAGE.properties("kinto.web.problem-details.enabled");

	private static final String[] TRANSLATION = PAGE.properties("kinto.exception-translation.enabled");

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withUserConfiguration(Application.class);

	@Test
	void missingNoteIsAProblem() {
		this.contextRunner.withPropertyValues(PROBLEM_DETAILS)
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/notes/a"))
				.hasStatus(HttpStatus.NOT_FOUND)
				.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
				.bodyJson()
				.isStrictlyEqualTo(PAGE.code("json").get(0)));
	}

	@Test
	void ownAdviceUsesTheMapping() {
		this.contextRunner.withPropertyValues(PROBLEM_DETAILS)
			.withUserConfiguration(ConflictAdvice.class)
			.run(this::assertThatConflictIsMapped);
		this.contextRunner.withUserConfiguration(ConflictAdvice.class).run(this::assertThatConflictIsMapped);
	}

	private void assertThatConflictIsMapped(WebApplicationContext context) {
		assertThat(MockMvcTester.from(context).delete().uri(created(context)).header("If-Match", "\"1\""))
			.hasStatus(HttpStatus.PRECONDITION_FAILED)
			.bodyJson()
			.extractingPath("title")
			.isEqualTo("Changed meanwhile");
	}

	private static String created(WebApplicationContext context) {
		return "/notes/" + context.getBean(KintoTemplate.class)
			.bucket()
			.collection("notes", Note.class)
			.create(new Note("text"))
			.id();
	}

	@Test
	void repositoryThrowsDataAccessExceptions() {
		this.contextRunner.withPropertyValues(TRANSLATION).withBean(ReactiveNoteRepository.class).run((context) -> {
			assertThatExceptionOfType(EmptyResultDataAccessException.class)
				.isThrownBy(() -> context.getBean(NoteRepository.class).get("a"));
			assertThatExceptionOfType(EmptyResultDataAccessException.class)
				.isThrownBy(() -> context.getBean(ReactiveNoteRepository.class).find("a").block());
		});
	}

	@Test
	void dataAccessExceptionBecomesTheProblemOfItsCause() {
		this.contextRunner.withPropertyValues(PROBLEM_DETAILS)
			.withPropertyValues(TRANSLATION)
			.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/repository/a"))
				.hasStatus(HttpStatus.NOT_FOUND)
				.bodyJson()
				.extractingPath("detail")
				.isEqualTo("The record does not exist."));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ NoteController.class, RepositoryController.class, NoteRepository.class })
	static class Application {

	}

	@RestController
	static class RepositoryController {

		private final NoteRepository repository;

		RepositoryController(NoteRepository repository) {
			this.repository = repository;
		}

		@GetMapping("/repository/{id}")
		Note note(@PathVariable String id) {
			return this.repository.get(id);
		}

	}

}
