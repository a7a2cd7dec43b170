package io.kintospring.embedded.differential;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random changes that make a usual request a rare one.
 */
final class RareRequest {

	private final RandomJson json;

	private final RareJson values;

	private final RareQuery queries;

	RareRequest(RandomJson json) {
		this.json = json;
		this.values = new RareJson(json);
		this.queries = new RareQuery(json);
	}

	/**
	 * Change a request, or the members of a batch.
	 * @param request the request
	 * @param ids the ids of the objects that belong to its list
	 * @param versions texts of versions to compare with
	 * @return the request
	 */
	ObjectNode vary(ObjectNode request, List<String> ids, List<String> versions) {
		JsonNode members = request.path("body").path("requests");
		if (members.isArray()) {
			members.forEach((member) -> {
				if (this.json.chance(50)) {
					vary((ObjectNode) member, ids, versions);
				}
			});
			varyBatch(request);
			return request;
		}
		for (int i = 1 + this.json.number(2); i > 0; i--) {
			varyOnce(request, ids, versions);
		}
		return request;
	}

	private void varyOnce(ObjectNode request, List<String> ids, List<String> versions) {
		boolean body = request.path("body").isObject();
		switch (this.json.number(body ? 10 : 5)) {
			case 0, 1 -> addParameter(request, this.queries.parameter(ids, versions));
			case 2 -> addPrecondition(request, versions);
			case 3 -> addHeader(request);
			case 4 -> changePath(request);
			case 5 -> changePermissions(request);
			case 6 -> changeIdentity(request, ids, versions);
			case 7 -> changeType(request);
			default -> changeData(request);
		}
	}

	private static void addParameter(ObjectNode request, String parameter) {
		String path = request.path("path").asString();
		// the location of a redirect would contain the version of one server
		if (!parameter.contains("{{") || !path.matches(".*(/|%2F)([?].*)?")) {
			request.put("path", path + (path.contains("?") ? "&" : "?") + parameter);
		}
	}

	private void addPrecondition(ObjectNode request, List<String> versions) {
		String version = this.json.one(versions);
		String value = this.json.one(List.of("\"%s\"", "\"%s\"", "\"%s\"", "%s", "W/\"%s\"", "*", "\"*\"", "\"abc\"",
				"\"\"", "\"%1$s\", \"%1$s\"", "\"-1\"", "\"0\"", "\"01\""));
		request.withObject("headers")
			.put(this.json.one(List.of("If-Match", "If-None-Match")), value.formatted(version));
	}

	private void addHeader(ObjectNode request) {
		ObjectNode headers = request.withObject("headers");
		switch (this.json.number(4)) {
			case 0, 1 -> headers.put("Response-Behavior",
					this.json.one(List.of("light", "diff", "full", "Light", "other", "light")));
			case 2 ->
				headers.put("Accept",
						this.json.one(List.of("application/json", "application/*", "*/*", "text/html, */*;q=0.1",
								"text/plain", "application/xml", "application/json; charset=utf-8",
								"application/merge-patch+json")));
			default -> headers.put("Origin", "http://localhost:3000");
		}
	}

