package io.kintospring.protocol;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoUnsupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requests and responses of attachments.
 */
class AttachmentTests {

	private static final String PATH = "/buckets/b/collections/c/records/r/attachment";

	private static final String JSON = "{\"filename\":\"a.txt\",\"hash\":\"12ab\",\"location\":\"files/1.txt\","
			+ "\"mimetype\":\"text/plain\",\"size\":5}";

	private static final KintoAttachment ATTACHMENT = new KintoAttachment("a.txt", "12ab", "files/1.txt", "text/plain",
			5);

	private static final KintoResponse PRESENT = PluginTests.has("attachments");

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	@Test
	void fileIsSentAsForm() throws IOException {
		KintoCall<KintoAttachment> call = this.posts.attachments().add("r", file("a.txt"));
		String boundary = boundary(call);
		assertThat(Requests.text(call)).isEqualTo("POST " + PATH + "\nAccept: application/json\nContent-Type:"
				+ " multipart/form-data;boundary=" + boundary + "\n" + lines(boundary, """
						--=
						Content-Disposition: form-data; name="attachment"; filename="a.txt"
						Content-Type: text/plain

						hello
						--=--
						"""));
		Resource body = call.request().body();
		assertThat(body).isNotNull();
		assertThat(body.contentLength()).isEqualTo(body.getContentAsByteArray().length);
		assertThat(call.request().isStreamed()).isTrue();
	}

	@Test
	void formContainsDataAndPermissions() {
		KintoCall<KintoAttachment> call = this.posts.attachments()
			.add("r", file("a.txt"), new Post("\u00dc", 1),
					(u) -> u.permissions((p) -> p.read("system.Everyone"))
						.filename("dir/b.weird")
						.mimetype("image/png")
						.header("X-A", "1"));
		assertThat(Requests.body(call)).isEqualTo(lines(boundary(call), """
				--=
				Content-Disposition: form-data; name="data"

				{"title":"\u00dc","stars":1}
				--=
				Content-Disposition: form-data; name="permissions"

				{"read":["system.Everyone"]}
				--=
				Content-Disposition: form-data; name="attachment"; filename="b.weird"
				Content-Type: image/png

				hello
				--=--
				"""));
		assertThat(Requests.headers(call)).containsEntry("X-A", "1");
	}

	/**
	 * The server assigns the id and the version.
	 */
	@Test
	void formOmitsIdOfData() {
		KintoCall<?> call = Requests.collection()
			.attachments()
			.add("r", file("a.txt"), Map.of("id", "r", "last_modified", 5, "a", 1));
		assertThat(Requests.body(call)).contains("\r\n\r\n{\"a\":1}\r\n");
	}

	@ParameterizedTest
	@CsvSource({ "x.json, application/json", "x.PNG, image/png", "x.unknown, application/octet-stream",
			"x, application/octet-stream" })
	void mediaTypeIsDerivedFromFilename(String filename, String mimetype) {
		assertThat(Requests.body(this.posts.attachments().add("r", file(filename))))
			.contains("\r\nContent-Type: " + mimetype + "\r\n");
	}

	/**
	 * A filename must not end its header.
	 */
	@Test
	void filenameIsEscapedLikeInBrowsers() {
		assertThat(Requests.body(this.posts.attachments().add("r", file("\u00e4 \"b\"\r\nX: 1.txt"))))
			.contains("; filename=\"\u00e4 %22b%22%0D%0AX: 1.txt\"\r\nContent-Type: text/plain\r\n\r\nhello");
	}

