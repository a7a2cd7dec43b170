package io.kintospring.embedded.conformance;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replay of a recorded scenario on a server.
 */
public final class Replay {

	private static final Pattern USER = Pattern.compile("\\{\\{(?:user|bucket):([^}]+)}}");

	private final ScenarioClient client;

	private final Placeholders placeholders = new Placeholders();

	/**
	 * Create a replay.
	 * @param client the client of the server, which must be empty
	 */
	public Replay(ScenarioClient client) {
		this.client = client;
		this.placeholders.bind("{{base}}", client.url());
	}

	/**
	 * Replay a scenario up to the first response that differs.
	 * @param json the scenario
	 * @param responseName the name of a response that replaces the usual one, if a step
	 * has it
	 * @return the difference, or empty if there is none
	 * @throws IOException if a request fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	public Optional<Difference> play(String json, String responseName) throws IOException, InterruptedException {
		JsonNode scenario = JsonMapper.shared().readTree(json);
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
			HttpResponse<String> response = this.client.send(resolve((ObjectNode) step.path("request")));
			List<String> lines = new Comparison(this.placeholders).compare(step.path(name), expected, response);
			if (!lines.isEmpty()) {
				String actual = "%d %s %s".formatted(response.statusCode(), response.headers().map(), response.body());
				return Optional.of(new Difference(number, lines, step.path("request"), step.path(name), actual));
			}
		}
		return Optional.empty();
	}

	private void bindUser(String name) throws IOException, InterruptedException {
		if (this.placeholders.isBound("{{user:%s}}".formatted(name))) {
			return;
		}
		JsonNode user = this.client.user(name);
		this.placeholders.bind("{{user:%s}}".formatted(name), user.path("id").asString(""));
		this.placeholders.bind("{{bucket:%s}}".formatted(name), user.path("bucket").asString(""));
	}

	/**
	 * Replace the placeholders of a request. A raw body is sent to the letter.
	 */
	private JsonNode resolve(ObjectNode request) {
		ObjectNode resolved = (ObjectNode) this.placeholders.resolve(request.deepCopy().without("text"));
		return request.has("text") ? resolved.set("text", request.get("text")) : resolved;
	}

}
