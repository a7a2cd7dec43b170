package io.kintospring.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kintospring.KintoAttachment;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUrl;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for uploads and downloads with both templates.
 */
@ParameterizedClass
@EnumSource
@Timeout(20)
class AttachmentWireTests {

	private static final String HELLO_SHA_256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

	private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

	@Parameter
	private Flavour flavour;

	private HttpServer server;

	private final List<Headers> uploads = new ArrayList<>();

	private final List<String> bodies = new ArrayList<>();

	private final List<Headers> downloads = new ArrayList<>();

	private KintoClient client;

	private CollectionOperations<Map<String, Object>> records;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/v1/", this::info);
		this.server.createContext("/v1/buckets/b/collections/c/records/r/attachment", this::upload);
		this.server.createContext("/files/", this::download);
		this.server.start();
		this.client = KintoClient.builder(WebClientKintoTransport.builder(KintoUrl.of(root() + "/v1")).build())
			.authentication(KintoAuthentication.basic("ann", "s3cr3t"))
			.build();
		KintoCalls calls = KintoCalls.defaults().withOptions((options) -> options.header("X-Secret", "everywhere"));

		this.records = this.flavour.template(this.client, calls).bucket("b").collection("c");
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void fileIsUploadedWithItsLength() {
		KintoAttachment attachment = this.records.attachments()
			.add("r", new ByteArrayResource(HELLO), Map.of("a", 1), (u) -> u.filename("a.txt"));
		assertThat(attachment)
			.isEqualTo(new KintoAttachment("a.txt", HELLO_SHA_256, root() + "/files/1", "text/plain", 5));
		assertThat(this.uploads).singleElement().satisfies((headers) -> {
			assertThat(headers.getFirst("Content-Length")).isEqualTo(Integer.toString(this.bodies.get(0).length()));
			assertThat(headers.getFirst("Authorization")).startsWith("Basic ");
			assertThat(headers.getFirst("Content-Type")).startsWith("multipart/form-data");
		});
		assertThat(this.bodies.get(0)).contains("\r\n\r\n{\"a\":1}\r\n--").contains("\r\n\r\nhello\r\n--");
	}

	@Test
	void fileOfUnknownLengthIsUploadedInChunks() {
		this.records.attachments()
			.add("r", new InputStreamResource(new ByteArrayInputStream(HELLO)), (u) -> u.filename("a.txt"));
		assertThat(this.uploads).singleElement().satisfies((headers) -> {
			assertThat(headers.getFirst("Content-Length")).isNull();
			assertThat(headers.getFirst("Transfer-Encoding")).isEqualTo("chunked");
		});
		assertThat(this.bodies.get(0)).contains("\r\n\r\nhello\r\n--");
	}

	/**
	 * A stream must not be read for its length.
	 */
	@Test
	void streamIsReadOnlyOnce() {
		KintoRequest request = KintoRequest
			.of("upload", HttpMethod.POST, "/buckets/b/collections/c/records/r/attachment")
			.withBody(new InputStreamResource(new ByteArrayInputStream(HELLO)));
		assertThat(this.client.blocking().execute(KintoCall.of(request, KintoResponse::status))).isEqualTo(201);
		assertThat(this.bodies).containsExactly("hello");
	}

	@Test
	void fileLengthIsReadOnAThreadThatMayBlock() {
		List<Boolean> mayWait = new ArrayList<>();
		Resource slow = new ByteArrayResource(HELLO) {

			@Override
			public long contentLength() {
				mayWait.add(!Schedulers.isInNonBlockingThread());
				return super.contentLength();
			}

		};
		this.records.attachments().add("r", slow, (u) -> u.filename("a.txt"));
		assertThat(mayWait).isNotEmpty().doesNotContain(false);
	}

