package io.kintospring.embedded.differential;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.embedded.conformance.Placeholders;
import io.kintospring.embedded.conformance.ScenarioClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recording of one sequence of requests on a server, in the format of the recorded
 * scenarios.
 * <p>
 * The server keeps the data of other sequences. The names of buckets and users get a
 * suffix, which the recording does not contain.
 */
final class Recorder {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Set<String> HEADERS = Set.of("content-type", "x-content-type-options", "etag", "last-modified",
			"cache-control", "next-page", "alert", "www-authenticate", "backoff", "retry-after", "total-objects",
			"total-records", "expires", "location", "allow", "access-control-allow-origin",
			"access-control-allow-headers", "access-control-allow-methods", "access-control-max-age");

	private static final Pattern USER = Pattern.compile("\\{\\{(?:user|bucket):([^}]+)}}");

	private final ScenarioClient client;

	private final String nonce;

	/** Values of this server. */
	private final Placeholders actual = new Placeholders();

	/** Texts that stand for these values in the recording. */
	private final Placeholders recorded = new Placeholders();

	private final Templates templates = new Templates();

	/**
	 * Create a recorder for one sequence.
	 * @param client the client of the server
	 * @param nonce a suffix for names that no other sequence has
	 */
	Recorder(ScenarioClient client, String nonce) {
		this.client = client;
		this.nonce = nonce;
		bind(Step.NONCE, nonce, "");
		this.templates.replace(client.url(), "{{base}}");
		this.templates.replace(nonce, "");
	}

	/**
	 * Send the requests of a sequence one after the other.
	 * @param name the name of the scenario
	 * @param steps the sequence
	 * @return the scenario
	 */
	ObjectNode record(String name, List<Step> steps) throws IOException, InterruptedException {
		ObjectNode scenario = MAPPER.createObjectNode();
		scenario.put("name", name);
		for (Step step : steps) {
			bindUsers(step);
			if (this.actual.isBound(step.request().toString())) {
				scenario.withArray("steps").add(record(step));
			}
		}
		return scenario;
	}

	private void bindUsers(Step step) throws IOException, InterruptedException {
		Matcher users = USER
			.matcher(step.request() + "{{user:%s}}".formatted(step.request().path("user").asString("")));
		while (users.find()) {
			String name = users.group(1);
			String user = "{{user:%s}}".formatted(name);
			if (!name.isEmpty() && !this.actual.isBound(user)) {
				JsonNode described = this.client.user(name + this.nonce);
				bind(user, described.path("id").asString(""), user);
				String bucket = "{{bucket:%s}}".formatted(name);
				bind(bucket, described.path("bucket").asString(""), bucket);
				this.templates.replace(described.path("id").asString(""), user);
				this.templates.replace(described.path("bucket").asString(""), bucket);
			}
		}
	}

	private void bind(String placeholder, String value, String text) {
		this.actual.bind(placeholder, value);
		this.recorded.bind(placeholder, text);
	}

	private ObjectNode record(Step step) throws IOException, InterruptedException {
		ObjectNode request = (ObjectNode) this.actual.resolve(step.request());
		if (request.path("user").isString()) {
			request.put("user", request.path("user").asString() + this.nonce);
		}
		HttpResponse<String> response = this.client.send(request);
		ObjectNode result = MAPPER.createObjectNode();
		ObjectNode recordedRequest = (ObjectNode) this.recorded.resolve(step.request());
		result.set("request", recordedRequest);
		ObjectNode recordedResponse = result.putObject("response");
		recordedResponse.put("status", response.statusCode());
		bindNewId(step, response);
		String list = list(recordedRequest, path(request));
		describe(recordedResponse, recordedRequest, response, list);
		bindValues(step, response, recordedResponse);
		return result;
	}

