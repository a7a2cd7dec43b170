package io.kintospring.embedded.request;

import java.util.Set;

import io.kintospring.embedded.storage.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parser for the body of a batch.
 */
public final class BatchBody {

	private static final String DEFAULTS = "defaults";

	private static final String REQUESTS = "requests";

	private static final Set<String> FIELDS = Set.of(DEFAULTS, REQUESTS);

	private static final Set<String> REQUEST_FIELDS = Set.of("method", "path", "headers", "body");

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "DELETE", "TRACE", "POST", "PUT", "PATCH");

	private final Validation validation;

	private BatchBody(Validation validation) {
		this.validation = validation;
	}

	/**
	 * Read the requests of a batch.
	 * @param body the body of the batch
	 * @param validation collects the errors
	 * @return the requests, merged with the defaults
	 */
	public static ArrayNode read(Body body, Validation validation) {
		JsonNode json = body.container(validation);
		return (json != null) ? new BatchBody(validation).read(json) : Json.array();
	}

	/**
	 * Describe the body of a batch.
	 * @return the schema
	 */
	public static ObjectNode schema() {
		ObjectNode schema = Json.object().put("type", "object");
		schema.putArray("required").add(REQUESTS);
		ObjectNode properties = schema.putObject("properties");
		properties.set(DEFAULTS, requestSchema());
		ObjectNode request = requestSchema();
		request.putArray("required").add("path");
		properties.putObject(REQUESTS).put("type", "array").set("items", request);
		return schema;
	}

	private static ObjectNode requestSchema() {
		ObjectNode schema = Json.object().put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		ArrayNode methods = properties.putObject("method").put("type", "string").putArray("enum");
		METHODS.stream().sorted().forEach(methods::add);
		properties.putObject("path").put("type", "string").put("pattern", "^/");
		properties.putObject("headers").put("type", "object").putObject("additionalProperties").put("type", "string");
		properties.putObject("body").put("type", "object");
		return schema;
	}

	private ArrayNode read(JsonNode json) {
		if (!json.isObject() || !FIELDS.containsAll(json.propertyNames())) {
			invalid("", "Should be an object of defaults and requests");
			return Json.array();
		}
		JsonNode defaults = json.path(DEFAULTS);
		if (!defaults.isMissingNode()) {
			checkRequest(defaults, DEFAULTS, false);
		}
		if (!(json.path(REQUESTS) instanceof ArrayNode requests)) {
			invalid(REQUESTS, "Should be a list");
			return Json.array();
		}
		for (int i = 0; i < requests.size(); i++) {
			if (requests.get(i) instanceof ObjectNode request && defaults instanceof ObjectNode) {
				merge(request, defaults);
			}
			checkRequest(requests.get(i), REQUESTS + "." + i, true);
		}
		return requests;
	}

	private static void merge(ObjectNode request, JsonNode defaults) {
		defaults.forEachEntry((name, value) -> {
			if (!request.has(name)) {
				request.set(name, value.deepCopy());
			}
			else if (request.get(name) instanceof ObjectNode own && value.isObject()) {
				merge(own, value);
			}
		});
	}

	private void checkRequest(JsonNode request, String name, boolean pathRequired) {
		if (!request.isObject() || !REQUEST_FIELDS.containsAll(request.propertyNames())) {
			invalid(name, "Should be an object of " + REQUEST_FIELDS);
			return;
		}
		JsonNode path = request.path("path");
		if (path.isMissingNode() ? pathRequired : !path.asString("").startsWith("/")) {
			invalid(name + ".path", "Should start with a slash");
		}
		JsonNode method = request.path("method");
		// as in Kinto, null and other empty values stand for the default
		if (Fields.isTrue(method) && !METHODS.contains(method.asString(""))) {
			invalid(name + ".method", "Should be one of " + METHODS);
		}
		JsonNode headers = request.path("headers");
		if (!headers.isMissingNode() && !(headers.isObject() && headers.valueStream().allMatch(JsonNode::isString))) {
			invalid(name + ".headers", "Should be an object of texts");
		}
		JsonNode body = request.path("body");
		if (!body.isMissingNode() && !body.isObject()) {
			invalid(name + ".body", "Should be an object");
		}
	}

	private void invalid(String name, String description) {
		this.validation.add(ErrorDetail.body(name, description));
	}

}
