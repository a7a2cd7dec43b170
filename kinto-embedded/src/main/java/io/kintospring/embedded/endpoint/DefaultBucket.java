package io.kintospring.embedded.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import io.kintospring.embedded.permission.Hmac;
import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.Body;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.resource.BucketResource;
import io.kintospring.embedded.resource.CollectionResource;
import io.kintospring.embedded.resource.IdGenerator;
import io.kintospring.embedded.resource.Model;
import io.kintospring.embedded.resource.ReadParents;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Personal bucket of a user, with the alias {@code default}. The bucket and its
 * collections are created on first use.
 */
final class DefaultBucket {

	private static final String ALIAS = "default";

	private static final String PATH = "/buckets/" + ALIAS;

	private static final String UNKNOWN = "/buckets/unknown";

	private static final String COLLECTIONS = "/collections/";

	private final Hmac hmac;

	private final Model model;

	private final ReadParents parents;

	private final boolean readonly;

	private final Function<KintoRequest, KintoResponse> requests;

	/**
	 * Create the endpoint.
	 * @param hmac derives the ids of the buckets
	 * @param model the model that contains the buckets
	 * @param parents the parents that the batch has read
	 * @param settings the settings of the server
	 * @param requests executes the requests with the resolved bucket id, and fails if
	 * there is no endpoint for them
	 */
	DefaultBucket(Hmac hmac, Model model, ReadParents parents, KintoServerSettings settings,
			Function<KintoRequest, KintoResponse> requests) {
		this.readonly = settings.get(KintoSetting.READONLY);
		this.hmac = hmac;
		this.model = model;
		this.parents = parents;
		this.requests = requests;
	}

	/**
	 * Return whether a path refers to the personal bucket of a user.
	 * @param path the path
	 * @return whether it is its path, or a path below it
	 */
	static boolean contains(String path) {
		return path.equals(PATH) || path.startsWith(PATH + "/");
	}

	List<Service> services() {
		return Stream.of(PATH, PATH + "/{*subpath}")
			.map((path) -> new Service(path).onAny(this::execute).on(HttpMethod.OPTIONS, this::preflight).asAlias())
			.toList();
	}

	/**
	 * Return the id of a user's personal bucket.
	 * @param hmac derives the id
	 * @param userId the id of the user
	 * @return the id of the bucket
	 */
	static String id(Hmac hmac, String userId) {
		String digest = hmac.digest(userId);
		long most = Long.parseUnsignedLong(digest, 0, 16, 16);
		long least = Long.parseUnsignedLong(digest, 16, 32, 16);
		return new UUID(most, least).toString();
	}

	/**
	 * Respond to a preflight request as for any bucket, without creating one.
	 */
	private KintoResponse preflight(Call call) {
		KintoRequest request = call.request();
		String path = UNKNOWN + request.path().substring(PATH.length());
		return this.requests.apply(new KintoRequest(request.method(), request.target().withPath(path),
				request.headers(), request.body(), request.root()));
	}

	private KintoResponse execute(Call call) {
		String userId = call.principals().userId();
		if (userId == null) {
			throw KintoError.forbidden(call.principals());
		}
		if (this.readonly) {
			throw KintoError.readonly();
		}
		KintoRequest request = call.request();
		String id = id(this.hmac, userId);
		ObjectUri bucket = new ListUri(null, BucketResource.NAME).object(id);
		if (!creates(request, PATH)) {
			this.model.createIfMissing(bucket, call.principals());
		}
		String collectionId = collectionId(call.variables());
		if (collectionId != null && !creates(request, collectionId)) {
			IdGenerator.NAME.check(collectionId);
			ObjectUri collection = new ListUri(bucket, CollectionResource.NAME).object(collectionId);
			// as in Kinto, so its schema does not apply
			if (this.parents.addWithoutFields(collection)) {
				this.model.createIfMissing(collection, call.principals());
			}
		}
		KintoResponse response = this.requests.apply(resolve(request, id));
		// other responses keep the bucket and the collection
		if (response.status() == HttpStatus.CONFLICT || response.status().is5xxServerError()) {
			throw KintoError.of(response);
		}
		return response;
	}

	private static boolean creates(KintoRequest request, String end) {
		return request.method() == HttpMethod.PUT && request.path().endsWith(end);
	}

	private static @Nullable String collectionId(Map<String, String> variables) {
		String subpath = variables.getOrDefault("subpath", "");
		return subpath.startsWith(COLLECTIONS) ? subpath.substring(COLLECTIONS.length()).split("/")[0] : null;
	}

	private static KintoRequest resolve(KintoRequest request, String id) {
		String path = "/buckets/" + id + request.path().substring(PATH.length());
		JsonNode json = Body.read(request).json();
		if (request.body().length == 0) {
			return withBody(request, path, Json.object().set(Envelope.DATA, Json.object()));
		}
		if (json != null && json.path(Envelope.DATA) instanceof ObjectNode data && data.path("id").isString()) {
			data.put("id", data.path("id").asString().replace(ALIAS, id));
			return withBody(request, path, json);
		}
		return new KintoRequest(request.method(), request.target().withPath(path), request.headers(), request.body(),
				request.root());
	}

	private static KintoRequest withBody(KintoRequest request, String path, JsonNode body) {
		HttpHeaders headers = new HttpHeaders();
		headers.addAll(request.headers());
		headers.setContentType(MediaType.APPLICATION_JSON);
		return new KintoRequest(request.method(), request.target().withPath(path), headers,
				body.toString().getBytes(StandardCharsets.UTF_8), request.root());
	}

}
