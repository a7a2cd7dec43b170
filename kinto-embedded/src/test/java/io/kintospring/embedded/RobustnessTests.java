package io.kintospring.embedded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

import io.kintospring.embedded.endpoint.KintoApplication;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.RequestTarget;
import io.kintospring.embedded.resource.InitialData;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.StorageBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no request makes the server fail. Set {@code -Dkinto.random.seed=…} to send
 * other requests.
 */
@Timeout(120)
class RobustnessTests {

	private static final long SEED = Long.getLong("kinto.random.seed", 20261123);

	private static final String INITIAL_DATA = """
			{"buckets": {"b": {"permissions": {"write": ["system.Everyone"]}, "groups": {"a": {}},
			  "collections": {"c": {"records": {"a": {"data": {"a": 1, "title": "x"}}, "b": {"data": {"a": [1]}}}}}}}}
			""";

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

	private static final Pattern STACK_TRACE = Pattern.compile("\\tat |[a-z]\\.[A-Z]\\w+(Exception|Error)\\b");

	@ParameterizedTest
	@EnumSource
	void randomRequestsDoNotCauseServerErrors(StorageBackend backend) {
		KintoApplication application = new KintoApplication(
				KintoServerSettings.defaults()
					.with("attachment.extensions", "any")
					.with(KintoSetting.STORAGE_BACKEND, backend),
				Clock.systemUTC(), InitialData.none().with(INITIAL_DATA.getBytes(StandardCharsets.UTF_8)), Map.of());
		int unavailable = (backend == StorageBackend.POSTGRESQL) ? 503 : 0;
		Random random = new Random(SEED);
		int successful = 0;
		for (int i = 0; i < 48_500; i++) {
			RandomRequest request = RandomRequest.next(random);
			if (i % 100 == 0) {
				application.flush();
			}
			if (i % 100 == 99) {
				restore(application);
			}
			KintoResponse response = handle(application, request);
			assertThat(response.status().value()).as("%d: %s", i, request)
				.matches((status) -> status < 500 || status == unavailable);
			assertThat(String.valueOf(response.body())).doesNotContainPattern(STACK_TRACE);
			successful += response.status().is2xxSuccessful() ? 1 : 0;
		}
		assertThat(successful).isGreaterThan(2_500);
	}

	/**
	 * Replace the data with a copy, and check that nothing is lost.
	 */
	private static void restore(KintoApplication application) {
		byte[] data = saved(application);
		application.restore(data);
		JsonMapper mapper = JsonMapper.shared();
		assertThat(mapper.readTree(saved(application))).isEqualTo(mapper.readTree(data));
	}

