package io.kintospring.boot.autoconfigure.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoTransport;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.server.KintoUser;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedKintoAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedKintoAutoConfiguration.class, KintoAutoConfiguration.class));

	@Test
	void storesRecordsWithoutAnyConfiguration() {
		this.contextRunner.run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			kinto.buckets().create("blog");
			kinto.bucket("blog").collections().create("posts");
			CollectionOperations<Map<String, Object>> posts = kinto.bucket("blog").collection("posts");
			posts.create("a", Map.of("title", "Hello"));
			assertThat(posts.get("a").data()).containsEntry("title", "Hello");
		});
	}

	@Test
	void listensOnTheLoopbackInterfaceAndLogsItsUrlOnce(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			String url = context.getBean(EmbeddedKintoServer.class).url();
			assertThat(InetAddress.getByName(URI.create(url).getHost()).isLoopbackAddress()).isTrue();
			assertThat(output.toString().lines().filter((line) -> line.contains("An embedded Kinto"))).singleElement()
				.asString()
				.contains(url);
		});
	}

	@Test
	void eachApplicationHasItsOwnServer() {
		this.contextRunner
			.run((one) -> this.contextRunner.run((other) -> assertThat(one.getBean(KintoTemplate.class).server())
				.isNotEqualTo(other.getBean(KintoTemplate.class).server())));
	}

	@Test
	void portCanBeConfigured() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		this.contextRunner.withPropertyValues("kinto.embedded.port=" + port)
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).server()).endsWith(":" + port + "/v1"));
	}

	/**
	 * The credentials are those of the server that the embedded one replaces.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "kinto.bearer-token=${NOT_THERE}", "kinto.username=${NOT_THERE},kinto.password=p",
			"kinto.username=u,kinto.password=${NOT_THERE}" })
	void unresolvedCredentialsAreIgnored(String properties) {
		this.contextRunner.withPropertyValues(properties.split(","))
			.run((context) -> assertThat(context.getBean(KintoTemplate.class).fetchUser()).isPresent());
	}

	@Test
	void applicationHasADefaultUserAndCanConfigureAnother() {
		this.contextRunner.run((context) -> {
			KintoUser user = context.getBean(KintoTemplate.class).fetchUser().orElseThrow();
			this.contextRunner.withPropertyValues("kinto.username=alice", "kinto.password=secret")
				.run((other) -> assertThat(other.getBean(KintoTemplate.class).fetchUser()).get()
					.isNotEqualTo(user)
					.isNotNull());
		});
	}

	@Test
	void serverStopsWithTheApplication() {
		this.contextRunner.run((context) -> {
			URI url = URI.create(context.getBean(EmbeddedKintoServer.class).url());
			context.getSourceApplicationContext().close();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
				try (Socket socket = new Socket()) {
					socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 1000);
				}
			});
		});
	}

	@Test
	void lazyInitializationStartsTheServerOnFirstUse(CapturedOutput output) {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(output).doesNotContain("An embedded Kinto");
				assertThat(context.getBean(KintoTemplate.class).fetchServerInfo().projectName()).isNotEmpty();
				assertThat(output).contains("An embedded Kinto");
			});
	}

	@Test
	void ownServerIsUsed() {
		try (EmbeddedKintoServer own = EmbeddedKintoServer.builder().start()) {
			this.contextRunner.withBean(EmbeddedKintoServer.class, () -> own)
				.run((context) -> assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo(own.url()));
		}
	}

	@Test
	void backsOffWhenThereIsAnOwnTemplateOrClient() {
		KintoClient client = KintoClient.builder("http://localhost:1/v1").build();
		this.contextRunner.withBean(KintoTemplate.class, () -> new KintoTemplate(client, KintoCalls.defaults()))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedKintoServer.class));
		this.contextRunner.withBean(KintoClient.class, () -> client)
			.run((context) -> assertThat(context).hasSingleBean(KintoTemplate.class)
				.doesNotHaveBean(EmbeddedKintoServer.class));
	}

	/**
	 * The transport must not receive the credentials of an embedded server.
	 */
	@Test
	void backsOffWhenThereIsAnOwnTransport() {
		List<KintoRequest> requests = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(KintoTransport.class, () -> answering(requests)).run((context) -> {
			assertThat(context).doesNotHaveBean(EmbeddedKintoServer.class)
				.doesNotHaveBean(KintoConnectionDetails.class);
			context.getBean(KintoTemplate.class).fetchServerInfo();
			assertThat(requests).singleElement()
				.satisfies((request) -> assertThat(request.headers().headerNames()).doesNotContain("Authorization"));
		});
	}

	@Test
	void ownTransportUsesOwnAuthentication() {
		List<KintoRequest> requests = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(KintoTransport.class, () -> answering(requests))
			.withBean(KintoAuthentication.class, () -> KintoAuthentication.bearer("t"))
			.run((context) -> {
				context.getBean(KintoTemplate.class).fetchServerInfo();
				assertThat(requests).singleElement()
					.satisfies(
							(request) -> assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer t"));
			});
	}

	private static KintoTransport answering(List<KintoRequest> requests) {
		return (request) -> {
			requests.add(request);
			return Mono.just(new KintoResponse(200, new HttpHeaders(),
					"{\"http_api_version\":\"1.23\"}".getBytes(StandardCharsets.UTF_8)));
		};
	}

	@Test
	void failsWithAdviceWhenThePortIsTaken() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.contextRunner.withPropertyValues("kinto.embedded.port=" + taken.getLocalPort()).run((context) -> {
				FailureAnalysis analysis = new EmbeddedKintoNotStartedFailureAnalyzer()
					.analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains(String.valueOf(taken.getLocalPort()));
				assertThat(analysis.getAction()).contains("kinto.embedded.port");
			});
		}
	}

	@Test
	void settingsOfThePropertiesAreApplied() {
		this.contextRunner
			.withPropertyValues("kinto.embedded.settings.batch-max-requests=7", "kinto.embedded.settings.readonly=true",
					"kinto.embedded.settings.project-name=mine")
			.run((context) -> {
				KintoServerInfo info = context.getBean(KintoTemplate.class).fetchServerInfo();
				assertThat(info.settings().batchMaxRequests()).isEqualTo(7);
				assertThat(info.settings().readonly()).isTrue();
				assertThat(info.projectName()).isEqualTo("mine");
			});
	}

	/**
	 * Names of settings can contain dashes instead of underscores, but ids are not
	 * changed.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "attachment.resources.my-blog.max-size-bytes",
			"attachment.resources.my-blog.max_size_bytes", "attachment.resources.my-blog.My_posts-1.max-size-bytes",
			"[attachment.resources.my-blog.My_posts-1.max_size_bytes]",
			"[attachment.resources.my-blog.My_posts-1.max-size-bytes]",
			"[kinto.attachment.resources.my-blog.max-size-bytes]", "attachment.resources.[my-blog].max-size-bytes",
			"attachment.resources[my-blog][My_posts-1].max-size-bytes", "attachment.max-size-bytes" })
	void settingsOfBucketsAndCollectionsKeepTheirIds(String setting) {
		String separator = setting.startsWith("[") ? "" : ".";
		this.contextRunner.withPropertyValues("kinto.embedded.settings" + separator + setting + "=4").run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			kinto.buckets().create("my-blog");
			kinto.bucket("my-blog").collections().create("My_posts-1");
			ByteArrayResource file = new ByteArrayResource(new byte[5]);
			assertThatExceptionOfType(KintoInvalidRequestException.class)
				.isThrownBy(() -> kinto.bucket("my-blog")
					.collection("My_posts-1")
					.attachments()
					.add("a", file, (u) -> u.filename("a.txt")))
				.satisfies((refused) -> assertThat(refused.serverMessage()).contains("at most 4 bytes"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { ".my-blog.record-cache-expires-seconds", ".record-cache-expires-seconds",
			"[my-blog.My_posts-1.record_cache_expires_seconds]" })
	void cacheLifetimesOfBucketsAndCollectionsKeepTheirIds(String setting) {
		this.contextRunner
			.withPropertyValues("kinto.embedded.settings" + setting + "=4",
					"kinto.embedded.settings.record-read-principals=system.Everyone")
			.run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				kinto.buckets().create("my-blog");
				kinto.bucket("my-blog").collections().create("My_posts-1");
				String url = context.getBean(EmbeddedKintoServer.class).url();
				assertThat(URI.create(url + "/buckets/my-blog/collections/My_posts-1/records")
					.toURL()
					.openConnection()
					.getHeaderField("Cache-Control")).isEqualTo("max-age=4");
			});
	}

	@Test
	void accountsAndInitialDataAreLoadedAtStartup() {
		this.contextRunner
			.withPropertyValues("kinto.embedded.accounts.alice=s3cr3t", "kinto.username=alice", "kinto.password=s3cr3t",
					"kinto.embedded.initial-data=classpath:initial-data.json")
			.run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				assertThat(kinto.fetchUser()).get().extracting(KintoUser::id).isEqualTo("account:alice");
				assertThat(kinto.bucket("blog").collection("posts").get("first").data()).containsEntry("title",
						"First");
			});
	}

	@Test
	void accountNameInBracketsIsKept() {
		this.contextRunner
			.withPropertyValues("kinto.embedded.accounts[alice@example.com]=s3cr3t",
					"kinto.embedded.settings.account-write-principals=account:alice@example.com",
					"kinto.username=alice@example.com", "kinto.password=s3cr3t")
			.run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				assertThat(kinto.fetchUser()).get().extracting(KintoUser::id).isEqualTo("account:alice@example.com");
			});
	}

	@ParameterizedTest
	@CsvSource({ "kinto.embedded.settings.colour=red, colour", "kinto.embedded.settings.paginate-by=many, paginate_by",
			"kinto.embedded.initial-data=classpath:nowhere.json, nowhere.json" })
	void failsWithAdviceWhenAPropertyOfTheServerIsInvalid(String property, String mentioned) {
		this.contextRunner.withPropertyValues(property).run((context) -> {
			FailureAnalysis analysis = new EmbeddedKintoNotStartedFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(mentioned);
			assertThat(analysis.getAction()).contains("Correct kinto.embedded.settings");
		});
	}

	@Test
	void dataFileKeepsDataFromOneApplicationToTheNext(@TempDir Path directory, CapturedOutput output) {
		Path file = directory.resolve("kinto.json");
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("kinto.embedded.data-file=" + file,
				"kinto.embedded.initial-data=classpath:initial-data.json");
		runner.run((context) -> {
			context.getBean(KintoTemplate.class).buckets().create("mine");
			assertThat(output).contains("stores its data in " + file);
		});
		runner.withPropertyValues("kinto.embedded.accounts.alice=s3cr3t").run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			assertThat(kinto.buckets().find("mine")).isPresent();
			assertThat(kinto.bucket("blog").collection("posts").get("first").data()).containsEntry("title", "First");
		});
		assertThat(output).doesNotContain("s3cr3t");
	}

	@Test
	void dataIsInMemoryWhenTheDataFileIsBlank(CapturedOutput output) {
		this.contextRunner.withPropertyValues("kinto.embedded.data-file=").run((context) -> {
			assertThat(context.getBean(EmbeddedKintoServer.class).dataFile()).isNull();
			assertThat(output).contains("stores its data in memory");
		});
	}

	@Test
	void failsWithAdviceWhenTheDataFileCannotBeRead(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("kinto.json"), "{\"s3cr3t");
		this.contextRunner.withPropertyValues("kinto.embedded.data-file=" + file).run((context) -> {
			FailureAnalysis analysis = new EmbeddedKintoNotStartedFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(file.toString(), "not JSON", "delete it")
				.doesNotContain("s3cr3t");
			assertThat(analysis.getAction()).contains("kinto.embedded.data-file", file.toString());
		});
		assertThat(file).hasContent("{\"s3cr3t");
	}

	@Test
	void failsWithAdviceWhenAnotherApplicationUsesTheDataFile(@TempDir Path directory) {
		ApplicationContextRunner runner = this.contextRunner
			.withPropertyValues("kinto.embedded.data-file=" + directory.resolve("kinto.json"));
		runner.run((first) -> runner.run((second) -> {
			FailureAnalysis analysis = new EmbeddedKintoNotStartedFailureAnalyzer().analyze(second.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("in use by another embedded Kinto server");
			assertThat(first.getBean(KintoTemplate.class).buckets().create("mine").id()).isEqualTo("mine");
		}));
	}

	@Test
	void bearerTokensIdentifyUsers(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("kinto.embedded.bearer-tokens.alice=t0ken-of-alice",
					"kinto.embedded.bearer-tokens[bob@example.com]=t0ken-of-bob", "kinto.bearer-token=t0ken-of-alice")
			.run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				assertThat(kinto.fetchUser()).get().extracting(KintoUser::id).isEqualTo("openid:alice");
				assertThat(user(kinto, "t0ken-of-bob")).get()
					.extracting(KintoUser::id)
					.isEqualTo("openid:bob@example.com");
				assertThat(user(kinto, "unknown")).isEmpty();
				assertThatExceptionOfType(KintoAccessDeniedException.class)
					.isThrownBy(() -> with(kinto, "unknown").buckets().create("blog"))
					.satisfies((ex) -> assertThat(ex.status()).isEqualTo(401));
				assertThat(kinto.fetchServerInfo().capabilities()).containsKey("openid");
			});
		assertThat(output).doesNotContain("t0ken");
	}

	private static Optional<KintoUser> user(KintoTemplate kinto, String token) {
		return with(kinto, token).fetchUser();
	}

	private static KintoTemplate with(KintoTemplate kinto, String token) {
		return kinto.mutate().authentication(KintoAuthentication.bearer(token)).build();
	}

	@Test
	void failsWithoutTheTokenWhenABearerTokenIsInvalid() {
		this.contextRunner.withPropertyValues("kinto.embedded.bearer-tokens.alice=Bearer s3cr3t").run((context) -> {
			FailureAnalysis analysis = new EmbeddedKintoNotStartedFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("'alice'").doesNotContain("s3cr3t");
			assertThat(analysis.getAction()).contains("kinto.embedded.bearer-tokens");
		});
	}

	@Test
	void backsOffWhenAUrlIsSet() {
		this.contextRunner.withPropertyValues("kinto.url=http://localhost:1/v1")
			.run((context) -> assertThat(context).doesNotHaveBean(EmbeddedKintoServer.class));
	}

}
