package io.kintospring.embedded.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replay of a recorded scenario on a server.
 */
final class Replay {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Pattern USER = Pattern.compile("\\{\\{(?:user|bucket):([^}]+)}}");

	private final HttpClient client;

	private final String url;

	private final Placeholders placeholders = new Placeholders();

	Replay(HttpClient client, String url) {
		this.client = client;
		this.url = url;
		this.placeholders.bind("{{base}}", url);
	}

	/**
	 * Replay a scenario up to the first response that differs.
	 * @param json the scenario
	 * @param responseName the name of a response that replaces the usual one, if a step
	 * has it
	 * @return the difference, or empty if there is none
	 */
	Optional<String> play(String json, String responseName) throws IOException, InterruptedException {
		JsonNode scenario = MAPPER.readTree(json);
		NumberTexts numbers = NumberTexts.of(json);
		Matcher users = USER.matcher(scenario.toString());
		while (users.find()) {
			bindUser(users.group(1));
		}
		int number = 0;
		for (JsonNode step : scenario.path("steps")) {
			String name = step.has(responseName) ? responseName : "response";
			NumberTexts expected = numbers.below("/steps/%d/%s/body".formatted(number, name));
			number++;
			HttpResponse<String> response = send(step.path("request"));
			List<String> differences = new Comparison(this.placeholders).compare(step.path(name), expected, response);
			if (!differences.isEmpty()) {
				return Optional.of("""
						step %d differs
						  %s
						request:  %s
						expected: %s
						actual:   %d %s %s""".formatted(number, String.join("\n  ", differences), step.path("request"),
						step.path(name), response.statusCode(), response.headers().map(), response.body()));
			}
		}
		return Optional.empty();
	}

	private void bindUser(String name) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + "/"))
			.header("Authorization", credentials(name))
			.build();
		JsonNode user = MAPPER.readTree(this.client.send(request, BodyHandlers.ofString()).body()).path("user");
		this.placeholders.bind("{{user:%s}}".formatted(name), user.path("id").asString(""));
		this.placeholders.bind("{{bucket:%s}}".formatted(name), user.path("bucket").asString(""));
	}

	private HttpResponse<String> send(JsonNode request) throws IOException, InterruptedException {
		HttpRequest.Builder builder = HttpRequest.newBuilder(uri(request.path("path").asString()));
		if (request.path("user").isString()) {
			builder.header("Authorization", credentials(request.path("user").asString()));
		}
		request.path("headers")
			.forEachEntry((name, value) -> builder.header(name, this.placeholders.resolve(value.asString())));
		builder.method(request.path("method").asString(), body(request));
		return this.client.send(builder.build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		String resolved = this.placeholders.resolve(path);
		if (resolved.startsWith("http")) {
			return URI.create(resolved);
		}
		return resolved.startsWith("//") ? URI.create(this.url).resolve("/").resolve(resolved.substring(1))
				: URI.create(this.url + resolved);
	}

	private HttpRequest.BodyPublisher body(JsonNode request) {
		if (request.has("body")) {
			return BodyPublishers.ofString(this.placeholders.resolve(request.path("body")).toString());
		}
		return request.has("text") ? BodyPublishers.ofString(request.path("text").asString()) : BodyPublishers.noBody();
	}

	private static String credentials(String user) {
		byte[] bytes = (user + ":secret").getBytes(StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(bytes);
	}

}