	@Test
	void unreadableFileIsReported() {
		IOException failure = new IOException("disk on fire");
		Resource broken = new AbstractResource() {

			@Override
			public boolean exists() {
				return true;
			}

			@Override
			public long contentLength() {
				return 5;
			}

			@Override
			public InputStream getInputStream() throws IOException {
				throw failure;
			}

			@Override
			public String getDescription() {
				return "the picture";
			}

		};
		assertThatExceptionOfType(KintoTransportException.class)
			.isThrownBy(() -> this.records.attachments().add("r", broken, (u) -> u.filename("a.txt")))
			.withMessage("addAttachment POST /buckets/b/collections/c/records/r/attachment: the picture could not be"
					+ " read: disk on fire")
			.withCause(failure);
	}

	/**
	 * Files may be on a server of a third party.
	 */
	@Test
	void fileIsDownloadedWithoutCredentials() throws IOException {
		try (InputStream file = this.records.attachments().download(attachment("/files/1", HELLO_SHA_256))) {
			assertThat(file).hasContent("hello");
		}
		assertThat(this.downloads).singleElement()
			.satisfies((headers) -> assertThat(headers.keySet()).doesNotContain("Authorization", "X-secret"));
	}

	@Test
	void downloadFailsAtTheEndIfTheHashDiffers() throws IOException {
		String other = HELLO_SHA_256.replace('2', '3');
		try (InputStream file = this.records.attachments().download(attachment("/files/1", other))) {
			assertThat(file.readNBytes(5)).isEqualTo(HELLO);
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(file::read)
				.withMessageContaining("the file differs from the uploaded file: its SHA-256 is " + HELLO_SHA_256
						+ ", but must be " + other);
		}
	}

	@Test
	void missingFileIsNotFound() {
		KintoAttachment missing = attachment("/files/none", HELLO_SHA_256);
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> read(missing))
			.withMessageStartingWith("downloadAttachment GET " + root() + "/files/none: 404");
	}

	private byte[] read(KintoAttachment attachment) throws IOException {
		try (InputStream file = this.records.attachments().download(attachment)) {
			return file.readAllBytes();
		}
	}

	@Test
	void fileOnAnotherHostIsNotDownloaded() {
		this.server.createContext("/secret", this::download);
		for (String location : List.of("/secret", "/files/../secret", "/files/%2e%2e/secret")) {
			KintoAttachment elsewhere = attachment(location, HELLO_SHA_256);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.records.attachments().download(elsewhere).readAllBytes())
				.withMessageContaining("is not below the base URL of the server's files (" + root() + "/files/)");
		}
		KintoAttachment elsewhere = new KintoAttachment("a.txt", HELLO_SHA_256, "http://localhost:1/", "text/plain", 5);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.records.attachments().download(elsewhere).readAllBytes())
			.withMessageContaining("is not below the base URL of the server's files");
		assertThat(this.downloads).isEmpty();
	}

	private KintoAttachment attachment(String location, String hash) {
		return new KintoAttachment("a.txt", hash, root() + location, "text/plain", 5);
	}

	private String root() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void info(HttpExchange exchange) throws IOException {
		answer(exchange, 200, "{\"http_api_version\":\"1.23\",\"capabilities\":{\"attachments\":{\"base_url\":\""
				+ root() + "/files/\"}}}");
	}

	private void upload(HttpExchange exchange) throws IOException {
		this.uploads.add(exchange.getRequestHeaders());
		this.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		answer(exchange, 201, "{\"filename\":\"a.txt\",\"hash\":\"" + HELLO_SHA_256 + "\",\"location\":\"" + root()
				+ "/files/1\",\"mimetype\":\"text/plain\",\"size\":5}");
	}

	private void download(HttpExchange exchange) throws IOException {
		this.downloads.add(exchange.getRequestHeaders());
		boolean found = exchange.getRequestURI().getPath().equals("/files/1");
		answer(exchange, found ? 200 : 404, found ? "hello" : "no such file");
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length);
		try (exchange) {
			exchange.getResponseBody().write(bytes);
		}
	}

}
