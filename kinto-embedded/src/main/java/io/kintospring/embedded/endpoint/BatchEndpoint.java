package io.kintospring.embedded.endpoint;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import io.kintospring.embedded.json.KintoJson;
import io.kintospring.embedded.request.BatchBody;
import io.kintospring.embedded.request.Body;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.LimitedOutputStream;
import io.kintospring.embedded.request.Negotiation;
import io.kintospring.embedded.request.RequestTarget;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.Transactions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Endpoint that executes the requests of a batch in order.
 */
final class BatchEndpoint {

	/**
	 * Tag of this endpoint in the description of the API.
	 */
	static final String TAG = "Batch";

	private static final String PATH = "/batch";

	private final int maxRequests;

	private final int maxResponseBytes;

	private final Function<KintoRequest, KintoResponse> requests;

	private final Transactions transactions;

	/**
	 * Create the endpoint.
	 * @param settings the settings of the server
	 * @param requests executes a single request
	 * @param transactions the transactions of the changes
	 */
	BatchEndpoint(KintoServerSettings settings, Function<KintoRequest, KintoResponse> requests,
			Transactions transactions) {
		this.maxRequests = settings.get(KintoSetting.BATCH_MAX_REQUESTS);
		this.maxResponseBytes = settings.get(KintoSetting.MAX_RESPONSE_BYTES);
		this.requests = requests;
		this.transactions = transactions;
	}

	Service service() {
		return new Service(PATH).on(HttpMethod.POST, this::post)
			.describedBy(ServiceDescription.of(TAG, HttpMethod.POST, "batch"));
	}

	private KintoResponse post(Call call) {
		Negotiation.requireJsonBody(call.request());
		ArrayNode responses = Json.array();
		// a batch that is much too large fails before it needs much memory
		LimitedOutputStream size = new LimitedOutputStream(OutputStream.nullOutputStream(), this.maxResponseBytes);
		boolean writable = true;
		for (JsonNode member : members(call.request())) {
			ObjectNode response = execute(call.request(), member);
			writable &= isWritable(response);
			Json.write(response, size);
			responses.add(response);
		}
		if (!writable) {
			throw KintoError.failsInKinto();
		}
		ObjectNode body = Json.object();
		body.set("responses", responses);
		return KintoResponse.ok(body);
	}

	private ArrayNode members(KintoRequest envelope) {
		Validation validation = new Validation();
		ArrayNode members = BatchBody.read(Body.read(envelope), validation);
		validation.complete();
		if (this.maxRequests > 0 && members.size() > this.maxRequests) {
			throw KintoError.invalid(ErrorDetail.body("requests", "Should be at most " + this.maxRequests));
		}
		if (members.valueStream().anyMatch((member) -> member.path("path").asString().contains(PATH))) {
			throw KintoError.invalid(ErrorDetail.body("requests", "Can't have another batch among them"));
		}
		return members;
	}

	/**
	 * Return whether Kinto can write a response. The body of a 304 in the default bucket
	 * makes the batch fail when all requests were executed.
	 */
	private static boolean isWritable(ObjectNode response) {
		return response.path("status").asInt() != HttpStatus.NOT_MODIFIED.value() || !response.path("body").isNull();
	}

	/**
	 * Execute one request of the batch. As in Kinto, a response with a 5xx status or 304
	 * makes the whole batch fail, except in the default bucket. A 409 ends the
	 * transaction: what came before is undone, although its responses report success.
	 */
	private ObjectNode execute(KintoRequest envelope, JsonNode member) {
		RequestTarget target;
		try {
			target = RequestTarget.parse(member.path("path").asString());
		}
		catch (KintoError ex) {
			return describe(member.path("path").asString(), ex.response(), true);
		}
		KintoRequest request = request(envelope, member, target);
		KintoResponse response = this.requests.apply(request);
		if (response.status().is5xxServerError()) {
			throw KintoError.of(response);
		}
		boolean head = request.method() == HttpMethod.HEAD;
		if (response.status() == HttpStatus.NOT_MODIFIED && !DefaultBucket.contains(target.path())) {
			throw KintoError.failsInKinto();
		}
		if (response.status() == HttpStatus.CONFLICT) {
			this.transactions.rollback();
		}
		return describe(target.path(), response, !head);
	}

	private static ObjectNode describe(String path, KintoResponse response, boolean withBody) {
		ObjectNode description = Json.object();
		description.put("path", RequestTarget.PREFIX + path);
		description.put("status", response.status().value());
		ObjectNode headers = description.putObject("headers");
		// as in Kinto, the last one of several headers
		response.headers().forEach((name, values) -> headers.put(name, values.get(values.size() - 1)));
		if (withBody) {
			description.set("body", response.body());
		}
		else {
			description.put("body", "");
		}
		return description;
	}

	private static KintoRequest request(KintoRequest envelope, JsonNode member, RequestTarget target) {
		boolean hasBody = !member.path("body").isEmpty();
		JsonNode method = member.path("method");
		return new KintoRequest(HttpMethod.valueOf(Fields.isTrue(method) ? method.asString() : "GET"), target,
				headers(envelope, member, hasBody), hasBody ? KintoJson.write(member.path("body")) : new byte[0],
				envelope.root());
	}

	/**
	 * Return the headers of a request of the batch. As in Kinto, the type of a body is
	 * JSON, unless the name of the header is written in another way.
	 */
	private static HttpHeaders headers(KintoRequest envelope, JsonNode member, boolean hasBody) {
		HttpHeaders headers = new HttpHeaders();
		headers.addAll(envelope.headers());
		if (hasBody) {
			headers.setContentType(new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8));
		}
		member.path("headers").forEachEntry((name, value) -> {
			if (!hasBody || !name.equals(HttpHeaders.CONTENT_TYPE)) {
				headers.set(name, value.asString());
			}
		});
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		return headers;
	}

}
