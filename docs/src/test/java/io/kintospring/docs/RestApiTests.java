package io.kintospring.docs;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import io.kintospring.boot.test.autoconfigure.AutoConfigureKinto;
import io.kintospring.docs.Notes.Note;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The controller of the page about REST APIs responds as the page says.
 */
@SpringBootTest(classes = RestApiTests.Application.class, properties = "kinto.web.problem-details.enabled=true")
@AutoConfigureKinto
class RestApiTests {

	private static final String TOO_OLD = "\"1\"";

	private final MockMvcTester mvc;

	RestApiTests(@Autowired WebApplicationContext context) {
		this.mvc = MockMvcTester.from(context);
	}

	@Test
	void pagesContinueFromToken() {
		for (int i = 0; i < 23; i++) {
			create("note " + i);
		}
		JsonNode first = json(this.mvc.get().uri("/notes").exchange());
		JsonNode second = json(
				this.mvc.get().uri("/notes?from={token}", first.path("nextToken").asString()).exchange());
		assertThat(first.propertyNames()).containsExactlyInAnyOrder("data", "timestamp", "hasNext", "nextToken");
		assertThat(first.path("data").get(0).propertyNames()).containsExactlyInAnyOrder("id", "lastModified", "data",
				"permissions");
		assertThat(first.path("data").get(0).path("permissions")).isEmpty();
		assertThat(first.path("hasNext").asBoolean()).isTrue();
		assertThat(texts(first)).containsExactlyElementsOf(notes(22, 20));
		assertThat(texts(second)).containsExactlyElementsOf(notes(2, 3));
		assertThat(second.path("hasNext").asBoolean()).isFalse();
		assertThat(second.path("nextToken").isNull()).isTrue();
	}

	@Test
	void noteIsCreatedReadUpdatedAndDeleted() {
		MvcTestResult created = create("first");
		assertThat(created).hasStatus(HttpStatus.CREATED).bodyJson().isStrictlyEqualTo("{\"text\": \"first\"}");
		String location = created.getResponse().getHeader(HttpHeaders.LOCATION);
		assertThat(location).startsWith("http://localhost/notes/");
		URI note = URI.create(location);
		String version = etag(created);
		assertThat(this.mvc.get().uri(note)).hasStatusOk()
			.hasHeader(HttpHeaders.ETAG, version)
			.bodyJson()
			.isStrictlyEqualTo("{\"text\": \"first\"}");
		MvcTestResult updated = put(note, version, "second");
		assertThat(updated).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"text\": \"second\"}");
		assertThat(etag(updated)).isNotEqualTo(version);
		assertThat(this.mvc.delete().uri(note).header(HttpHeaders.IF_MATCH, etag(updated)))
			.hasStatus(HttpStatus.NO_CONTENT);
		assertThat(this.mvc.get().uri(note)).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void unchangedNoteIsNotSentAgain() {
		MvcTestResult created = create("first");
		URI note = URI.create(created.getResponse().getHeader(HttpHeaders.LOCATION));
		assertThat(this.mvc.get().uri(note).header(HttpHeaders.IF_NONE_MATCH, etag(created)))
			.hasStatus(HttpStatus.NOT_MODIFIED)
			.hasHeader(HttpHeaders.ETAG, etag(created));
		assertThat(this.mvc.get().uri(note).header(HttpHeaders.IF_NONE_MATCH, "W/" + etag(created)))
			.hasStatus(HttpStatus.NOT_MODIFIED);
		put(note, etag(created), "second");
		assertThat(this.mvc.get().uri(note).header(HttpHeaders.IF_NONE_MATCH, etag(created))).hasStatusOk();
	}

	@Test
	void concurrentChangeIsAConflict() {
		URI note = URI.create(create("first").getResponse().getHeader(HttpHeaders.LOCATION));
		assertThat(put(note, TOO_OLD, "second")).hasStatus(HttpStatus.CONFLICT)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.mvc.delete().uri(note).header(HttpHeaders.IF_MATCH, TOO_OLD)).hasStatus(HttpStatus.CONFLICT);
		assertThat(this.mvc.get().uri(note)).hasStatusOk();
	}

	@Test
	void missingNoteIsNotFoundUnlessItIsUpdated() {
		URI note = URI.create("/notes/missing");
		assertThat(this.mvc.get().uri(note)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(this.mvc.get().uri(note).header(HttpHeaders.IF_NONE_MATCH, TOO_OLD)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(this.mvc.delete().uri(note).header(HttpHeaders.IF_MATCH, TOO_OLD)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(put(note, TOO_OLD, "second")).hasStatus(HttpStatus.CONFLICT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/notes?from=nonsense", "/notes?from=", "/notes/a.b", "/notes/-a" })
	void invalidTokenOrIdIsABadRequest(String uri) {
		assertThat(this.mvc.get().uri(URI.create(uri))).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "*", "\"1\", \"2\"", "\"-1\"" })
	void invalidVersionIsABadRequest(String version) {
		assertThat(put(URI.create("/notes/a"), version, "second")).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void missingVersionIsABadRequest() {
		assertThat(this.mvc.delete().uri("/notes/a")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void textThatKintoCannotStoreIsABadRequest() {
		assertThat(create("\\u0000")).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void unreadableResponseOfKintoIsNoBadRequest() {
		try (LoopbackServer server = new LoopbackServer(
				(request) -> new LoopbackServer.Response(200, "{\"data\": []}"))) {
			new WebApplicationContextRunner().withUserConfiguration(Application.class)
				.withPropertyValues(Page.named("rest-api.md").properties("kinto.web.problem-details.enabled"))
				.withPropertyValues("kinto.url=" + server.url() + "/v1")
				.run((context) -> assertThat(MockMvcTester.from(context).get().uri("/notes"))
					.hasStatus(HttpStatus.BAD_GATEWAY));
		}
	}

	private MvcTestResult create(String text) {
		return this.mvc.post().uri("/notes").contentType(MediaType.APPLICATION_JSON).content(note(text)).exchange();
	}

	private MvcTestResult put(URI note, String version, String text) {
		return this.mvc.put()
			.uri(note)
			.header(HttpHeaders.IF_MATCH, version)
			.contentType(MediaType.APPLICATION_JSON)
			.content(note(text))
			.exchange();
	}

	private static String note(String text) {
		return "{\"text\": \"" + text + "\"}";
	}

	private static String etag(MvcTestResult result) {
		return result.getResponse().getHeader(HttpHeaders.ETAG);
	}

	private static JsonNode json(MvcTestResult result) {
		return JsonMapper.shared().readTree(result.getResponse().getContentAsByteArray());
	}

	private static List<String> texts(JsonNode page) {
		return page.path("data").valueStream().map((note) -> note.path("data").path("text").asString()).toList();
	}

	private static List<String> notes(int first, int count) {
		return IntStream.range(0, count).mapToObj((i) -> "note " + (first - i)).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ NoteController.class, InvalidInputAdvice.class })
	static class Application {

	}

}