	@Test
	void lengthOfInputStreamIsUnknown() throws IOException {
		Resource stream = new InputStreamResource(new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)));
		Resource body = this.posts.attachments().add("r", stream, (u) -> u.filename("a.txt")).request().body();
		assertThat(body).isNotNull();
		assertThat(body.contentLength()).isEqualTo(-1);
		assertThat(body.getContentAsString(StandardCharsets.UTF_8)).contains("\r\n\r\nhello\r\n");
	}

	@Test
	void missingOrUnnamedFileIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.posts.attachments().add("r", new FileSystemResource("/no/such/file")))
			.withMessage("addAttachment: file [/no/such/file] does not exist");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.posts.attachments().add("r", new ByteArrayResource(new byte[1], "a picture")))
			.withMessageContaining("a picture")
			.withMessageEndingWith("has no name, which the server requires: set filename(\u2026)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.posts.attachments().add("r", file("a.txt"), (u) -> u.mimetype("text")));
	}

	@Test
	void attachmentResponseIsRead() {
		assertThat(Steps.of(this.posts.attachments().add("r", file("a.txt")))
			.sends("GET /")
			.respond(PRESENT)
			.respond(Responses.json(201, JSON))
			.result()).isEqualTo(ATTACHMENT);
	}

	@Test
	void attachmentRequiresCapability() {
		Steps<?> steps = Steps.of(this.posts.attachments().add("r", file("a.txt")));
		assertThatExceptionOfType(KintoUnsupportedException.class)
			.isThrownBy(() -> steps.respond(PluginTests.has("history")))
			.withMessageStartingWith(
					"addAttachment POST " + PATH + " was not sent: the server lacks the capability" + " 'attachments'");
	}

	@Test
	void attachmentIsFoundInRecord() {
		assertThat(find("\"attachment\":" + JSON)).isEqualTo(ATTACHMENT);
		assertThat(find("\"attachment\":null")).isNull();
		assertThat(find("\"a\":1")).isNull();
		assertThat(this.posts.attachments().find("r").read(Responses.json(404, "{\"errno\":110}"))).isEmpty();
	}

	/**
	 * Users can write anything into this field, so messages must not quote it.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "\"secret\"", "5", "true", "[]", "{}", "[{}]" })
	void malformedAttachmentFails(String attachment) {
		assertUnreadable(attachment, "filename");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "\"a.txt\"|true|filename", "\"12ab\"|null|hash", "\"files/1.txt\"|[]|location",
					"\"text/plain\"|{}|mimetype", "5|\"secret\"|size", "5|5.5|size", "5|99999999999999999999|size" })
	void attachmentWithFieldOfOtherTypeFails(String value, String other, String field) {
		assertUnreadable(JSON.replace(value, other), field);
		assertUnreadable(JSON.replace("\"" + field + "\"", "\"else\""), field);
	}

	private void assertUnreadable(String attachment, String field) {
		String message = "the 'attachment' has no valid '" + field + "'";
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> find("\"attachment\":" + attachment))
			.withMessage("findAttachment GET /buckets/b/collections/c/records/r: the response (200, application/json)"
					+ " cannot be read as a record with an attachment: " + message);
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> this.posts.attachments().add("r", file("a.txt")).read(Responses.json(201, attachment)))
			.withMessageEndingWith("cannot be read as an attachment: " + message);
	}

	private KintoAttachment find(String field) {
		return this.posts.attachments()
			.find("r")
			.read(Responses.json(200, "{\"data\":{\"id\":\"r\",\"last_modified\":5," + field + "}}"))
			.orElse(null);
	}

	@Test
	void attachmentIsRemoved() {
		assertThat(Steps.of(this.posts.attachments().remove("r", (o) -> o.header("X-A", "1")))
			.sends("GET /", "X-A: 1")
			.respond(PRESENT)
			.sends("GET /buckets/b/collections/c/records/r", "X-A: 1")
			.respond(Responses.json(200, "{\"data\":{\"id\":\"r\",\"last_modified\":5}}"))
			.sends("DELETE " + PATH, "X-A: 1")
			.respond(Responses.json(204, "", "ETag", "\"7\""))
			.result()).isEqualTo(KintoTimestamp.of(7));
	}

	/**
	 * Without a precondition, the server would create an empty record.
	 */
	@Test
	void removeOfMissingRecordHasPrecondition() {
		Steps<?> steps = Steps.of(this.posts.attachments().remove("r")).respond(PRESENT);
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> steps.respond(Responses.json(404, "{\"errno\":110}")));
	}

	@ParameterizedTest
	@CsvSource({ "http://files/base/, files/1.txt, http://files/base/files/1.txt",
			"http://files/base/, http://files/base/1.txt, http://files/base/1.txt",
			"http://files/base, 1.txt, http://files/base/1.txt",
			"http://files/base, http://files/base/1.txt, http://files/base/1.txt",
			"http://files/x/../base/, /base/1.txt, http://files/base/1.txt",
			"http://files/base/, ./a/../1.txt, http://files/base/1.txt",
			"http://files/base/, http://files/x/../base/1.txt, http://files/base/1.txt",
			"http://files/base/, a..b/..c/d../...%2e/1..txt, http://files/base/a..b/..c/d../...%2e/1..txt",
			"http://files/base/, 1%2f2.txt, http://files/base/1%2f2.txt", "http://files, 1.txt, http://files/1.txt",
			"http://files/, /1.txt, http://files/1.txt", "/attachments/, 1.txt, /attachments/1.txt",
			"/attachments/, /attachments/1.txt, /attachments/1.txt", "'', files/1.txt, files/1.txt" })
	void downloadUsesBaseUrlOfServer(String baseUrl, String location, String address) {
		assertThat(Steps.of(address(download(location))).sends("GET /").respond(files(baseUrl)).result())
			.hasToString(address);
	}

	@ParameterizedTest
	@CsvSource({ "http://files/base/, http://other/1.txt", "http://files/base/, https://files/base/1.txt",
			"http://files/base/, http://files:81/base/1.txt", "http://files/base/, http://me@files/base/1.txt",
			"http://files/base/, //other/1.txt", "http://files/base/, file:/etc/passwd",
			"http://files/base/, mailto:me", "/attachments/, http://other/1.txt", "'', //other/1.txt",
			"'', file:/etc/passwd" })
	void fileOnOtherHostIsNotDownloaded(String baseUrl, String location) {
		assertNotDownloaded(baseUrl, location);
	}

	@ParameterizedTest
	@CsvSource({ "http://files/base/, http://files/1.txt", "http://files/base/, /1.txt",
			"http://files/base, http://files/1.txt", "http://files/base/, http://files/base",
			"http://files/base, http://files/base-not/1.txt", "http://files/base/, http://files",
			"http://files/base/, ../1.txt", "http://files/base/, a/../../1.txt",
			"http://files/base/, http://files/base/../admin", "http://files/, ../1.txt", "/attachments/, /v1/1.txt",
			"/attachments/, ../1.txt", "'', /1.txt", "'', ../1.txt", "'', a/../../1.txt" })
	void fileOutsideBaseUrlIsNotDownloaded(String baseUrl, String location) {
		assertNotDownloaded(baseUrl, location);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%2e%2e/1", "%2E%2e/1", ".%2e/1", "%2e./1", "..%2f1", "a/..%2F1", "a%2f..",
			"a%2f../b/../1", "%252e%252e/1", "..%252f1", "%25252e.%25252f1", "..%5c1", "a%5C..%5c1", "..;/1",
			"..;a=b/1", "%2e%2e%3b/1", "a;../1" })
	void ambiguousFilePathIsNotDownloaded(String location) {
		for (String baseUrl : List.of("http://files/base/", "/attachments/", "")) {
			assertNotDownloaded(baseUrl, location);
		}
		assertNotDownloaded("http://files/base/", "http://files/base/" + location);
	}

	private static KintoFlow<URI> address(KintoDownload download) {
		return KintoFlow.ask(download.serverInfo()).then((info) -> KintoFlow.done(download.address(info)));
	}

	private void assertNotDownloaded(String baseUrl, String location) {
		Steps<?> steps = Steps.of(address(download(location)));
		assertThatIllegalArgumentException().isThrownBy(() -> steps.respond(files(baseUrl)))
			.withMessageStartingWith("downloadAttachment: " + location
					+ " was not requested, because it is not below the base URL of the server's files (" + baseUrl);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[", "a b.txt" })
	void invalidLocationIsRejected(String location) {
		Steps<?> steps = Steps.of(address(download(location)));
		assertThatIllegalArgumentException().isThrownBy(() -> steps.respond(files("http://files/")))
			.withMessageContaining(location);
	}

	@Test
	void downloadRequiresCapability() {
		KintoDownload download = download("files/1.txt");
		assertThat(download).hasToString("downloadAttachment GET files/1.txt");
		Steps<?> steps = Steps.of(address(download));
		assertThatExceptionOfType(KintoUnsupportedException.class)
			.isThrownBy(() -> steps.respond(PluginTests.has("history")))
			.withMessageStartingWith("downloadAttachment GET files/1.txt was not sent: the server lacks the capability"
					+ " 'attachments'");
		assertThat(download.refused(Responses.html(404, ""))).isInstanceOf(KintoNotFoundException.class)
			.hasMessage("downloadAttachment GET files/1.txt: 404 Not Found");
	}

	private static KintoDownload download(String location) {
		return Requests.collection(Post.class)
			.attachments()
			.download(new KintoAttachment("a.txt", "12ab", location, "text/plain", 5));
	}

	private static KintoResponse files(String baseUrl) {
		return Responses.json(200, "{\"http_api_version\":\"1.23\",\"capabilities\":{\"attachments\":{\"base_url\":"
				+ (baseUrl.isEmpty() ? "null" : "\"" + baseUrl + "\"") + "}}}");
	}

	private static Resource file(String name) {
		return new ByteArrayResource("hello".getBytes(StandardCharsets.UTF_8)) {

			@Override
			public String getFilename() {
				return name;
			}

		};
	}

	private static String boundary(KintoCall<?> call) {
		return String.valueOf(call.request().headers().getContentType()).replaceFirst(".*boundary=", "");
	}

	private static String lines(String boundary, String text) {
		return text.replace("--=", "--" + boundary).replace("\n", "\r\n");
	}

}