	private static byte[] saved(KintoApplication application) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		application.save().accept(out);
		return out.toByteArray();
	}

	@Test
	void pipelinedRandomRequestsGetOneResponseEach() throws IOException {
		Random random = new Random(SEED);
		ByteArrayInputStream data = new ByteArrayInputStream(INITIAL_DATA.getBytes(StandardCharsets.UTF_8));
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("attachment.extensions", "any")
			.initialData(data)
			.start()) {
			for (int i = 0; i < 150; i++) {
				ByteArrayOutputStream requests = new ByteArrayOutputStream();
				for (int j = 0; j < 20; j++) {
					requests.writeBytes(bytes(RandomRequest.next(random)));
				}
				String responses = pipeline(server, requests.toByteArray(), 20);
				assertThat(statuses(responses)).hasSize(20).doesNotContain("500");
				assertThat(responses).doesNotContainPattern(STACK_TRACE);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "FOO\r\n\r\n", "\u0000\u0001\r\n\r\n",
			"POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
			"POST /v1/batch HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
			"GET /v1/buckets HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n" })
	void malformedHttpIsRejected(String request) throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			assertThat(exchange(server, request.getBytes(StandardCharsets.ISO_8859_1))).startsWith("HTTP/1.1 400");
		}
	}

	@Test
	void connectionIsClosedAfterResponseIfRequested() throws IOException {
		byte[] first = ascii("GET /v1/ HTTP/1.1\r\nHost: x\r\n\r\n");
		byte[] last = ascii("GET /v1/__version__ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			for (int i = 0; i < 500; i++) {
				try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
					connection.setSoTimeout(10_000);
					connection.getOutputStream().write(first);
					assertThat(connection.getInputStream().read()).isEqualTo('H');
					connection.getOutputStream().write(last);
					String responses = new String(connection.getInputStream().readAllBytes(),
							StandardCharsets.ISO_8859_1);
					assertThat(statuses("H" + responses)).hasSize(2);
					assertThat(responses).containsOnlyOnce("connection: close");
				}
			}
		}
	}

	@Test
	void requestsAfterLastOneAreIgnored() throws IOException {
		String put = "PUT /v1/buckets/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Basic YWxpY2U6c2VjcmV0\r\n%s\r\n";
		byte[] requests = ascii(put.formatted("a", "") + put.formatted("b", "Connection: close\r\n")
				+ put.formatted("c", "") + put.formatted("d", "Connection: close\r\n"));
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			String responses = exchange(server, requests);
			assertThat(statuses(responses)).containsExactly("201", "201");
			assertThat(responses).containsOnlyOnce("connection: close");
			assertThat(responses.indexOf("connection: close")).isGreaterThan(responses.lastIndexOf("HTTP/1.1"));
			assertThat(new TestClient(server, "alice").get("/buckets").path("data")).hasSize(2);
		}
	}

	@Test
	void interimResponseIsNotLastOne() throws IOException {
		String head = """
				PUT /v1/buckets/a HTTP/1.1\r
				Host: x\r
				Authorization: Basic YWxpY2U6c2VjcmV0\r
				Content-Type: application/json\r
				Content-Length: 11\r
				Expect: 100-continue\r
				Connection: close\r
				\r
				""";
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start(); Socket socket = connect(server)) {
			socket.getOutputStream().write(ascii(head));
			String interim = "HTTP/1.1 100 Continue\r\n\r\n";
			assertThat(new String(socket.getInputStream().readNBytes(interim.length()), StandardCharsets.US_ASCII))
				.isEqualTo(interim);
			socket.getOutputStream().write(ascii("{\"data\":{}}"));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			assertThat(response).startsWith("HTTP/1.1 201 Created").containsOnlyOnce("connection: close");
		}
	}

	@Test
	void requestLineAndHeadersAreLimited() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			String large = "x".repeat(100_000);
			assertThat(exchange(server, ascii("GET /v1/" + large + " HTTP/1.1\r\nHost: x\r\n\r\n")))
				.startsWith("HTTP/1.1 414");
			assertThat(exchange(server, ascii("GET /v1/ HTTP/1.1\r\nHost: x\r\nX: " + large + "\r\n\r\n")))
				.startsWith("HTTP/1.1 431");
		}
	}

	@Test
	void tooLargeBodyIsRejectedBeforeItIsRead() throws IOException {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			String head = "PUT /v1/buckets/b HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n";
			try (Socket socket = connect(server)) {
				socket.getOutputStream().write(ascii(head));
				byte[] statusLine = socket.getInputStream().readNBytes(12);
				assertThat(new String(statusLine, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
			}
		}
	}

	private static KintoResponse handle(KintoApplication application, RandomRequest request) {
		HttpHeaders headers = new HttpHeaders();
		request.headers().forEach(headers::set);
		String[] target = request.target().split("\\?", 2);
		try {
			return application.handle(new KintoRequest(HttpMethod.valueOf(request.method()),
					RequestTarget.parse(target[0], (target.length > 1) ? target[1] : null), headers,
					request.body().getBytes(StandardCharsets.UTF_8), "http://localhost/v1"));
		}
		catch (KintoError ex) {
			return ex.response();
		}
	}

	private static byte[] bytes(RandomRequest request) {
		byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder();
		head.append("%s /v1%s HTTP/1.1\r\nHost: localhost\r\n".formatted(request.method(), request.target()));
		for (Map.Entry<String, String> header : request.headers().entrySet()) {
			head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
		}
		head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.writeBytes(ascii(head.toString()));
		all.writeBytes(body);
		return all.toByteArray();
	}

	/**
	 * Send several requests at once, and read the responses up to the start of the last
	 * one.
	 */
	private static String pipeline(EmbeddedKintoServer server, byte[] requests, int count) throws IOException {
		try (Socket socket = connect(server)) {
			socket.getOutputStream().write(requests);
			StringBuilder responses = new StringBuilder();
			byte[] part = new byte[64 * 1024];
			while (statuses(responses).size() < count) {
				int read = socket.getInputStream().read(part);
				assertThat(read).as("%s", responses).isPositive();
				responses.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
			}
			return responses.toString();
		}
	}

	private static List<String> statuses(CharSequence responses) {
		return STATUS.matcher(responses).results().map((status) -> status.group(1)).toList();
	}

	private static String exchange(EmbeddedKintoServer server, byte[] request) throws IOException {
		try (Socket socket = connect(server)) {
			OutputStream out = socket.getOutputStream();
			out.write(request);
			out.flush();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private static Socket connect(EmbeddedKintoServer server) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
		socket.setSoTimeout(20_000);
		return socket;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
