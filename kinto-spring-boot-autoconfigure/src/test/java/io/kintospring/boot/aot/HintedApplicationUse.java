package io.kintospring.boot.aot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.boot.aot.HintedApplication.Note;
import io.kintospring.boot.aot.HintedApplication.Picture;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls of everything that may need hints: the operations of the templates, which the
 * embedded server answers, and the web endpoints.
 */
final class HintedApplicationUse {

	private final KintoTemplate kinto;

	private final ReactiveKintoTemplate reactiveKinto;

	private final CollectionOperations<Note> notes;

	private final RestClient web;

	HintedApplicationUse(ApplicationContext context) {
		this.kinto = context.getBean(KintoTemplate.class);
		this.reactiveKinto = context.getBean(ReactiveKintoTemplate.class);
		this.notes = this.kinto.bucket("main").collection("notes", Note.class);
		this.web = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	void all() {
		initialObjects();
		recordsWithSchema();
		changes();
		groupsAndPermissions();
		batches();
		attachments();
		serverInfo();
		accounts();
		webEndpoints();
	}

	private void initialObjects() {
		assertThat(this.kinto.bucket("blog").collection("posts").get("welcome").data()).containsEntry("title",
				"Welcome");
	}

	private void recordsWithSchema() {
		Map<String, Object> text = Map.of("type", "string", "maxLength", 10);
		this.kinto.buckets().create("main");
		this.kinto.bucket("main")
			.collections()
			.create("notes", Map.of("schema", Map.of("type", "object", "properties", Map.of("text", text))));
		KintoObject<Note> note = this.notes.create("a", new Note("A", 1));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.notes.create("a", new Note("A", 1)));
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> this.notes.create("b", new Note("longer than the schema allows", 1)));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.notes.get("b"));
		this.notes.update(note.withData(new Note("B", 2)));
		this.notes.update("a", (read) -> new Note("C", read.stars() + 1));
		this.notes.patch("a", Map.of("stars", 4));
		this.notes.mergePatch("a", Map.of("stars", 5));
		this.notes.jsonPatch("a", (patch) -> patch.replace("/data/stars", 6));
		assertThat(this.notes.list((query) -> query.where("stars").min(6).sort("-text").limit(10)).data()).hasSize(1);
		assertThat(this.reactiveKinto.bucket("main").collection("notes", Note.class).stream().blockFirst().data())
			.isEqualTo(new Note("C", 6));
	}

	private void changes() {
		KintoTimestamp before = this.notes.timestamp();
		this.notes.create("b", new Note("B", 1));
		this.notes.delete("b");
		assertThat(this.notes.changes(KintoCheckpoint.of(before)).deleted()).hasSize(1);
		assertThat(this.notes.snapshot(before)).hasSize(1);
		assertThat(this.kinto.bucket("main").history().list().data()).isNotEmpty()
			.allSatisfy((entry) -> assertThat(entry.data().action()).isNotEmpty());
	}

	private void groupsAndPermissions() {
		BucketOperations main = this.kinto.bucket("main");
		main.groups().create("editors", KintoGroup.of("account:ann"));
		main.groups().addMembers("editors", "account:bob");
		main.collection("notes")
			.permissions()
			.grant((permissions) -> permissions.write("/buckets/main/groups/editors"));
		assertThat(main.collection("notes").permissions().get().permissions().principals("write"))
			.contains("/buckets/main/groups/editors");
		assertThat(this.kinto.listPermissions()).isNotEmpty();
	}

	private void batches() {
		this.notes.create("old", new Note("D", 1));
		KintoCall<KintoObject<Note>> create = this.notes.calls().create(new Note("E", 1));
		assertThat(this.kinto.batch(create, this.notes.calls().delete("old")).get(create).data().text()).isEqualTo("E");
		assertThatExceptionOfType(KintoBatchException.class)
			.isThrownBy(() -> this.kinto.batch(List.of(this.notes.calls().create("a", new Note("F", 1)))));
	}

	private void attachments() {
		this.kinto.bucket("main").collections().create("pictures");
		CollectionOperations<Picture> pictures = this.kinto.bucket("main").collection("pictures", Picture.class);
		Resource file = new ByteArrayResource("cover".getBytes(StandardCharsets.UTF_8));
		KintoAttachment attachment = pictures.attachments()
			.add("a", file, new Picture(null, KintoTimestamp.of(1)), (upload) -> upload.filename("cover.png"));
		assertThat(pictures.get("a").data()).isEqualTo(new Picture(attachment, KintoTimestamp.of(1)));
		try (InputStream download = pictures.attachments().download(attachment)) {
			assertThat(download.readAllBytes()).hasSize(5);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		pictures.attachments().remove("a");
	}

	private void serverInfo() {
		assertThat(this.kinto.fetchServerInfo().capabilities()).isNotEmpty();
		assertThat(this.kinto.fetchHeartbeat().isHealthy()).isTrue();
		assertThat(this.kinto.fetchUser()).isPresent();
	}

	private void accounts() {
		this.kinto.mutate().authentication(KintoAuthentication.none()).build().createAccount("ann", "secret");
		KintoTemplate ann = this.kinto.mutate().authentication(KintoAuthentication.basic("ann", "secret")).build();
		ann.changePassword("ann", "better");
		KintoTemplate changed = this.kinto.mutate().authentication(KintoAuthentication.basic("ann", "better")).build();
		assertThat(changed.fetchUser()).hasValueSatisfying((user) -> assertThat(user.id()).isEqualTo("account:ann"));
	}

	private void webEndpoints() {
		assertThat(body("/notes/a")).isEqualTo("{\"text\":\"C\",\"stars\":6}");
		assertThat(body("/notes/missing")).contains("\"status\":404", "\"detail\":\"The record does not exist.\"");
		assertThat(body("/actuator/kinto")).contains("\"authentication\":\"basic\"", "\"capabilities\":[");
		assertThat(body("/actuator/health")).contains("\"authenticated\":true");
		assertThat(body("/actuator/info")).contains("\"httpApiVersion\"");
		assertThat(body("/actuator/metrics/kinto.client.requests")).contains("\"operation\"");
	}

	/**
	 * Query by a property reference, which is a serializable lambda expression.
	 */
	void propertyReference() {
		this.kinto.buckets().create("main");
		this.kinto.bucket("main").collections().create("notes");
		assertThat(this.notes.list((query) -> query.where(Note::stars).min(1)).data()).isEmpty();
	}

	private String body(String path) {
		return String.valueOf(this.web.get().uri(path).retrieve().body(String.class));
	}

}
