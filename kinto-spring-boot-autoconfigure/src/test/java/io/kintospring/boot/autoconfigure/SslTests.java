package io.kintospring.boot.autoconfigure;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.kintospring.KintoNotSentException;
import io.kintospring.client.KintoClient;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for SSL bundles, with a server that requires client certificates.
 */
@Timeout(60)
class SslTests {

	private static final ExecutorService THREADS = Executors.newCachedThreadPool();

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path folder;

	private static HttpsServer server;

	private static final Semaphore ASKED = new Semaphore(0);

	private static final Semaphore ANSWER = new Semaphore(0);

	private static final List<String> CLIENTS = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				KintoAutoConfiguration.class))
		.withPropertyValues(bundle("ann"))
		.withPropertyValues(bundle("bob"))
		.withPropertyValues("kinto.url=https://localhost:" + server.getAddress().getPort() + "/v1");

	@BeforeAll
	static void start() throws Exception {
		for (String name : List.of("server", "ann", "bob")) {
			keytool("-genkeypair", "-alias", name, "-keyalg", "RSA", "-dname", "CN=" + name, "-ext",
					"SAN=dns:localhost", "-keystore", file(name));
			keytool("-exportcert", "-alias", name, "-keystore", file(name), "-file", file(name + ".cer"));
		}
		for (String name : List.of("ann", "bob")) {
			keytool("-importcert", "-noprompt", "-alias", name, "-file", file(name + ".cer"), "-keystore",
					file("clients"));
		}
		keytool("-importcert", "-noprompt", "-alias", "server", "-file", file("server.cer"), "-keystore",
				file("trusted"));
		SSLContext context = SSLContext.getInstance("TLS");
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(keyStore("server"), PASSWORD.toCharArray());
		TrustManagerFactory clients = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		clients.init(keyStore("clients"));
		context.init(keys.getKeyManagers(), clients.getTrustManagers(), null);
		server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context) {

			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters needed = context.getDefaultSSLParameters();
				needed.setNeedClientAuth(true);
				parameters.setSSLParameters(needed);
			}

		});
		server.createContext("/", (exchange) -> {
			if (exchange.getRequestURI().getPath().contains("/slow")) {
				ASKED.release();
				ANSWER.acquireUninterruptibly();
			}
			CLIENTS.add(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
			byte[] body = "{\"http_api_version\": \"1.23\", \"data\": {\"id\": \"slow\", \"last_modified\": 5}}"
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.setExecutor(THREADS);
		server.start();
	}

	@AfterAll
	static void stop() {
		server.stop(0);
		THREADS.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto.ssl.bundle", "spring.http.clients.ssl.bundle" })
	void importsUseTheBundle(String property) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (String pair : bundle("ann")) {
			properties.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
		}
		properties.put("kinto.url", "https://localhost:" + server.getAddress().getPort() + "/v1");
		properties.put(property, "ann");
		KintoBootstrapConnection connection = KintoBootstrapConnection
			.of(new Binder(new MapConfigurationPropertySource(properties)));
		assertThat(connection).isNotNull();
		try (KintoClient client = connection.open()) {
			client.blocking().execute(connection.calls().fetchServerInfo());
		}
		assertThat(CLIENTS).last().isEqualTo("CN=ann");
	}

	@BeforeEach
	void forget() {
		CLIENTS.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components", "jdk" })
	void bundleOfKintoOverridesBundleOfTheApplication(String connector) {
		ApplicationContextRunner runner = this.contextRunner
			.withPropertyValues("spring.http.clients.reactive.connector=" + connector);
		runner.withPropertyValues("kinto.ssl.bundle=ann").run((context) -> {
			context.getBean(KintoTemplate.class).fetchServerInfo();
			assertThat(CLIENTS).containsExactly("CN=ann");
		});
		runner.withPropertyValues("spring.http.clients.ssl.bundle=bob").run((context) -> {
			context.getBean(KintoTemplate.class).fetchServerInfo();
			assertThat(CLIENTS).containsExactly("CN=ann", "CN=bob");
		});
		runner.withPropertyValues("spring.http.clients.ssl.bundle=bob", "kinto.ssl.bundle=ann").run((context) -> {
			context.getBean(KintoTemplate.class).fetchServerInfo();
			assertThat(CLIENTS).containsExactly("CN=ann", "CN=bob", "CN=ann");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components", "jdk" })
	void bundleOfConnectionDetailsOverridesBundleOfProperties(String connector) {
		this.contextRunner
			.withPropertyValues("spring.http.clients.reactive.connector=" + connector, "kinto.ssl.bundle=ann")
			.withUserConfiguration(ConnectionDetailsConfiguration.class)
			.run((context) -> {
				context.getBean(KintoTemplate.class).fetchServerInfo();
				assertThat(CLIENTS).containsExactly("CN=bob");
			});
	}

	@Test
	void bundleOfConnectionDetailsRequiresNoBundleOfProperties() {
		AtomicInteger handlers = new AtomicInteger();
		this.contextRunner.withPropertyValues("kinto.ssl.bundle=missing")
			.withUserConfiguration(ConnectionDetailsConfiguration.class)
			.withBean(DefaultSslBundleRegistry.class, () -> countingHandlers("bob", bobsBundle(), handlers))
			.run((context) -> {
				context.getBean(KintoTemplate.class).fetchServerInfo();
				assertThat(CLIENTS).containsExactly("CN=bob");
				assertThat(handlers).hasValue(0);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components", "jdk" })
	void reloadedBundleIsUsedWithoutRestart(String connector) {
		for (String property : List.of("kinto.ssl.bundle", "spring.http.clients.ssl.bundle")) {
			this.contextRunner
				.withPropertyValues("spring.http.clients.reactive.connector=" + connector, property + "=ann")
				.run((context) -> {
					KintoTemplate kinto = context.getBean(KintoTemplate.class);
					kinto.fetchServerInfo();
					SslBundle renewed = context.getBean(SslBundles.class).getBundle("bob");
					context.getBean(SslBundleRegistry.class).updateBundle("ann", renewed);
					kinto.fetchServerInfo();
					assertThat(CLIENTS).endsWith("CN=ann", "CN=bob");
				});
		}
	}

	/**
	 * SSL bundles keep each handler, and the objects that it refers to, until the
	 * application stops.
	 */
	@Test
	void closedClientsLeaveNoBundleUpdateHandlers() {
		AtomicInteger handlers = new AtomicInteger();
		this.contextRunner.withPropertyValues("kinto.ssl.bundle=ann")
			.withBean(DefaultSslBundleRegistry.class, () -> countingHandlers("ann", SslBundle.of(null), handlers))
			.run((context) -> {
				context.getBean(KintoClient.Builder.class).build().close();
				context.getBean(KintoClient.Builder.class).build().close();
				assertThat(handlers).hasValue(1);
			});
	}

	private static DefaultSslBundleRegistry countingHandlers(String name, SslBundle bundle, AtomicInteger handlers) {
		return new DefaultSslBundleRegistry(name, bundle) {

			@Override
			public void addBundleUpdateHandler(String name, Consumer<SslBundle> handler) {
				handlers.incrementAndGet();
				super.addBundleUpdateHandler(name, handler);
			}

		};
	}

	private static SslBundle bobsBundle() {
		try {
			return SslBundle.of(SslStoreBundle.of(keyStore("bob"), PASSWORD, keyStore("trusted")));
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components", "jdk" })
	void activeRequestCompletesWhenTheBundleIsReloaded(String connector) {
		this.contextRunner
			.withPropertyValues("spring.http.clients.reactive.connector=" + connector, "kinto.ssl.bundle=ann",
					"kinto.timeout=20s")
			.run((context) -> {
				ReactiveKintoTemplate kinto = context.getBean(ReactiveKintoTemplate.class);
				CompletableFuture<?> slow = kinto.bucket("slow").attributes().get().toFuture();
				assertThat(ASKED.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
				SslBundle renewed = context.getBean(SslBundles.class).getBundle("bob");
				context.getBean(SslBundleRegistry.class).updateBundle("ann", renewed);
				kinto.fetchServerInfo().block();
				ANSWER.release();
				assertThat(slow).succeedsWithin(Duration.ofSeconds(10));
				assertThat(CLIENTS).containsExactly("CN=bob", "CN=ann");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components", "jdk" })
	void nothingIsSentToAnUntrustedServer(String connector) {
		this.contextRunner.withPropertyValues("spring.http.clients.reactive.connector=" + connector).run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			assertThatExceptionOfType(KintoNotSentException.class).isThrownBy(kinto::fetchServerInfo);
			assertThat(CLIENTS).isEmpty();
		});
	}

	private static String[] bundle(String name) {
		String prefix = "spring.ssl.bundle.jks." + name + ".";
		return new String[] { prefix + "key.alias=" + name, prefix + "keystore.location=file:" + file(name),
				prefix + "keystore.password=" + PASSWORD, prefix + "truststore.location=file:" + file("trusted"),
				prefix + "truststore.password=" + PASSWORD };
	}

	private static String file(String name) {
		return folder.resolve(name.contains(".") ? name : name + ".p12").toString();
	}

	private static KeyStore keyStore(String name) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream file = new FileInputStream(file(name))) {
			store.load(file, PASSWORD.toCharArray());
		}
		return store;
	}

	private static void keytool(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(arguments));
		command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	static class ConnectionDetailsConfiguration {

		@Bean
		KintoConnectionDetails kintoConnectionDetails(SslBundles bundles) {
			return new KintoConnectionDetails() {

				@Override
				public String getUrl() {
					return "https://localhost:" + server.getAddress().getPort() + "/v1";
				}

				@Override
				public SslBundle getSslBundle() {
					return bundles.getBundle("bob");
				}

			};
		}

	}

}
