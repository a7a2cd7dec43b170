package io.kintospring.docs;

import io.kintospring.docs.Notes.Note;
import io.kintospring.template.CollectionOperations;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the page about errors says about an application's own API does what it says.
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
		MockMvcTester mvc = MockMvcTester.from(context);
		assertThat(mvc.post().uri("/notes/a")).hasStatusOk();
		assertThat(mvc.post().uri("/notes/a")).hasStatus(HttpStatus.PRECONDITION_FAILED)
			.bodyJson()
			.extractingPath("title")
			.isEqualTo("Changed meanwhile");
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
	@Import({ NoteController.class, NoteWriter.class, NoteRepository.class })
	static class Application {

	}

	@RestController
	static class NoteWriter {

		private final CollectionOperations<Note> notes;

		private final NoteRepository repository;

		NoteWriter(KintoTemplate kinto, NoteRepository repository) {
			this.notes = kinto.bucket().collection("notes", Note.class);
			this.repository = repository;
		}

		@PostMapping("/notes/{id}")
		void create(@PathVariable String id) {
			this.notes.create(id, new Note("text"));
		}

		@GetMapping("/repository/{id}")
		Note note(@PathVariable String id) {
			return this.repository.get(id);
		}

	}

}
