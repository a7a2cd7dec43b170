package io.kintospring.embedded.endpoint;

import java.util.Map;
import java.util.Set;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.Body;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.FieldSelection;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoObject;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.Negotiation;
import io.kintospring.embedded.request.Parameters;
import io.kintospring.embedded.request.Patch;
import io.kintospring.embedded.request.PatchBody;
import io.kintospring.embedded.request.Preconditions;
import io.kintospring.embedded.request.ResponseBehavior;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.resource.Draft;
import io.kintospring.embedded.resource.Model;
import io.kintospring.embedded.resource.Resource;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.ObjectUri;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Endpoint for a single object.
 */
final class ObjectEndpoint {

	private final Resource resource;

	private final Model model;

	private final Authorization authorization;

	private final Caching caching;

	private final boolean recorded;

	private final int maxBytes;

	/**
	 * Create the endpoint.
	 * @param resource the resource of the objects
	 * @param model the model that contains the objects
	 * @param authorization the authorization of requests
	 * @param caching the cache headers of responses
	 * @param recorded whether the history records the changes
	 * @param maxBytes the maximum size of a patched object
	 */
	ObjectEndpoint(Resource resource, Model model, Authorization authorization, Caching caching, boolean recorded,
			int maxBytes) {
		this.resource = resource;
		this.model = model;
		this.authorization = authorization;
		this.caching = caching;
		this.recorded = recorded;
		this.maxBytes = maxBytes;
	}

	Service service() {
		return new Service(this.resource.objectPath()).on(HttpMethod.GET, this::get, Cors.OF_OBJECT)
			.on(HttpMethod.PUT, this::put)
			.on(HttpMethod.PATCH, this::patch)
			.on(HttpMethod.DELETE, this::delete)
			.describedBy(ServiceDescription.ofObject(this.resource));
	}

	private KintoResponse get(Call call) {
		KintoRequest request = call.request();
		Negotiation.requireJson(request);
		ObjectUri uri = this.resource.object(call.variables());
		this.authorization.requireRead(uri, call.principals());
		this.resource.open(this.model, uri.list());
		Preconditions preconditions = preconditions(request);
		KintoObject object = found(uri, find(uri, call.principals()));
		if (preconditions.notModified(object.lastModified())) {
			return KintoResponse.notModified(object.lastModified());
		}
		preconditions.checkObject(object.data(), object.lastModified());
		FieldSelection fields = FieldSelection.read(request.query(), this.resource.fields());
		ObjectNode body = fields.isAll() ? object.toBody() : dataOnly(fields.of(object.data()));
		KintoResponse response = KintoResponse.ok(body).timestamp(object.lastModified());
		return this.caching.apply(response, this.resource, uri.list(), call.principals());
	}

	private KintoResponse put(Call call) {
		KintoRequest request = call.request();
		ObjectUri uri = writeTarget(call);
		KintoObject existing = find(uri, call.principals());
		if (existing == null || Preconditions.onlyCreates(request.headers())) {
			this.authorization.requireCreate(uri.list(), call.principals());
		}
		else {
			this.authorization.requireWrite(uri, call.principals());
		}
		Validation validation = new Validation();
		Preconditions preconditions = Preconditions.read(request.headers(), validation);
		Body body = Body.read(request);
		Envelope envelope = this.resource.readWhole(body, validation);
		validation.complete();
		this.resource.ids().check(uri.id());
		preconditions.checkObject((existing != null) ? existing.data() : null, this.model.timestamp(uri.list()));
		Draft draft = new Draft(uri, replacement(envelope.data(), existing), body.content(), call.principals(), true);
		draft.requireSameId();
		if (existing != null) {
			this.resource.requireChangeable(existing.data(), draft.data());
		}
		Map<String, Set<String>> permissions = Patch.replacingAll(envelope.permissionChanges(),
				this.resource.permissions());
		KintoObject saved = this.model.save(this.resource, draft, existing, permissions);
		HttpStatus status = (existing != null) ? HttpStatus.OK : HttpStatus.CREATED;
		return KintoResponse.of(status, saved.toBody()).timestamp(saved.lastModified());
	}

