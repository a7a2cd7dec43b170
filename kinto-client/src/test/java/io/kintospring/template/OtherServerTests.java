package io.kintospring.template;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.kintospring.KintoUrl;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.WebClientKintoTransport;
import io.kintospring.protocol.KintoCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Templates derived for another server.
 */
@Timeout(20)
class OtherServerTests {

	private static final byte[] BUCKET = "{\"data\":{\"id\":\"b\",\"last_modified\":5}}"
		.getBytes(StandardCharsets.UTF_8);

	private final List<String> signals = new CopyOnWriteArrayList<>();

	private final Server first = new Server();

	private final Server second = new Server();

	private KintoTemplate template;

	OtherServerTests() throws IOException {
	}

	@BeforeEach
	void create() {
		WebClientKintoTransport transport = WebClientKintoTransport.builder(KintoUrl.of(this.first.url()))
			.webClient(WebClient.builder()
				.defaultHeader("X-Default", "s3cr3t")
				.filter((request, next) -> next
					.exchange(ClientRequest.from(request).header("X-Filter", "s3cr3t").build())))
			.build();
		KintoClient client = KintoClient.builder(transport)
			.authentication(KintoAuthentication.bearer("s3cr3t"))
			.signalListener((signal, server) -> this.signals.add(server))
			.build();
		this.template = new KintoTemplate(client,
				KintoCalls.defaults().withOptions((o) -> o.header("X-Option", "s3cr3t").safe(true)));
	}

	@AfterEach
	void close() {
		this.first.server.stop(0);
		this.second.server.stop(0);
	}

	@Test
	void copyOfABuilderForAnotherOriginHasNoCredentials() {
		KintoClient client = KintoClient.builder(this.first.url())
			.authentication(KintoAuthentication.bearer("s3cr3t"))
			.build();
		KintoClient other = client.mutate().url(this.second.url()).clone().build();
		other.blocking().execute(KintoCalls.defaults().bucket("b").attributes().get());
		assertThat(this.second.requests).singleElement()
			.satisfies((headers) -> assertThat(headers).doesNotContainKey("Authorization"));
		KintoClient own = client.mutate()
			.url(this.second.url())
			.authentication(KintoAuthentication.bearer("own"))
			.clone()
			.build();
		own.blocking().execute(KintoCalls.defaults().bucket("b").attributes().get());
		assertThat(this.second.requests.get(1).getFirst("Authorization")).isEqualTo("Bearer own");
		List.of(client, other, own).forEach(KintoClient::close);
	}

	@Test
	void otherOriginGetsNoCredentialsAndHeaders() {
		this.template.mutate().url(this.second.url()).build().bucket("b").attributes().get();
		assertThat(this.second.requests).singleElement().satisfies((headers) -> {
			assertThat(headers).doesNotContainKeys("Authorization", "X-default", "X-filter", "X-option");
			assertThat(headers.toString()).doesNotContain("s3cr3t");
		});
		await().untilAsserted(() -> assertThat(this.signals).containsExactly(this.second.url()));
	}

	@Test
	void otherOriginGetsItsOwnSettingsInAnyOrder() {
		for (UnaryOperator<KintoTemplateBuilder<KintoTemplate>> change : List
			.<UnaryOperator<KintoTemplateBuilder<KintoTemplate>>>of(
					(builder) -> builder.url(this.second.url())
						.authentication(KintoAuthentication.bearer("own"))
						.options((o) -> o.header("X-Own", "own")),
					(builder) -> builder.options((o) -> o.header("X-Own", "own"))
						.authentication(KintoAuthentication.bearer("own"))
						.url(this.second.url()))) {
			this.second.requests.clear();
			change.apply(this.template.mutate()).build().bucket("b").attributes().get();
			assertThat(this.second.requests).singleElement().satisfies((headers) -> {
				assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer own");
				assertThat(headers.getFirst("X-Own")).isEqualTo("own");
				assertThat(headers.toString()).doesNotContain("s3cr3t");
			});
		}
	}

	@Test
	void otherPathOnSameOriginKeepsSettings() {
		this.template.mutate().url(this.first.url().replace("/v1", "/other/v1")).build().bucket("b").attributes().get();
		assertThat(this.first.requests).singleElement()
			.satisfies((headers) -> assertThat(headers).containsKeys("Authorization", "X-default", "X-filter",
					"X-option"));
	}

	/**
	 * Counts its invocations.
	 */
	private static final class Server {

		private final HttpServer server;

		private final List<Headers> requests = new CopyOnWriteArrayList<>();

		Server() throws IOException {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			this.server.createContext("/", (exchange) -> {
				this.requests.add(exchange.getRequestHeaders());
				exchange.getResponseHeaders().set("Backoff", "3");
				exchange.sendResponseHeaders(200, BUCKET.length);
				exchange.getResponseBody().write(BUCKET);
				exchange.close();
			});
			this.server.start();
		}

		String url() {
			return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1";
		}

	}

}
