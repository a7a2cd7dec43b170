package io.kintospring.embedded.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Client that sends the requests of scenarios to a server. Thread-safe.
 */
public final class ScenarioClient {

	private final HttpClient client;

	private final String url;

	/**
	 * Create a client.
	 * @param client the HTTP client
	 * @param url the URL of the API, with the version
	 */
	public ScenarioClient(HttpClient client, String url) {
		this.client = client;
		this.url = url;
	}

	/**
	 * Return the URL of the API.
	 * @return the URL, with the version
	 */
	public String url() {
		return this.url;
	}

	/**
	 * Send a request.
	 * @param request the request, without placeholders
	 * @return the response
	 * @throws IOException if the request fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	public HttpResponse<String> send(JsonNode request) throws IOException, InterruptedException {
		HttpRequest.Builder builder = HttpRequest.newBuilder(uri(request.path("path").asString()));
		if (request.path("user").isString()) {
			builder.header("Authorization", credentials(request.path("user").asString()));
		}
		request.path("headers").forEachEntry((name, value) -> builder.header(name, value.asString()));
		builder.method(request.path("method").asString(), body(request));
		return this.client.send(builder.build(), BodyHandlers.ofString());
	}

	/**
	 * Ask the server who a user is.
	 * @param name the name of the user
	 * @return the description of the user, with {@code id} and {@code bucket}
	 * @throws IOException if the request fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	public JsonNode user(String name) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + "/"))
			.header("Authorization", credentials(name))
			.build();
		return JsonMapper.shared().readTree(this.client.send(request, BodyHandlers.ofString()).body()).path("user");
	}

	private URI uri(String path) {
		if (path.startsWith("http")) {
			return URI.create(path);
		}
		if (path.startsWith("//")) {
			return URI.create(URI.create(this.url).resolve("/") + path.substring(2));
		}
		return URI.create(this.url + path);
	}

	private static HttpRequest.BodyPublisher body(JsonNode request) {
		if (request.has("body")) {
			return BodyPublishers.ofString(request.path("body").toString());
		}
		return request.has("text") ? BodyPublishers.ofString(request.path("text").asString()) : BodyPublishers.noBody();
	}

	private static String credentials(String user) {
		byte[] bytes = (user + ":secret").getBytes(StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(bytes);
	}

}
