package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for attachments of records.
 */
@EmbeddedKinto(settings = { "kinto.attachment.folder={bucket_id}/{collection_id}",
		"kinto.attachment.resources.blog.drafts.keep_old_files=true" })
class AttachmentTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String COLLECTION = BUCKET + "/collections/posts";

	private static final String RECORDS = COLLECTION + "/records";

	private static final String RECORD = RECORDS + "/a";

	private static final String ATTACHMENT = RECORD + "/attachment";

	private static final String HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

	private TestClient client;

	@BeforeEach
	void createCollection(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", BUCKET, "");
		this.client.send("PUT", COLLECTION, "{\"data\":{\"schema\":{\"properties\":{\"n\":{\"type\":\"number\"}}}}}");
	}

	@Test
	void capabilityContainsBaseUrl(EmbeddedKintoServer server) {
		JsonNode capability = this.client.get("/").path("capabilities").path("attachments");
		assertThat(capability.path("base_url").asString()).isEqualTo(server.url() + "/attachments/");
		assertThat(capability.path("version").asString()).isNotEmpty();
		assertThat(this.client.get("/__heartbeat__").path("attachments").asBoolean()).isTrue();
	}

	@Test
	void uploadCreatesRecord(EmbeddedKintoServer server) {
		HttpResponse<String> response = upload("hello");
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("Location")).hasValue(server.url() + RECORD);
		JsonNode attachment = TestClient.json(response);
		assertThat(attachment.path("filename").asString()).isEqualTo("note.txt");
		assertThat(attachment.path("mimetype").asString()).isEqualTo("text/x-note");
		assertThat(attachment.path("size").asInt()).isEqualTo(5);
		assertThat(attachment.path("hash").asString()).isEqualTo(HASH);
		assertThat(location(response)).startsWith(server.url() + "/attachments/blog/posts/")
			.endsWith(".txt")
			.doesNotContain("note");
		JsonNode record = this.client.get(RECORD);
		assertThat(record.path("data").path("attachment")).isEqualTo(attachment);
		assertThat(record.path("permissions").path("write")).hasSize(1);
		assertThat(response.headers().firstValue("ETag"))
			.hasValue("\"" + record.path("data").path("last_modified").asLong() + "\"");
	}

	@Test
	void uploadChangesFieldsAndPermissionsOfForm() {
		this.client.send("PUT", RECORD, "{\"data\":{\"title\":\"A\",\"n\":1}}");
		TestForm form = TestForm.file("hello")
			.field("data", "{\"n\":2}")
			.field("permissions", "{\"read\":[\"system.Everyone\"]}");
		assertThat(this.client.post(ATTACHMENT, form).statusCode()).isEqualTo(200);
		JsonNode record = this.client.get(RECORD);
		assertThat(record.path("data").path("title").asString()).isEqualTo("A");
		assertThat(record.path("data").path("n").asInt()).isEqualTo(2);
		assertThat(record.path("permissions").path("read").get(0).asString()).isEqualTo("system.Everyone");
		assertThat(record.path("permissions").path("write")).hasSize(1);
	}

	@Test
	void fileIsServedToAnonymousUsers() {
		byte[] content = new byte[1_000_000];
		new Random(1).nextBytes(content);
		TestForm form = new TestForm()
			.part("form-data; name=\"attachment\"; filename=\"photo.png\"\r\nContent-Type: image/png", content);
		HttpResponse<byte[]> file = this.client.download(location(this.client.post(ATTACHMENT, form)));
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.headers().firstValue("Content-Type")).hasValue("image/png");
		assertThat(file.body()).isEqualTo(content);
	}

	@ParameterizedTest
	@CsvSource({ "image/*, image/png", "*/*, image/png", "application/*+xml, image/png", "none, image/png",
			"'', image/png", "image/gif, image/gif" })
	void invalidContentTypeIsReplacedByTypeOfFileExtension(String type, String expected) {
		TestForm form = new TestForm().part(
				"form-data; name=\"attachment\"; filename=\"a.png\"\r\nContent-Type: " + type,
				"x".getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> response = this.client.post(ATTACHMENT, form);
		assertThat(TestClient.json(response).path("mimetype").asString()).isEqualTo(type);
		HttpResponse<byte[]> file = this.client.download(location(response));
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.headers().firstValue("Content-Type")).hasValue(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/attachments", "/attachments/none", "/attachments/%20" })
	void missingFileIsNotFound(String path) {
		upload("hello");
		assertThat(this.client.send("GET", path, "").statusCode()).isEqualTo(404);
	}

	@Test
	void replacedFileIsRemoved() {
		String first = location(upload("one"));
		HttpResponse<String> second = upload("two");
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(content(location(second))).isEqualTo("two");
		assertRemoved(first);
	}

	@ParameterizedTest
	@ValueSource(strings = { RECORD, COLLECTION, BUCKET })
	void filesOfOtherObjectsAreKept(String deleted) {
		String removed = location(upload("hello"));
		String other = location(
				this.client.post("/buckets/default/collections/posts/records/a/attachment", TestForm.file("other")));
		String sibling = location(this.client.post(RECORDS + "/ab/attachment", TestForm.file("sibling")));
		this.client.send("DELETE", deleted, "");
		assertRemoved(removed);
		assertThat(content(other)).isEqualTo("other");
		if (deleted.equals(RECORD)) {
			assertThat(content(sibling)).isEqualTo("sibling");
		}
		else {
			assertRemoved(sibling);
		}
	}

	@Test
	void deletingAttachmentKeepsRecord() {
		String location = location(upload("hello"));
		assertThat(this.client.send("DELETE", ATTACHMENT, "").statusCode()).isEqualTo(204);
		assertThat(this.client.get(RECORD).path("data").path("attachment").isNull()).isTrue();
		assertRemoved(location);
	}

	@ParameterizedTest
	@ValueSource(strings = { RECORD, COLLECTION, BUCKET })
	void fileIsRemovedWithObject(String deleted) {
		String location = location(upload("hello"));
		this.client.send("DELETE", deleted, "");
		assertRemoved(location);
	}

	@ParameterizedTest
	@ValueSource(strings = { RECORDS, BUCKET + "/collections", "/buckets" })
	void fileIsKeptWhenListIsDeletedAsInKinto(String deleted) {
		String location = location(upload("hello"));
		this.client.send("DELETE", deleted, "");
		assertThat(content(location)).isEqualTo("hello");
	}

	@Test
	void flushRemovesFiles(EmbeddedKintoServer server) {
		String location = location(upload("hello"));
		server.flush();
		assertRemoved(location);
	}

	@Test
	void oldFilesAreKeptWhenConfigured() {
		this.client.send("PUT", BUCKET + "/collections/drafts", "");
		String record = BUCKET + "/collections/drafts/records/a";
		String first = location(this.client.post(record + "/attachment", TestForm.file("one")));
		String second = location(this.client.post(record + "/attachment", TestForm.file("two")));
		this.client.send("DELETE", record, "");
		assertThat(content(first)).isEqualTo("one");
		assertThat(content(second)).isEqualTo("two");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "PATCH | {'data':{'attachment':{'size':1}}} | 400", "PUT | {'data':{'attachment':'mine'}} | 400",
					"PATCH | {'data':{'attachment':null}} | 200", "PUT | {'data':{}} | 200",
					"PATCH | {'data':{'n':1}} | 200", "PATCH | {'permissions':{'read':['system.Everyone']}} | 200" })
	void attachmentFieldCanBeRemovedButNotChanged(String method, String body, int status) {
		upload("hello");
		JsonNode before = this.client.get(RECORD);
		HttpResponse<String> response = this.client.send(method, RECORD, body.replace('\'', '"'));
		assertThat(response.statusCode()).isEqualTo(status);
		if (status == 400) {
			assertThat(TestClient.json(response).path("errno").asInt()).isEqualTo(999);
			assertThat(this.client.get(RECORD)).isEqualTo(before);
		}
	}

	@Test
	void unchangedAttachmentFieldCanBeWritten() {
		upload("hello");
		JsonNode data = this.client.get(RECORD).path("data");
		assertThat(this.client.send("PUT", RECORD, "{\"data\":" + data + "}").statusCode()).isEqualTo(200);
		String equal = data.toString().replace("\"size\":5", "\"size\":5.0");
		assertThat(this.client.send("PUT", RECORD, "{\"data\":" + equal + "}").statusCode()).isEqualTo(200);
		assertThat(this.client.get(RECORD).path("data").path("attachment").path("size").toString()).isEqualTo("5.0");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "other | note.txt | data | {} | 109", "attachment | | data | {} | 107",
					"attachment | note.exe | data | {} | 107", "attachment | note | data | {} | 107",
					"attachment | .txt | data | {} | 107", "attachment | ..txt | data | {} | 107",
					"attachment | a/.txt | data | {} | 107", "attachment | a. | data | {} | 107",
					"attachment | note.txt | data | {> | 109", "attachment | note.txt | data | '' | 109",
					"attachment | note.txt | permissions | x | 109", "attachment | note.txt | other | {} | 109",
					"attachment | note.txt | data | [] | 107", "attachment | note.txt | data | {\"n\":\"x\"} | 107",
					"attachment | note.txt | data | {\"id\":\"b\"} | 107",
					"attachment | note.txt | permissions | {\"read\":\"x\"} | 107" })
	void invalidUploadIsRejected(String name, String filename, String field, String value, int errno) {
		TestForm form = new TestForm().file(name, (filename != null) ? filename : "", "x").field(field, value);
		HttpResponse<String> response = this.client.post(ATTACHMENT, form);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(TestClient.json(response).path("errno").asInt()).isEqualTo(errno);
		assertThat(this.client.send("GET", RECORD, "").statusCode()).isEqualTo(404);
	}

	@Test
	void fieldSentAsFileIsRejected() {
		HttpResponse<String> response = this.client.post(ATTACHMENT,
				TestForm.file("x").file("data", "data.json", "{}"));
		assertThat(TestClient.json(response).path("errno").asInt()).isEqualTo(109);
	}

	@Test
	void bodyThatIsNotFormIsRejected() {
		HttpResponse<String> response = this.client.send("POST", ATTACHMENT, "{\"data\":{}}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(TestClient.json(response).path("errno").asInt()).isEqualTo(107);
	}

	@Test
	void formWithoutFinalBoundaryIsAcceptedAsInKinto() {
		HttpResponse<String> response = this.client.post(ATTACHMENT, TestForm.file("hello").unfinished());
		assertThat(content(location(response))).isEqualTo("hello");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "--X;{part};;hello;--X-- | hello", "--X;{part};;hello; | hello", "--X;{part};;hello | hello",
					"--X;{part};; | ~~", "--X;{part} | ~~", "before;--X;{part};;hello;--X--;after | hello",
					"--X--;--X;{part};;hello;--X-- | hello", "--X;{part};;a;;--Xb;;--X-- | a;;--Xb;",
					"--X;{part};;one;--X;{part};;two;--X-- | two" })
	void formIsReadAsInKinto(String form, String content) {
		String part = "Content-Disposition: form-data; name=\"attachment\"; filename=\"a.txt\"";
		HttpResponse<String> response = this.client.send("POST", ATTACHMENT,
				form.replace(";", "\r\n").replace("{part}", part), "Content-Type", "multipart/form-data; boundary=X");
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(content(location(response))).isEqualTo(content.replace(";", "\r\n"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | multipart/form-data; boundary=X | 400 109",
			"nonsense | multipart/form-data; boundary=X | 400 109", "--X | multipart/form-data; boundary=X | 400 109",
			"--X-- | multipart/form-data; boundary=X | 400 109", "--X-- | multipart/form-data | 400 107",
			"--X-- | multipart/form-data; boundary= | 400 107", "--X-- | text/plain | 400 107",
			"--X-- | '' | 400 107" })
	void formWithoutPartsIsRejected(String form, String type, String error) {
		assertThat(TestClient.error(this.client.send("POST", ATTACHMENT, form, "Content-Type", type))).isEqualTo(error);
	}

	@Test
	void formIsCheckedBeforeCollectionAsInKinto() {
		String attachment = BUCKET + "/collections/missing/records/a/attachment";
		assertThat(TestClient.error(this.client.post(attachment, new TestForm()))).isEqualTo("400 109");
		assertThat(TestClient.error(this.client.post(attachment, TestForm.file("hello").field("other", "{}"))))
			.isEqualTo("400 109");
		assertThat(TestClient.error(this.client.post(attachment, TestForm.file("hello")))).isEqualTo("404 111");
	}

	@Test
	void rejectedUploadGivesTheListAVersionInMemory() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
		InstantSource clock = now::get;
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("storage_backend", "kinto.core.storage.memory")
			.setting("attachment.folder", "")
			.clock(clock.withZone(ZoneOffset.UTC))
			.start()) {
			TestClient alice = new TestClient(server, "alice");
			alice.send("PUT", BUCKET, "");
			alice.send("PUT", COLLECTION, "");
			assertThat(TestClient.error(alice.post(ATTACHMENT, new TestForm()))).isEqualTo("400 109");
			now.set(now.get().plusSeconds(1));
			String version = alice.send("GET", RECORDS, "").headers().firstValue("ETag").orElseThrow();
			assertThat(version).isLessThan("\"" + now.get().toEpochMilli() + "\"");
		}
	}

	@Test
	void rejectedUploadRemovesPreviousFileAsInKinto() {
		String location = location(upload("hello"));
		this.client.post(ATTACHMENT, new TestForm());
		assertThat(this.client.get(RECORD).path("data").path("attachment").path("location").asString())
			.isEqualTo(location);
		assertRemoved(location);
	}

	@Test
	void preconditionsAreIgnoredAsInKinto() {
		upload("one");
		assertThat(this.client.post(ATTACHMENT, TestForm.file("two"), "If-None-Match", "*").statusCode())
			.isEqualTo(200);
		assertThat(this.client.post(ATTACHMENT, TestForm.file("two"), "If-Match", "\"1\"").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "filename=\"é ü.txt\" | é ü.txt", "filename=a b.txt | a b.txt",
					"filename=\"a;\\\"b.txt\" | a;\"b.txt", "filename=\"a.txt\"; filename*=UTF-8''%C3%A9.txt | a.txt",
					"filename=\"=?UTF-8?Q?=C3=A9?=.txt\" | =?UTF-8?Q?=C3=A9?=.txt", "filename*=UTF-8''%C3%A9.txt | ",
					"filename=\"../../a.txt\" | ../../a.txt" })
	void filenameIsNotDecodedAsInKinto(String parameter, String filename) {
		TestForm form = new TestForm().part("form-data; name=\"attachment\"; " + parameter,
				"x".getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> response = this.client.post(ATTACHMENT, form);
		assertThat(response.statusCode()).isEqualTo((filename != null) ? 201 : 400);
		if (filename != null) {
			assertThat(TestClient.json(response).path("filename").asString()).isEqualTo(filename);
			assertThat(content(location(response))).isEqualTo("x");
		}
	}

	@Test
	void uploadAndDeletionRequirePermission(EmbeddedKintoServer server) {
		TestClient bob = new TestClient(server, "bob");
		assertThat(bob.post(ATTACHMENT, TestForm.file("x")).statusCode()).isEqualTo(403);
		this.client.send("PATCH", COLLECTION, "{\"permissions\":{\"record:create\":[\"system.Authenticated\"]}}");
		upload("hello");
		assertThat(bob.post(ATTACHMENT, TestForm.file("x")).statusCode()).isEqualTo(403);
		assertThat(bob.send("DELETE", ATTACHMENT, "").statusCode()).isEqualTo(403);
		assertThat(bob.post(RECORDS + "/b/attachment", TestForm.file("x")).statusCode()).isEqualTo(201);
		assertThat(bob.post(BUCKET + "/collections/none/records/b/attachment", TestForm.file("x")).statusCode())
			.isEqualTo(403);
		assertThat(this.client.post(BUCKET + "/collections/none/records/b/attachment", TestForm.file("x")).statusCode())
			.isEqualTo(404);
	}

	@Test
	void defaultBucketAcceptsUploads() {
		HttpResponse<String> response = this.client.post("/buckets/default/collections/notes/records/a/attachment",
				TestForm.file("hello"));
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(content(location(response))).isEqualTo("hello");
	}

	@Test
	void batchCanDeleteAttachmentsButNotUpload() {
		upload("hello");
		String batch = """
				{"requests": [{"method": "POST", "path": "%1$s", "body": {"data": {}}},
				  {"method": "DELETE", "path": "%1$s"}]}""".formatted(ATTACHMENT);
		JsonNode responses = TestClient.json(this.client.send("POST", "/batch", batch)).path("responses");
		assertThat(responses.valueStream().map((response) -> response.path("status").asInt())).containsExactly(400,
				204);
		assertThat(responses.path(1).path("body").isNull()).isTrue();
	}

	@Test
	void historyContainsUploads() {
		upload("hello");
		this.client.send("DELETE", ATTACHMENT, "");
		JsonNode entries = this.client.get(BUCKET + "/history?record_id=a").path("data");
		assertThat(entries.valueStream().map((entry) -> entry.path("action").asString())).containsExactly("update",
				"create");
		assertThat(entries.get(0).path("uri").asString()).isEqualTo(RECORD);
	}

	@Test
	void tooLargeRequestIsRejected() {
		HttpResponse<String> response = upload("x".repeat(17 * 1024 * 1024));
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(TestClient.json(response).path("errno").asInt()).isEqualTo(113);
	}

	@Test
	void attachmentsAreUnavailableWithoutPlugin() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			TestClient alice = new TestClient(server, "alice");
			assertThat(alice.get("/").path("capabilities").has("attachments")).isFalse();
			alice.send("PUT", BUCKET, "");
			alice.send("PUT", COLLECTION, "");
			assertThat(alice.post(ATTACHMENT, TestForm.file("x")).statusCode()).isEqualTo(404);
			alice.send("PUT", RECORD, "{\"data\":{\"attachment\":1}}");
			assertThat(alice.send("PUT", RECORD, "{\"data\":{\"attachment\":2}}").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void pluginCanBeIncluded() {
		try (EmbeddedKintoServer server = start("includes=kinto_attachment")) {
			assertThat(new TestClient(server, "alice").get("/").path("capabilities").propertyNames())
				.contains("attachments")
				.doesNotContain("history");
		}
	}

	@Test
	void recordDoesNotOwnFileAfterItsDeletion() {
		try (EmbeddedKintoServer server = start("attachment.randomize=false")) {
			TestClient alice = new TestClient(server, "alice");
			String record = "/buckets/default/collections/notes/records/r0";
			String location = uploadTo(server, 0, "a.txt");
			assertThat(alice.send("DELETE", record + "/attachment", "").statusCode()).isEqualTo(204);
			assertThat(uploadTo(server, 1, "a.txt")).isEqualTo(location);
			assertThat(alice.send("DELETE", record, "").statusCode()).isEqualTo(200);
			assertThat(content(location)).isEqualTo("hello");
		}
	}

	@Test
	void filesWithSameNameAreNumbered() {
		try (EmbeddedKintoServer server = start("attachment.randomize=false")) {
			assertThat(locations(server, "An été.txt", "An été.txt", "An été.txt")).containsExactly("An_ete.txt",
					"An_ete-1.txt", "An_ete-2.txt");
		}
	}

	@Test
	void filenamePatternCanBeConfigured() {
		try (EmbeddedKintoServer server = start("attachment.randomize=false",
				"attachment.filename_pattern={datetime}-{rid}-{filename}")) {
			assertThat(locations(server, "a.txt").get(0)).matches("\\d{14}-r0-a\\.txt");
		}
	}

	@Test
	void sizeOfFilesIsLimited() {
		try (EmbeddedKintoServer server = start("attachment.max_size_bytes=5",
				"attachment.resources.blog.max_size_bytes=6", "attachment.resources.blog.posts.max_size_bytes=7")) {
			TestClient alice = new TestClient(server, "alice");
			alice.send("PUT", BUCKET, "");
			alice.send("PUT", COLLECTION, "");
			assertThat(alice.post(ATTACHMENT, TestForm.file("1234567")).statusCode()).isEqualTo(201);
			assertThat(alice.post(ATTACHMENT, TestForm.file("12345678")).statusCode()).isEqualTo(400);
			String other = "/buckets/default/collections/notes/records/a/attachment";
			assertThat(alice.post(other, TestForm.file("123456")).statusCode()).isEqualTo(400);
		}
	}

	@ParameterizedTest
	@CsvSource({ "default+video, a.MP4, 201", "default+video, a.exe, 400", "images+pdf, a.pdf, 201",
			"images+pdf, a.txt, 400", "any, a.exe, 201", "any, a, 201" })
	void extensionsCanBeConfigured(String extensions, String filename, int status) {
		try (EmbeddedKintoServer server = start("attachment.extensions=" + extensions)) {
			assertThat(new TestClient(server, "alice")
				.post("/buckets/default/collections/notes/records/a/attachment",
						new TestForm().file("attachment", filename, "x"))
				.statusCode()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@CsvSource({ "a.ftl, application/vnd.fluent", "a.pem, application/x-pem-file", "a.md, text/x-note" })
	void typesCanBeConfigured(String filename, String type) {
		try (EmbeddedKintoServer server = start("attachment.extensions=any",
				"attachment.mimetypes=.ftl:application/vnd.fluent;.db:application/vnd.sqlite3")) {
			HttpResponse<String> response = new TestClient(server, "alice").post(
					"/buckets/default/collections/notes/records/a/attachment",
					new TestForm().file("attachment", filename, "x"));
			assertThat(TestClient.json(response).path("mimetype").asString()).isEqualTo(type);
		}
	}

	@ParameterizedTest
	@CsvSource({ "http://cdn.example/files/, http://cdn.example/files/a.txt, http://cdn.example/files/",
			"http://cdn.example/files, http://cdn.example/a.txt, http://cdn.example/files/",
			"http://cdn.example, http://cdn.example/a.txt, http://cdn.example/" })
	void baseUrlCanBeConfigured(String baseUrl, String location, String capability) {
		try (EmbeddedKintoServer server = start("attachment.randomize=false", "attachment.base_url=" + baseUrl)) {
			assertThat(baseUrl(server)).isEqualTo(capability);
			assertThat(uploadTo(server, 0, "a.txt")).isEqualTo(location);
			assertThat(new TestClient(server, "alice").download(server.url() + "/attachments/a.txt").statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void locationsCanBeRelative() {
		try (EmbeddedKintoServer server = start("attachment.randomize=false", "attachment.base_url=")) {
			assertThat(uploadTo(server, 0, "a.txt")).isEqualTo("a.txt");
			assertThat(baseUrl(server)).isEqualTo(server.url() + "/attachments/");
		}
		try (EmbeddedKintoServer server = start("attachment.base_url=",
				"attachment.extra.base_url=http://cdn.example/files")) {
			assertThat(baseUrl(server)).isEqualTo("http://cdn.example/files/");
		}
	}

	private HttpResponse<String> upload(String content) {
		return this.client.post(ATTACHMENT, TestForm.file(content));
	}

	private String content(String location) {
		HttpResponse<byte[]> response = this.client.download(location);
		assertThat(response.statusCode()).isEqualTo(200);
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	private void assertRemoved(String location) {
		assertThat(this.client.download(location).statusCode()).isEqualTo(404);
	}

	private static List<String> locations(EmbeddedKintoServer server, String... filenames) {
		String base = server.url() + "/attachments/";
		return IntStream.range(0, filenames.length)
			.mapToObj((i) -> uploadTo(server, i, filenames[i]).replace(base, ""))
			.toList();
	}

	private static String uploadTo(EmbeddedKintoServer server, int record, String filename) {
		String path = "/buckets/default/collections/notes/records/r%d/attachment".formatted(record);
		return location(
				new TestClient(server, "alice").post(path, new TestForm().file("attachment", filename, "hello")));
	}

	private static String location(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
		return TestClient.json(response).path("location").asString();
	}

	private static String baseUrl(EmbeddedKintoServer server) {
		return new TestClient(server, "alice").get("/")
			.path("capabilities")
			.path("attachments")
			.path("base_url")
			.asString();
	}

	private static EmbeddedKintoServer start(String... settings) {
		EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder();
		Arrays.stream(settings)
			.map((setting) -> setting.split("=", 2))
			.forEach((parts) -> builder.setting(parts[0], parts[1]));
		return builder.start();
	}

}
