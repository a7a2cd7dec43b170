package io.kintospring.embedded;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP client that sends JSON requests as one user.
 */
public final class TestClient {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String url;

	private final String authorization;

	/**
	 * Create a client.
	 * @param server the server
	 * @param user the name of the user
	 */
	public TestClient(EmbeddedKintoServer server, String user) {
		this(server.url(), user);
	}

	/**
	 * Create a client.
	 * @param url the URL of the root of the API
	 * @param user the name of the user
	 */
	public TestClient(String url, String user) {
		this.url = url;
		byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
		this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
	}

	/**
	 * Send a request.
	 * @param method the method
	 * @param path the path below the root of the API, with an optional query
	 * @param body the body, or an empty string
	 * @return the response
	 */
	public HttpResponse<String> send(String method, String path, String body) {
		return sendAsync(method, path, body).join();
	}

	/**
	 * Send a request with additional headers.
	 * @param method the method
	 * @param path the path below the root of the API, with an optional query
	 * @param body the body, or an empty string
	 * @param headers alternating names and values; they replace default headers
	 * @return the response
	 */
	HttpResponse<String> send(String method, String path, String body, String... headers) {
		return sendAsync(method, path, body, headers).join();
	}

	CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
			.method(method, BodyPublishers.ofString(body));
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		return this.client.sendAsync(request.build(), BodyHandlers.ofString());
	}

	CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String body) {
		HttpRequest request = request(path).header("Content-Type", "application/json")
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString());
	}

	/**
	 * Post a multipart form.
	 * @param path the path below the root of the API
	 * @param form the form
	 * @param headers alternating names and values of additional headers
	 * @return the response
	 */
	HttpResponse<String> post(String path, TestForm form, String... headers) {
		HttpRequest.Builder request = request(path).header("Content-Type", form.type())
			.POST(BodyPublishers.ofByteArray(form.body()));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.sendAsync(request.build(), BodyHandlers.ofString()).join();
	}

	/**
	 * Download a file anonymously.
	 * @param url the URL
	 * @return the response
	 */
	HttpResponse<byte[]> download(String url) {
		return this.client.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
			.join();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : this.url + path))
			.header("Authorization", this.authorization);
	}

	/**
	 * Read JSON.
	 * @param path the path below the root of the API, with an optional query
	 * @return the JSON value
	 */
	public JsonNode get(String path) {
		return json(send("GET", path, ""));
	}

	/**
	 * Summarize an error response.
	 * @param response the response
	 * @return the status, the error number, and the location and name of each detail,
	 * such as {@code 400 107 body:data.password}
	 */
	static String error(HttpResponse<String> response) {
		JsonNode error = json(response);
		StringBuilder summary = new StringBuilder();
		summary.append(response.statusCode()).append(' ').append(error.path("errno").asInt());
		assertThat(error.path("code").asInt()).isEqualTo(response.statusCode());
		if (error.path("details").isArray()) {
			error.path("details").forEach((detail) -> {
				summary.append(' ').append(detail.path("location").asString());
				summary.append(detail.path("name").isNull() ? "" : ":" + detail.path("name").asString());
			});
		}
		return summary.toString();
	}

	static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

}
