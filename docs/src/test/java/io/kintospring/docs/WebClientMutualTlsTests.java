package io.kintospring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.kintospring.KintoTransportException;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for mutual TLS, with a server that requires a certificate of the client.
 */
@Timeout(60)
class WebClientMutualTlsTests {

	private static final ExecutorService THREADS = Executors.newCachedThreadPool();

	private static final List<String> CLIENTS = new CopyOnWriteArrayList<>();

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path folder;

	private static HttpsServer server;

	@BeforeAll
	static void start() throws Exception {
		for (String name : List.of("server", "client")) {
			keytool(name, "-genkeypair", "-alias", name, "-keyalg", "RSA", "-dname", "CN=" + name, "-ext",
					"SAN=dns:localhost");
			keytool(name, "-exportcert", "-alias", name, "-file", folder.resolve(name + ".cer").toString());
			keytool("trust-" + name, "-importcert", "-noprompt", "-alias", name, "-file",
					folder.resolve(name + ".cer").toString());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(keyStore("server"), PASSWORD.toCharArray());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(keyStore("trust-client"));
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context) {

			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters ssl = context.getDefaultSSLParameters();
				ssl.setNeedClientAuth(true);
				parameters.setSSLParameters(ssl);
			}

		});
		server.createContext("/", (exchange) -> {
			CLIENTS.add(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
			byte[] body = LoopbackServer.HELLO.getBytes(StandardCharsets.UTF_8);
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

	private static ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues(Page.named("webclient.md").properties("kinto.ssl.bundle"))
			.withPropertyValues("KINTO_STORE_PASSWORD=" + PASSWORD,
					"kinto.url=https://localhost:" + server.getAddress().getPort() + "/v1",
					"spring.ssl.bundle.jks.kinto.keystore.location=" + store("client"),
					"spring.ssl.bundle.jks.kinto.truststore.location=" + store("trust-server"));
	}

	@Test
	void clientShowsItsCertificate() {
		CLIENTS.clear();
		contextRunner().run((context) -> {
			context.getBean(KintoTemplate.class).fetchServerInfo();
			assertThat(CLIENTS).containsExactly("CN=client");
		});
	}

	@Test
	void clientWithoutAKeyIsRefused() {
		CLIENTS.clear();
		contextRunner()
			.withPropertyValues("kinto.ssl.bundle=trust",
					"spring.ssl.bundle.jks.trust.truststore.location=" + store("trust-server"),
					"spring.ssl.bundle.jks.trust.truststore.password=" + PASSWORD)
			.run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				assertThatExceptionOfType(KintoTransportException.class).isThrownBy(kinto::fetchServerInfo);
				assertThat(CLIENTS).isEmpty();
			});
	}

	private static String store(String name) {
		return "file:" + file(name);
	}

	private static Path file(String name) {
		return folder.resolve(name + ".p12");
	}

	private static KeyStore keyStore(String name) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file(name))) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

	private static void keytool(String store, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(arguments));
		command.addAll(List.of("-keystore", file(store).toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
