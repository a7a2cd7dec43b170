package io.kintospring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;
import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoAutoConfiguration;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Tests for the templates with each HTTP library that Spring Boot supports.
 */
@ParameterizedClass(name = "{0}")
@CsvSource({ "reactor, Reactor", "jetty, Jetty", "http-components, HttpComponents", "jdk, Jdk" })
@Timeout(60)
class ConnectorTests {

	@Parameter(0)
	private String connector;

	@Parameter(1)
	private String builder;

	private ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
					KintoAutoConfiguration.class, EmbeddedKintoAutoConfiguration.class))
			.withPropertyValues("spring.http.clients.reactive.connector=" + this.connector,
					"kinto.embedded.settings.attachment.extensions=any");
	}

	private interface Use {

		void accept(KintoTemplate kinto, CollectionOperations<Map<String, Object>> records) throws Exception;

	}

	private void use(Use use) {
		contextRunner().run((context) -> {
			assertThat(context.getBean(ClientHttpConnectorBuilder.class).getClass().getSimpleName())
				.startsWith(this.builder);
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			kinto.buckets().create("b");
			kinto.bucket("b").collections().create("c");
			use.accept(kinto, kinto.bucket("b").collection("c"));
		});
	}

	@Test
	void recordsAreCreatedReadChangedAndDeleted() {
		use((kinto, records) -> {
			KintoObject<Map<String, Object>> created = records.create("x", Map.of("title", "\u00dcber"));
			assertThat(records.get("x").data()).containsEntry("title", "\u00dcber");
			KintoObject<Map<String, Object>> changed = records.update(created.withData(Map.of("title", "B")));
			assertThatExceptionOfType(KintoConflictException.class)
				.isThrownBy(() -> records.update(created.withData(Map.of("title", "C"))));
			records.patch("x", Map.of("stars", 5));
			assertThat(records.get("x").data()).containsEntry("title", "B").containsEntry("stars", 5);
			assertThat(records.update("x", (data) -> Map.of("n", data.size())).lastModified())
				.isGreaterThan(changed.lastModified());
			records.delete("x");
			assertThat(records.find("x")).isEmpty();
			assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> records.get("x"));
		});
	}

	@Test
	void listsAreReadPageByPageAndCounted() {
		use((kinto, records) -> {
			List<KintoCall<?>> calls = new ArrayList<>();
			IntStream.range(0, 120).forEach((i) -> calls.add(records.calls().create("r" + i, Map.of("n", i))));
			BatchResult result = kinto.batch(calls);
			assertThat(result.published()).hasSize(120);
			assertThat(records.stream((q) -> q.limit(7)).map(KintoObject::id)).hasSize(120).doesNotHaveDuplicates();
			assertThat(records.list((q) -> q.where("n").lessThan(10)).data()).hasSize(10);
			for (int i = 0; i < 20; i++) {
				assertThat(records.count()).isEqualTo(120);
				assertThat(records.get("r" + i).data()).containsEntry("n", i);
			}
			assertThat(records.listIfChanged(records.list().timestamp())).isEmpty();
		});
	}

	@Test
	void concurrentCallsSucceed() {
		contextRunner().run((context) -> {
			ReactiveKintoTemplate kinto = context.getBean(ReactiveKintoTemplate.class);
			kinto.buckets().create("b").block();
			kinto.bucket("b").collections().create("c").block();
			List<String> ids = Flux.range(0, 500)
				.flatMap((i) -> kinto.bucket("b").collection("c").create("r" + i, Map.of("n", i)), 200)
				.map(KintoObject::id)
				.collectList()
				.block();
			assertThat(ids).hasSize(500).doesNotHaveDuplicates();
		});
	}

	@Test
	void filesAreUploadedAndDownloaded() {
		use((kinto, records) -> {
			records.create("x", Map.of());
			byte[] file = "hello".repeat(100_000).getBytes(StandardCharsets.UTF_8);
			KintoAttachment attachment = records.attachments()
				.add("x", new ByteArrayResource(file), (u) -> u.filename("a.txt"));
			assertThat(attachment.size()).isEqualTo(file.length);
			try (InputStream download = records.attachments().download(attachment)) {
				assertThat(download.readAllBytes()).isEqualTo(file);
			}
			records.attachments().remove("x");
		});
	}

	@Test
	void errorResponseThrowsExceptionWithItsStatus() {
		for (int status : List.of(401, 403, 503)) {
			try (StubServer server = StubServer.answering(status, Map.of("Backoff", "3"), "{\"errno\": 104}")) {
				contextRunner().withPropertyValues("kinto.url=" + server.url()).run((context) -> {
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					assertThatExceptionOfType(KintoResponseException.class)
						.isThrownBy(() -> kinto.bucket("b").attributes().get())
						.satisfies((ex) -> assertThat(ex.status()).isEqualTo(status));
				});
			}
		}
	}

	@Test
	void redirectsAreNotFollowedEvenIfTheApplicationEnablesThem() {
		try (StubServer elsewhere = StubServer.answeringHello();
				StubServer server = StubServer.answering(307, Map.of("Location", elsewhere.url() + "/"), "")) {
			contextRunner()
				.withPropertyValues("kinto.url=" + server.url(), "spring.http.clients.redirects=follow-when-possible")
				.run((context) -> assertThatExceptionOfType(KintoResponseException.class)
					.isThrownBy(() -> context.getBean(KintoTemplate.class).fetchServerInfo())
					.satisfies((ex) -> assertThat(ex.status()).isEqualTo(307)));
			assertThat(elsewhere.requests()).isZero();
		}
	}

	@Test
	void refusedConnectionThrowsNotSentException() {
		contextRunner().withPropertyValues("kinto.url=http://127.0.0.1:1/v1")
			.run((context) -> assertThatExceptionOfType(KintoNotSentException.class)
				.isThrownBy(() -> context.getBean(KintoTemplate.class).fetchServerInfo())
				.withMessageContaining("http://127.0.0.1:1/v1")
				.withMessageNotContaining("null"));
	}

	/**
	 * The operating system drops further connections if the accept queue of the server is
	 * full.
	 */
	@Test
	void connectTimeoutThrowsNotSentException() throws IOException {
		List<SocketChannel> queue = new ArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < 8; i++) {
				SocketChannel connecting = SocketChannel.open();
				queue.add(connecting);
				connecting.configureBlocking(false);
				connecting.connect(server.getLocalSocketAddress());
			}
			contextRunner()
				.withPropertyValues("kinto.url=http://127.0.0.1:" + server.getLocalPort() + "/v1",
						"kinto.connect-timeout=200ms", "kinto.timeout=20s")
				.run((context) -> assertThatExceptionOfType(KintoNotSentException.class)
					.isThrownBy(() -> context.getBean(KintoTemplate.class).fetchServerInfo())
					.withMessageContaining("could not connect to http://127.0.0.1:"));
		}
		for (SocketChannel connecting : queue) {
			connecting.close();
		}
	}

	@Test
	void readTimeoutOfTheApplicationApplies() {
		CountDownLatch late = new CountDownLatch(1);
		try (StubServer server = StubServer.answeringHello((uri) -> awaited(late))) {
			contextRunner()
				.withPropertyValues("kinto.url=" + server.url(), "kinto.timeout=40s",
						"spring.http.clients.read-timeout=200ms")
				.run((context) -> {
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					assertTimeout(Duration.ofSeconds(20), () -> assertThatExceptionOfType(KintoTransportException.class)
						.isThrownBy(kinto::fetchServerInfo));
				});
			late.countDown();
		}
	}

	private static void awaited(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void longHeaderIsRead() {
		try (StubServer server = StubServer.answering(200, Map.of("Next-Page", "x".repeat(48 * 1024)),
				"{\"http_api_version\": \"1.23\"}")) {
			contextRunner().withPropertyValues("kinto.url=" + server.url())
				.run((context) -> assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().httpApiVersion())
					.hasToString("1.23"));
		}
	}

	@Test
	void onlyOneUserAgentHeaderIsSent() {
		try (StubServer server = StubServer.answeringHello()) {
			contextRunner().withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				context.getBean(KintoTemplate.class).fetchServerInfo();
				assertThat(server.takeRequest().header("User-agent")).startsWith("kinto-spring")
					.doesNotContain("Jetty");
			});
		}
	}

	@Test
	void compressedResponseIsRead() throws IOException {
		try (StubServer server = StubServer.answeringGzip("{\"http_api_version\": \"1.23\"}")) {
			contextRunner().withPropertyValues("kinto.url=" + server.url())
				.run((context) -> assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().httpApiVersion())
					.hasToString("1.23"));
		}
	}

	@Test
	void closedClientRejectsCalls() {
		contextRunner().run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			kinto.fetchServerInfo();
			context.getBean(KintoClient.class).close();
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(kinto::fetchServerInfo)
				.withMessageContaining("the client is closed");
		});
	}

	@Test
	void reactiveDownloadIsComplete() {
		contextRunner().run((context) -> {
			ReactiveKintoTemplate kinto = context.getBean(ReactiveKintoTemplate.class);
			kinto.buckets().create("b").block();
			kinto.bucket("b").collections().create("c").block();
			kinto.bucket("b").collection("c").create("x", Map.of()).block();
			byte[] file = new byte[3_000_000];
			KintoAttachment attachment = kinto.bucket("b")
				.collection("c")
				.attachments()
				.add("x", new ByteArrayResource(file), (u) -> u.filename("a.bin"))
				.block();
			Flux<DataBuffer> download = kinto.bucket("b").collection("c").attachments().download(attachment);
			assertThat(download.map((part) -> {
				int count = part.readableByteCount();
				DataBufferUtils.release(part);
				return count;
			}).reduce(0, Integer::sum).block()).isEqualTo(file.length);
		});
	}

}
