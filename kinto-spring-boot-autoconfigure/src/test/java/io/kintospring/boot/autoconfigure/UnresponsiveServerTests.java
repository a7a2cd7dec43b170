package io.kintospring.boot.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoTransportException;
import io.kintospring.client.KintoClient;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveCollectionOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Tests for calls to a server that does not complete its response, with each HTTP library
 * that Spring Boot has a connector for.
 */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = { "reactor", "jetty", "http-components", "jdk" })
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class UnresponsiveServerTests {

	private static final int CONNECTIONS = 2;

	private static final KintoAttachment FILE = new KintoAttachment("a", "0".repeat(64), "/files/a", "text/plain", 50);

	private static final KintoAttachment ZEROS = new KintoAttachment("a",
			"d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025", "/files/zeros", "text/plain",
			1_000_000);

	private static final ByteArrayResource LARGE = new ByteArrayResource(new byte[20_000_000]);

	@Parameter
	private String connector;

	private Server server;

	@BeforeEach
	void start() throws IOException {
		this.server = new Server();
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	private ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
							WebClientAutoConfiguration.class, KintoAutoConfiguration.class))
			.withPropertyValues("kinto.retry.max-retries=0", "spring.http.clients.reactive.connector=" + this.connector,
					"kinto.url=" + this.server.url(), "kinto.max-connections=" + CONNECTIONS);
	}

	private interface BlockingCall {

		void run(CollectionOperations<Map<String, Object>> records) throws Exception;

	}

	private void goodCallsSucceedAfterTimeoutsOf(BlockingCall call) {
		contextRunner().withPropertyValues("kinto.timeout=300ms", "kinto.transfer-timeout=300ms").run((context) -> {
			CollectionOperations<Map<String, Object>> records = records(context.getBean(KintoTemplate.class));
			awaitGoodCall(records);
			for (int i = 0; i < 2 * CONNECTIONS; i++) {
				assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> call.run(records));
			}
			awaitGoodCall(records);
			for (int i = 0; i < 2 * CONNECTIONS; i++) {
				assertThat(records.get("good").id()).isEqualTo("good");
			}
		});
	}

	private static void awaitGoodCall(CollectionOperations<Map<String, Object>> records) {
		await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> records.get("good") != null);
	}

	private static CollectionOperations<Map<String, Object>> records(KintoTemplate kinto) {
		return kinto.bucket("b").collection("c");
	}

	@Test
	void timeoutBeforeTheResponseFreesTheConnection() {
		goodCallsSucceedAfterTimeoutsOf((records) -> records.get("silent"));
	}

	@Test
	void timeoutInTheBodyFreesTheConnection() {
		goodCallsSucceedAfterTimeoutsOf((records) -> records.get("stalled"));
	}

	@Test
	void timeoutOfAnUploadFreesTheConnection() {
		goodCallsSucceedAfterTimeoutsOf((records) -> records.attachments().add("x", LARGE, (u) -> u.filename("a")));
	}

	@Test
	void timeoutOfADownloadFreesTheConnection() {
		goodCallsSucceedAfterTimeoutsOf((records) -> {
			try (InputStream download = records.attachments().download(FILE)) {
				download.readAllBytes();
			}
		});
	}

	private void goodCallsSucceedAfterCancellationOf(String request, ReactiveCall call) {
		contextRunner().withPropertyValues("kinto.timeout=20s", "kinto.transfer-timeout=20s").run((context) -> {
			ReactiveCollectionOperations<Map<String, Object>> records = context.getBean(ReactiveKintoTemplate.class)
				.bucket("b")
				.collection("c");
			records.get("good").block();
			for (int i = 1; i <= 2 * CONNECTIONS; i++) {
				Disposable started = call.start(records);
				int count = i;
				await().atMost(Duration.ofSeconds(10)).until(() -> this.server.count(request) == count);
				started.dispose();
			}
			for (int i = 0; i < 2 * CONNECTIONS; i++) {
				assertThat(records.get("good").block(Duration.ofSeconds(5)).id()).isEqualTo("good");
			}
		});
	}

	private interface ReactiveCall {

		Disposable start(ReactiveCollectionOperations<Map<String, Object>> records);

	}

	@Test
	void cancellationBeforeTheResponseFreesTheConnection() {
		goodCallsSucceedAfterCancellationOf("/silent", (records) -> records.get("silent").subscribe());
	}

	@Test
	void cancellationInTheBodyFreesTheConnection() {
		goodCallsSucceedAfterCancellationOf("/stalled", (records) -> records.get("stalled").subscribe());
	}

	@Test
	void cancellationOfAnUploadFreesTheConnection() {
		goodCallsSucceedAfterCancellationOf("/attachment",
				(records) -> records.attachments().add("x", LARGE, (u) -> u.filename("a")).subscribe());
	}

	@Test
	void cancellationOfADownloadFreesTheConnection() {
		goodCallsSucceedAfterCancellationOf("/files/a",
				(records) -> records.attachments().download(FILE).subscribe(DataBufferUtils.releaseConsumer()));
	}

	@Test
	void timeoutsAndCancellationsLogNoErrors(CapturedOutput output) {
		timeoutBeforeTheResponseFreesTheConnection();
		goodCallsSucceedAfterCancellationOf("/stalled", (records) -> records.get("stalled").subscribe());
		assertThat(output).doesNotContain("onErrorDropped").doesNotContain(" ERROR ");
	}

	@Test
	void closeDoesNotWaitForActiveCalls() {
		contextRunner().withPropertyValues("kinto.timeout=40s").run((context) -> {
			Mono<?> call = context.getBean(ReactiveKintoTemplate.class)
				.bucket("b")
				.collection("c")
				.get("silent")
				.cache();
			call.subscribe((record) -> {
			}, (ex) -> {
			});
			await().until(() -> this.server.count("/silent") == 1);
			assertTimeout(Duration.ofSeconds(3), () -> context.getBean(KintoClient.class).close());
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(call::block)
				.withMessageContaining("the client is closed");
		});
	}

	@Test
	void interimResponsesAreIgnored() {
		contextRunner().withPropertyValues("kinto.timeout=5s").run((context) -> {
			CollectionOperations<Map<String, Object>> records = records(context.getBean(KintoTemplate.class));
			for (String id : List.of("interim-102", "interim-103", "interim-104", "interim-199")) {
				assertThat(records.get(id).id()).isEqualTo(id);
			}
		});
	}

	@Test
	void downloadInManySmallPartsIsComplete() {
		contextRunner().run((context) -> {
			CollectionOperations<Map<String, Object>> records = records(context.getBean(KintoTemplate.class));
			for (int i = 0; i < 10; i++) {
				try (InputStream download = records.attachments().download(ZEROS)) {
					assertThat(download.readAllBytes()).hasSize((int) ZEROS.size());
				}
			}
		});
	}

	@Test
	void reactiveDownloadOnAnotherThreadIsComplete() {
		contextRunner().run((context) -> {
			ReactiveCollectionOperations<Map<String, Object>> records = context.getBean(ReactiveKintoTemplate.class)
				.bucket("b")
				.collection("c");
			for (int i = 0; i < 10; i++) {
				long size = records.attachments()
					.download(ZEROS)
					.publishOn(Schedulers.parallel(), 3)
					.map(UnresponsiveServerTests::release)
					.reduce(0L, Long::sum)
					.block();
				assertThat(size).isEqualTo(ZEROS.size());
			}
		});
	}

	private static long release(DataBuffer part) {
		int count = part.readableByteCount();
		DataBufferUtils.release(part);
		return count;
	}

	/**
	 * Server whose response depends on the request target. It keeps connections open.
	 */
	private static final class Server {

		private final ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

		private final List<Socket> connections = new CopyOnWriteArrayList<>();

		private final List<String> targets = new CopyOnWriteArrayList<>();

		Server() throws IOException {
			start(() -> {
				while (true) {
					Socket connection = this.socket.accept();
					connection.setTcpNoDelay(true);
					this.connections.add(connection);
					start(() -> serve(connection));
				}
			});
		}

		String url() {
			return origin() + "/v1";
		}

		private String origin() {
			return "http://127.0.0.1:" + this.socket.getLocalPort();
		}

		long count(String end) {
			return this.targets.stream().filter((target) -> target.endsWith(end)).count();
		}

		private interface Task {

			void run() throws IOException;

		}

		private static void start(Task task) {
			Thread thread = new Thread(() -> {
				try {
					task.run();
				}
				catch (IOException ex) {
					// the connection or the server is closed
				}
			});
			thread.setDaemon(true);
			thread.start();
		}

		private void serve(Socket connection) throws IOException {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1), 16);
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String target = line.split(" ")[1];
				while (!line.isEmpty()) {
					line = in.readLine();
				}
				respond(target, connection.getOutputStream());
				this.targets.add(target);
				if (target.endsWith("/attachment")) {
					return;
				}
			}
			connection.close();
		}

		private void respond(String target, OutputStream out) throws IOException {
			String id = target.substring(target.lastIndexOf('/') + 1);
			if (target.equals("/v1/")) {
				write(out, "",
						"{\"http_api_version\":\"1.23\",\"settings\":{},\"capabilities\":{\"attachments\":{\"base_url\":\""
								+ origin() + "/\"}}}",
						0);
			}
			else if (id.equals("zeros")) {
				write(out, "", "", (int) ZEROS.size());
				for (int i = 0; i < 1000; i++) {
					out.write(new byte[(int) ZEROS.size() / 1000]);
				}
			}
			else if (id.equals("stalled") || target.startsWith("/files/")) {
				write(out, "", "hello", 45);
			}
			else if (!id.equals("silent") && !id.equals("attachment")) {
				String interim = id.startsWith("interim-") ? "HTTP/1.1 " + id.substring(8) + " Interim\r\n\r\n" : "";
				write(out, interim, "{\"data\":{\"id\":\"" + id + "\",\"last_modified\":1},\"permissions\":{}}", 0);
			}
		}

		private static void write(OutputStream out, String interim, String body, int missing) throws IOException {
			out.write((interim + "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
					+ (body.length() + missing) + "\r\n\r\n" + body)
				.getBytes(StandardCharsets.ISO_8859_1));
			out.flush();
		}

		void close() throws IOException {
			this.socket.close();
			this.connections.forEach((connection) -> {
				try {
					connection.close();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}

	}

}
