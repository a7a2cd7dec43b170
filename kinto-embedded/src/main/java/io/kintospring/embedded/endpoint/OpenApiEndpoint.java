package io.kintospring.embedded.endpoint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.embedded.request.BatchBody;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.Negotiation;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Endpoint that describes the services of this server in OpenAPI 2.0. The ids and tags of
 * the operations are Kinto's.
 */
final class OpenApiEndpoint {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(:[^}]*)?}");

	private static final String VERSIONS = "^\"([0-9]+?)\"$|\\*";

	private static final String ERROR = "Error";

	private static final String TOMBSTONE = "Tombstone";

	private static final List<String> INTEGERS = List.of("_limit", "_since", "_before", "_to", "last_modified");

	private final KintoServerSettings settings;

	private final List<Service> services;

	/**
	 * Create the endpoint.
	 * @param settings the settings of the server
	 * @param services the services to describe, which may still change
	 */
	OpenApiEndpoint(KintoServerSettings settings, List<Service> services) {
		this.settings = settings;
		this.services = services;
	}

	Service service() {
		return new Service("/__api__").on(HttpMethod.GET, this::get)
			.describedBy(ServiceDescription.of("Utilities", HttpMethod.GET, "get_openapi_spec"));
	}

	private KintoResponse get(Call call) {
		UriComponents root = UriComponentsBuilder.fromUriString(call.request().root()).build();
		ObjectNode api = Json.object().put("swagger", "2.0");
		api.putObject("info")
			.put("title", this.settings.get(KintoSetting.PROJECT_NAME))
			.put("version", RootEndpoint.API_VERSION);
		api.put("host", (root.getPort() < 0) ? root.getHost() : root.getHost() + ":" + root.getPort());
		api.put("basePath", root.getPath());
		api.putArray("schemes").add(root.getScheme());
		boolean basic = describeSecurity(api.putObject("securityDefinitions"));
		Set<String> tags = new LinkedHashSet<>();
		ObjectNode paths = api.putObject("paths");
		for (Service service : this.services) {
			ServiceDescription description = service.description();
			if (description != null) {
				tags.add(description.tag());
				describe(service, description, basic,
						paths.putObject(VARIABLE.matcher(service.path()).replaceAll("{$1}")));
			}
		}
		ArrayNode named = api.putArray("tags");
		tags.forEach((tag) -> named.addObject().put("name", tag));
		describeDefinitions(api.putObject("definitions"));
		return KintoResponse.ok(api);
	}

	private boolean describeSecurity(ObjectNode definitions) {
		Set<String> policies = this.settings.get(KintoSetting.MULTIAUTH_POLICIES);
		boolean basic = policies.contains(KintoSetting.BASICAUTH) || policies.contains(KintoSetting.ACCOUNT);
		if (basic) {
			definitions.putObject(KintoSetting.BASICAUTH).put("type", "basic");
		}
		return basic;
	}

	private static void describe(Service service, ServiceDescription description, boolean basic, ObjectNode path) {
		ArrayNode variables = path.putArray("parameters");
		Matcher matcher = VARIABLE.matcher(service.path());
		while (matcher.find()) {
			variables.addObject()
				.put("name", matcher.group(1))
				.put("in", "path")
				.put("required", true)
				.put("type", "string");
		}
		service.declared().forEach((method) -> {
			String id = description.operations().get(method);
			if (id != null) {
				ObjectNode operation = path.putObject(method.name().toLowerCase(Locale.ROOT));
				operation.put("operationId", id).putArray("tags").add(description.tag());
				operation.putArray("produces").add(MediaType.APPLICATION_JSON_VALUE);
				describeParameters(description, method, operation);
				describeResponses(description, method, operation.putObject("responses"));
				ArrayNode security = operation.putArray("security");
				if (basic && description.kind() != ServiceDescription.Kind.OTHER) {
					security.addObject().putArray(KintoSetting.BASICAUTH);
				}
			}
		});
	}

	private static void describeParameters(ServiceDescription description, HttpMethod method, ObjectNode operation) {
		ArrayNode parameters = operation.putArray("parameters");
		if (description.kind() == ServiceDescription.Kind.OTHER) {
			if (method == HttpMethod.POST && description.tag().equals(BatchEndpoint.TAG)) {
				operation.putArray("consumes").add(MediaType.APPLICATION_JSON_VALUE);
				body(parameters, true).setAll(BatchBody.schema());
			}
			return;
		}
		boolean reads = method == HttpMethod.GET;
		if (description.kind() == ServiceDescription.Kind.LIST && method != HttpMethod.POST) {
			INTEGERS.forEach((name) -> parameter(parameters, "query", name, "integer"));
			List.of("_token", "id").forEach((name) -> parameter(parameters, "query", name, "string"));
			list(parameters, "_sort");
		}
		if (reads) {
			list(parameters, "_fields");
		}
		List.of("If-Match", "If-None-Match")
			.forEach((name) -> parameter(parameters, "header", name, "string").put("pattern", VERSIONS));
		if (method == HttpMethod.PATCH) {
			parameter(parameters, "header", "Response-Behavior", "string").putArray("enum")
				.add("full")
				.add("light")
				.add("diff");
		}
		if (!reads && method != HttpMethod.DELETE) {
			ArrayNode consumes = operation.putArray("consumes");
			Negotiation.types(method).forEach(consumes::add);
			body(parameters, false).setAll(object(description.permissions()));
		}
	}

	private static ObjectNode body(ArrayNode parameters, boolean required) {
		return parameters.addObject()
			.put("name", "body")
			.put("in", "body")
			.put("required", required)
			.putObject("schema");
	}

	private static ObjectNode parameter(ArrayNode parameters, String in, String name, String type) {
		return parameters.addObject().put("name", name).put("in", in).put("required", false).put("type", type);
	}

	private static void list(ArrayNode parameters, String name) {
		parameter(parameters, "query", name, "array").put("collectionFormat", "csv")
			.putObject("items")
			.put("type", "string");
	}

	private static void describeResponses(ServiceDescription description, HttpMethod method, ObjectNode responses) {
		switch (description.kind()) {
			case LIST -> describeResponse(responses, HttpStatus.OK, (method == HttpMethod.POST)
					? object(description.permissions()) : listOf((method == HttpMethod.DELETE) ? TOMBSTONE : "Data"));
			case OBJECT -> describeResponse(responses, HttpStatus.OK,
					(method == HttpMethod.DELETE) ? objectOf(TOMBSTONE) : object(description.permissions()));
			case OTHER -> {
				boolean flushes = method == HttpMethod.POST && !description.tag().equals(BatchEndpoint.TAG);
				describeResponse(responses, flushes ? HttpStatus.ACCEPTED : HttpStatus.OK,
						Json.object().put("type", "object"));
			}
		}
		if (description.kind() != ServiceDescription.Kind.OTHER) {
			if (method == HttpMethod.POST || method == HttpMethod.PUT) {
				describeResponse(responses, HttpStatus.CREATED, object(description.permissions()));
			}
			if (method == HttpMethod.GET) {
				responses.putObject("304").put("description", HttpStatus.NOT_MODIFIED.getReasonPhrase());
			}
			List.of(HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND, HttpStatus.NOT_ACCEPTABLE,
					HttpStatus.PRECONDITION_FAILED)
				.forEach((status) -> describeResponse(responses, status, reference(ERROR)));
			if (method != HttpMethod.GET && method != HttpMethod.DELETE) {
				describeResponse(responses, HttpStatus.UNSUPPORTED_MEDIA_TYPE, reference(ERROR));
			}
		}
		describeResponse(responses, HttpStatus.BAD_REQUEST, reference(ERROR));
		responses.putObject("default").put("description", "Any other error").set("schema", reference(ERROR));
	}

	private static void describeResponse(ObjectNode responses, HttpStatus status, ObjectNode schema) {
		responses.putObject(String.valueOf(status.value()))
			.put("description", status.getReasonPhrase())
			.set("schema", schema);
	}

	private static void describeDefinitions(ObjectNode definitions) {
		ObjectNode error = definitions.putObject(ERROR).put("type", "object");
		error.putArray("required").add("code").add("errno").add("error");
		ObjectNode fields = error.putObject("properties");
		List.of("code", "errno").forEach((name) -> fields.putObject(name).put("type", "integer"));
		List.of("error", "message", "info").forEach((name) -> fields.putObject(name).put("type", "string"));
		fields.putObject("details");
		definitions.putObject("Data").put("type", "object");
		ObjectNode tombstone = definitions.putObject(TOMBSTONE).put("type", "object").putObject("properties");
		tombstone.putObject("id").put("type", "string");
		tombstone.putObject("last_modified").put("type", "integer");
		tombstone.putObject("deleted").put("type", "boolean");
	}

	private static ObjectNode object(Set<String> permissions) {
		ObjectNode object = objectOf("Data");
		ObjectNode lists = ((ObjectNode) object.get("properties")).putObject(Envelope.PERMISSIONS)
			.put("type", "object")
			.putObject("properties");
		permissions.stream()
			.sorted()
			.forEach((name) -> lists.putObject(name).put("type", "array").putObject("items").put("type", "string"));
		return object;
	}

	private static ObjectNode objectOf(String definition) {
		ObjectNode object = Json.object().put("type", "object");
		object.putObject("properties").set(Envelope.DATA, reference(definition));
		return object;
	}

	private static ObjectNode listOf(String definition) {
		ObjectNode object = Json.object().put("type", "object");
		object.putObject("properties")
			.putObject(Envelope.DATA)
			.put("type", "array")
			.set("items", reference(definition));
		return object;
	}

	private static ObjectNode reference(String definition) {
		return Json.object().put("$ref", "#/definitions/" + definition);
	}

}