	private void describe(ObjectNode recorded, ObjectNode request, HttpResponse<String> response, String list) {
		Map<String, String> headers = new TreeMap<>();
		response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
		JsonNode body = parse(response.body());
		ObjectNode templates = recorded.putObject("headers");
		// the body of preflights is null from Kinto 26.3 on
		boolean preflight = request.path("method").asString("").equals("OPTIONS");
		if (response.body().isEmpty() || (preflight && body.isNull())) {
			recorded.put("empty", true);
		}
		else if (body.isMissingNode()) {
			recorded.putObject("body").put("__text__", this.templates.text(response.body()));
		}
		else if (body.path("responses").isArray()) {
			recorded.set("body", batch(body, request));
		}
		else {
			recorded.set("body", this.templates.json(body, list));
		}
		headers.forEach((name, value) -> header(templates, name, value, list));
	}

	private ObjectNode batch(JsonNode body, ObjectNode batch) {
		ObjectNode result = MAPPER.createObjectNode();
		JsonNode requests = batch.path("body").path("requests");
		ArrayNode responses = result.putArray("responses");
		for (int i = 0; i < body.path("responses").size(); i++) {
			JsonNode member = body.path("responses").path(i);
			JsonNode request = requests.path(i);
			if (request.path("method").asString("GET").equals("POST") && member.path("status").asInt(0) == 201
					&& request.path("body").path("data").path("id").isMissingNode()) {
				this.templates.generated(member.path("body").path("data").path("id").asString(""));
			}
			ObjectNode recorded = responses.addObject();
			recorded.put("status", member.path("status").asInt(0));
			recorded.put("path", this.templates.text(member.path("path").asString("")));
			String list = list(batch, request.path("path").asString(""));
			recorded.set("body", this.templates.json(member.path("body"), list));
			ObjectNode headers = recorded.putObject("headers");
			member.path("headers").forEachEntry((name, value) -> header(headers, name, value.asString(), list));
		}
		return result;
	}

	private void header(ObjectNode headers, String name, String value, String list) {
		String key = name.toLowerCase(Locale.ROOT);
		if (HEADERS.contains(key)) {
			headers.put(key, switch (key) {
				case "last-modified", "expires" -> "{{http-date}}";
				case "etag" -> this.templates.etag(value, list);
				case "next-page" -> this.templates.url(value);
				default -> this.templates.text(value);
			});
		}
	}

	private void bindNewId(Step step, HttpResponse<String> response) {
		JsonNode body = parse(response.body());
		if (response.statusCode() == 201 && step.request().path("method").asString().equals("POST")
				&& step.request().path("body").path("data").path("id").isMissingNode()) {
			String id = body.path("data").path("id").asString("");
			this.templates.generated(id);
			bind("{{new-id:%d}}".formatted(step.number()), id, this.templates.text(id));
		}
	}

	private void bindValues(Step step, HttpResponse<String> response, ObjectNode recorded) {
		JsonNode headers = recorded.path("headers");
		String etag = headers.path("etag").asString("");
		if (etag.startsWith("\"") && !etag.contains("{{ts}}")) {
			bind("{{etag:%d}}".formatted(step.number()), unquoted(response.headers().firstValue("etag").orElse("")),
					unquoted(etag));
		}
		response.headers()
			.firstValue("next-page")
			.ifPresent((url) -> bind("{{next-page:%d}}".formatted(step.number()), url, this.templates.url(url)));
	}

	private static String unquoted(String etag) {
		return etag.substring(1, etag.length() - 1);
	}

	private String path(ObjectNode request) {
		String path = request.path("path").asString("");
		return this.templates.text(path.startsWith("http") ? URI.create(path).getRawPath() : path);
	}

	private static String list(ObjectNode request, String path) {
		String personal = "/buckets/{{bucket:%s}}".formatted(request.path("user").asString(""));
		return Templates
			.list(path.replaceFirst("^(/v1)?/buckets/default(?=[/?]|$)", Matcher.quoteReplacement(personal)));
	}

	private static JsonNode parse(String body) {
		try {
			return body.isEmpty() ? JsonNodeFactory.instance.missingNode() : MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			return JsonNodeFactory.instance.missingNode();
		}
	}

}