	private void changePath(ObjectNode request) {
		String[] target = request.path("path").asString().split("\\?", 2);
		String query = (target.length > 1) ? "?" + target[1] : "";
		if (target[0].lastIndexOf('/') < 1 || query.contains("{{")) {
			return;
		}
		switch (this.json.number(8)) {
			case 0 -> request.put("path", target[0] + "/" + query);
			case 1 -> request.put("path", target[0] + "/nothing" + query);
			case 2 -> request.put("path", target[0]
					+ this.json.one(List.of("%20", "%2F", "%C3%A9", "~", ".", "x".repeat(100), "_", "-")) + query);
			case 3 -> request.put("path", target[0].replaceFirst("/[^/]*$", "") + query);
			case 4 -> request.put("path", target[0].replaceFirst("/[^/]*$", "/_x") + query);
			default -> request.put("method", this.json
				.one(List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "OPTIONS", "HEAD")));
		}
	}

	private void changePermissions(ObjectNode request) {
		ObjectNode body = (ObjectNode) request.path("body");
		if (this.json.chance(10)) {
			body.set("permissions", JsonMapper.shared().readTree(this.json.one(List.of("null", "[]", "1", "\"a\""))));
		}
		else {
			body.set("permissions", this.values.permissions());
		}
	}

	private void changeIdentity(ObjectNode request, List<String> ids, List<String> versions) {
		ObjectNode data = data(request);
		String time = "\"%s\"".formatted(this.json.one(versions));
		switch (this.json.number(3)) {
			case 0 -> data.put("id", this.json.one(ids));
			case 1 -> data.set("id", JsonMapper.shared()
				.readTree(this.json.one(List.of("1", "null", "\"\"", "\"r1\"", "\"_x\"", "\"é\"", "true", "{}"))));
			default -> data.set("last_modified",
					JsonMapper.shared()
						.readTree(this.json.one(List.of(time, time, "4102444800000", "1000", "0", "-5", "\"a\"",
								"\"1000\"", "1.5", "2000.0", "null", "[]", "{}", "4102444800001"))));
		}
	}

	private void changeType(ObjectNode request) {
		String method = request.path("method").asString();
		ObjectNode headers = request.withObject("headers");
		if (!method.equals("PATCH") || this.json.chance(10)) {
			headers.put("Content-Type",
					this.json
						.one(List.of("application/json; charset=utf-8", "application/merge-patch+json", "text/plain",
								"application/JSON", "application/json-patch+json", "application/vnd.api+json")));
		}
		else if (this.json.chance(60)) {
			headers.put("Content-Type", "application/json-patch+json");
			request.set("body", this.values.patch());
		}
		else {
			headers.put("Content-Type", "application/merge-patch+json");
			changeData(request);
		}
	}

	private void changeData(ObjectNode request) {
		ObjectNode body = (ObjectNode) request.path("body");
		switch (this.json.number(12)) {
			case 0 -> body.set("data",
					JsonMapper.shared().readTree(this.json.one(List.of("null", "[]", "1", "\"a\"", "{}", "true"))));
			case 1 -> body.set(this.json.one(List.of("extra", "id", "last_modified")), this.values.value());
			case 2 -> body.without("data");
			case 3 -> data(request).set("schema", this.values.schema());
			case 4 -> data(request).set(
					this.json.one(List.of("members", "cache_expires", "deleted", "password", "attachment")),
					this.values.value());
			default -> {
				ObjectNode data = data(request);
				for (int i = 1 + this.json.number(3); i > 0; i--) {
					data.set(this.values.name(), this.values.value());
				}
			}
		}
	}

	private static ObjectNode data(ObjectNode request) {
		ObjectNode body = (ObjectNode) request.path("body");
		return body.path("data").isObject() ? (ObjectNode) body.path("data") : body.putObject("data");
	}

	private void varyBatch(ObjectNode batch) {
		ObjectNode body = (ObjectNode) batch.path("body");
		ArrayNode members = (ArrayNode) body.path("requests");
		switch (this.json.number(12)) {
			case 0 -> body.putObject("defaults").put("method", this.json.one(List.of("GET", "PUT", "DELETE")));
			case 1 -> body.putObject("defaults").put("path", "/");
			case 2 -> body.putObject("defaults").putObject("headers").put("If-None-Match", "*");
			case 3 -> body.putObject("defaults").putObject("body").putObject("permissions").putArray("read").add("a");
			case 4 -> members.addObject()
				.put("path", this.json.one(List.of("/batch", "/nothing", "/__lbheartbeat__", "/buckets/default",
						"/v1/buckets/default?_fields=id", "/permissions?bucket_id=x", "buckets", "")));
			case 5 -> members.addObject().put("path", "/buckets/default").put("method", "FLY");
			case 6 -> body.put("extra", 1);
			case 7 -> members.forEach((member) -> ((ObjectNode) member).put("path",
					member.path("path").asString().replaceFirst("^/", "/v1/")));
			case 8 -> members.forEach((member) -> {
				if (member.path("method").asString().equals("GET")) {
					((ObjectNode) member).without("method");
				}
			});
			case 9 -> members.removeAll();
			default -> {
			}
		}
	}

}