	private KintoResponse patch(Call call) {
		KintoRequest request = call.request();
		ObjectUri uri = writeTarget(call);
		KintoObject writable = requireWritable(uri, call.principals());
		Validation validation = new Validation();
		Preconditions preconditions = Preconditions.read(request.headers(), validation);
		ResponseBehavior behavior = ResponseBehavior.read(request.headers(), validation);
		Body body = Body.read(request);
		PatchBody patchBody = PatchBody.read(request, body, this.resource.permissions(), this.maxBytes, validation);
		validation.complete();
		KintoObject existing = found(uri, writable);
		preconditions.checkObject(existing.data(), existing.lastModified());
		Patch patch = patchBody.applyTo(existing);
		Draft draft = new Draft(uri, patch.data().deepCopy(), body.content(), call.principals(), true);
		this.resource.validate(draft.data(), "", validation);
		validation.completeWithFirst();
		draft.requireSameId();
		this.resource.requireChangeable(existing.data(), draft.data());
		KintoObject saved = this.model.save(this.resource, draft, existing, patch.permissions());
		requireRecordable(behavior);
		ObjectNode responseBody = behavior.body(existing.data(), patch.changes(), saved);
		return KintoResponse.ok(responseBody).timestamp(saved.lastModified());
	}

	/**
	 * Fail as Kinto does: its history cannot record a response without an id, which is
	 * detected after the change.
	 */
	private void requireRecordable(ResponseBehavior behavior) {
		if (this.recorded && behavior != ResponseBehavior.FULL) {
			throw KintoError.failsInKinto();
		}
	}

	private KintoResponse delete(Call call) {
		KintoRequest request = call.request();
		ObjectUri uri = writeTarget(call);
		KintoObject writable = requireWritable(uri, call.principals());
		Preconditions preconditions = preconditions(request);
		KintoObject existing = found(uri, writable);
		preconditions.checkObject(existing.data(), existing.lastModified());
		ObjectNode tombstone = this.model.delete(uri, existing.data(), deletionTime(request, existing),
				call.principals());
		return KintoResponse.ok(dataOnly(tombstone)).timestamp(Fields.lastModified(tombstone));
	}

	private @Nullable Long deletionTime(KintoRequest request, KintoObject existing) {
		JsonNode time = new Parameters(request.query()).value(Fields.LAST_MODIFIED);
		if (time.isNull() || time.isMissingNode()) {
			return null;
		}
		if (time.isString() || time.isContainer()) {
			throw KintoError.invalid(ErrorDetail.query(Fields.LAST_MODIFIED, "Should be a number"));
		}
		return Model.wantedVersion(time, existing, (text) -> ErrorDetail.query(Fields.LAST_MODIFIED, text));
	}

	/**
	 * Return the object to write. As in Kinto, its parent must exist before the content
	 * types matter.
	 */
	private ObjectUri writeTarget(Call call) {
		ObjectUri uri = this.resource.object(call.variables());
		this.resource.open(this.model, uri.list());
		Negotiation.requireJson(call.request());
		return uri;
	}

	private @Nullable KintoObject requireWritable(ObjectUri uri, Principals principals) {
		KintoObject existing = find(uri, principals);
		if (existing != null) {
			this.authorization.requireWrite(uri, principals);
		}
		else {
			this.authorization.requireListRead(uri, principals);
		}
		return existing;
	}

	private @Nullable KintoObject find(ObjectUri uri, Principals principals) {
		return this.resource.isVisible(uri, principals) ? this.model.find(this.resource, uri, principals) : null;
	}

	private KintoObject found(ObjectUri uri, @Nullable KintoObject object) {
		this.resource.ids().check(uri.id());
		if (object == null) {
			throw KintoError.unknownObject(uri);
		}
		return object;
	}

	private static ObjectNode replacement(@Nullable ObjectNode sent, @Nullable KintoObject existing) {
		if (sent != null) {
			return sent;
		}
		return (existing != null) ? existing.data().deepCopy() : Json.object();
	}

	private static Preconditions preconditions(KintoRequest request) {
		Validation validation = new Validation();
		Preconditions preconditions = Preconditions.read(request.headers(), validation);
		validation.complete();
		return preconditions;
	}

	private static ObjectNode dataOnly(ObjectNode data) {
		ObjectNode body = Json.object();
		body.set(Envelope.DATA, data);
		return body;
	}

}
