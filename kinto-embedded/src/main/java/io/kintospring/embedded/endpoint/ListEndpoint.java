package io.kintospring.embedded.endpoint;

import java.util.List;
import java.util.Set;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.Body;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.FieldSelection;
import io.kintospring.embedded.request.FilterReader;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoObject;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.ListQuery;
import io.kintospring.embedded.request.Negotiation;
import io.kintospring.embedded.request.Preconditions;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.resource.Draft;
import io.kintospring.embedded.resource.Model;
import io.kintospring.embedded.resource.Resource;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.storage.Fields;
import io.kintospring.embedded.storage.Filter;
import io.kintospring.embedded.storage.ListUri;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.PageToken;
import io.kintospring.embedded.storage.Selection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Endpoint for the list of a resource's objects with the same parent.
 */
final class ListEndpoint {

	static final String NEXT_PAGE = "Next-Page";

	private final Resource resource;

	private final Model model;

	private final Authorization authorization;

	private final KintoServerSettings settings;

	private final FilterReader filters;

	private final DeletionTokens tokens;

	private final Caching caching;

	ListEndpoint(Resource resource, Model model, Authorization authorization, KintoServerSettings settings,
			FilterReader filters, DeletionTokens tokens, Caching caching) {
		this.resource = resource;
		this.model = model;
		this.authorization = authorization;
		this.settings = settings;
		this.filters = filters;
		this.tokens = tokens;
		this.caching = caching;
	}

	Service service() {
		Service service = new Service(this.resource.listPath()).describedBy(ServiceDescription.ofList(this.resource));
		if (this.resource.hasTotals()) {
			service.on(HttpMethod.HEAD, this::get, Cors.OF_TOTAL);
		}
		service.on(HttpMethod.GET, this::get, Cors.OF_LIST);
		if (this.resource.isCreatable()) {
			service.on(HttpMethod.POST, this::post);
		}
		return service.on(HttpMethod.DELETE, this::delete);
	}

	private KintoResponse get(Call call) {
		KintoRequest request = call.request();
		Negotiation.requireJson(request);
		ListUri uri = this.resource.list(call.variables());
		Set<String> shared = this.authorization.requireReadable(uri, call.principals());
		this.resource.requireListable(call.principals());
		this.resource.open(this.model, uri);
		Validation validation = new Validation();
		Preconditions preconditions = Preconditions.read(request.headers(), validation);
		ListQuery query = query(request, validation);
		validation.complete();
		long timestamp = this.model.timestamp(uri);
		if (preconditions.notModified(timestamp)) {
			return KintoResponse.notModified(timestamp);
		}
		preconditions.checkList(timestamp);
		List<Filter> conditions = query.filters(this.filters, this.resource.visible(shared, call.principals()));
		Selection selection = query.readSelection(conditions);
		boolean count = request.method() == HttpMethod.HEAD && this.resource.hasTotals();
		KintoResponse response = count ? total(this.model.count(uri, conditions))
				: page(this.model.select(uri, selection), query, selection);
		return this.caching.apply(query.warn(response), this.resource, uri, call.principals()).timestamp(timestamp);
	}

	private KintoResponse post(Call call) {
		KintoRequest request = call.request();
		ListUri uri = this.resource.list(call.variables());
		this.resource.open(this.model, uri);
		Body body = Body.read(request);
		ObjectUri named = named(uri, body, call.principals());
		Negotiation.requireJson(request);
		KintoObject existing = (named != null) ? find(named, call.principals()) : null;
		if (named != null && existing != null) {
			this.authorization.requireRead(named, call.principals());
		}
		else {
			this.authorization.requireCreate(uri, call.principals());
		}
		Validation validation = new Validation();
		Preconditions preconditions = Preconditions.read(request.headers(), validation);
		Envelope envelope = this.resource.readWhole(body, validation);
		validation.complete();
		preconditions.checkObject((existing != null) ? existing.data() : null, this.model.timestamp(uri));
		if (existing != null) {
			return KintoResponse.ok(existing.toBody()).timestamp(existing.lastModified());
		}
		if (named == null) {
			requireNoId();
		}
		ObjectUri target = (named != null) ? named : uri.object(this.resource.ids().next());
		ObjectNode data = (envelope.data() != null) ? envelope.data() : Json.object();
		KintoObject saved = this.model.save(this.resource,
				new Draft(target, data, body.content(), call.principals(), false), null, envelope.permissionChanges());
		return KintoResponse.of(HttpStatus.CREATED, saved.toBody()).timestamp(saved.lastModified());
	}

	private KintoResponse delete(Call call) {
		KintoRequest request = call.request();
		Negotiation.requireJson(request);
		ListUri uri = this.resource.list(call.variables());
		Set<String> shared = this.authorization.requireWritable(uri, call.principals());
		this.resource.requireListable(call.principals());
		this.resource.open(this.model, uri);
		Validation validation = new Validation();
		Preconditions preconditions = Preconditions.read(request.headers(), validation);
		ListQuery query = query(request, validation);
		validation.complete();
		preconditions.checkList(this.model.timestamp(uri));
		List<Filter> conditions = query.filters(this.filters, this.resource.visible(shared, call.principals()));
		Selection selection = query.selection(conditions).withoutDeleted();
		PageToken token = query.token();
		if (token != null) {
			this.tokens.use(token);
		}
		List<ObjectNode> objects = this.model.select(uri, selection);
		int size = Math.min(objects.size(), query.limit());
		ArrayNode tombstones = Json.array();
		for (ObjectNode object : objects.subList(0, size)) {
			tombstones.add(this.model.delete(uri.object(Fields.id(object)), object, call.principals()));
		}
		if (conditions.isEmpty()) {
			// as in Kinto, also if the limit or the page excludes objects
			this.model.removePermissions(uri);
		}
		KintoResponse response = query.warn(list(tombstones)).timestamp(this.model.timestamp(uri));
		if (objects.size() > size) {
			PageToken next = PageToken.create(selection.sorting().keys((ObjectNode) tombstones.get(size - 1)));
			this.tokens.add(next);
			response.header(NEXT_PAGE, query.nextPage(next));
		}
		return response;
	}

	private ListQuery query(KintoRequest request, Validation validation) {
		return new ListQuery(request, this.settings, this.resource.fields(), Fields.LAST_MODIFIED, validation);
	}

	/**
	 * Create a response with the number of objects.
	 * @param count the number of objects
	 * @return the response
	 */
	static KintoResponse total(long count) {
		String total = String.valueOf(count);
		return list(Json.array()).header("Total-Objects", total).header("Total-Records", total);
	}

	/**
	 * Create a response with a page of objects and the URL of the next page.
	 * @param objects the objects, with an additional one if there is a next page
	 * @param query the query of the client
	 * @param selection the selection of the objects
	 * @return the response
	 */
	static KintoResponse page(List<ObjectNode> objects, ListQuery query, Selection selection) {
		FieldSelection fields = query.fields();
		int size = Math.min(objects.size(), query.limit());
		ArrayNode page = Json.array();
		objects.subList(0, size).forEach((object) -> page.add(fields.of(object)));
		KintoResponse response = list(page);
		if (objects.size() > size) {
			PageToken next = PageToken.create(selection.sorting().keys(objects.get(size - 1)));
			response.header(NEXT_PAGE, query.nextPage(next));
		}
		return response;
	}

	private @Nullable KintoObject find(ObjectUri uri, Principals principals) {
		return this.resource.isVisible(uri, principals) ? this.model.find(this.resource, uri, principals) : null;
	}

	private @Nullable ObjectUri named(ListUri uri, Body body, Principals principals) {
		JsonNode id = body.id();
		if (id.isMissingNode() && this.resource.requiresIdFirst(principals)) {
			requireNoId();
		}
		if (id.isMissingNode()) {
			return null;
		}
		this.resource.ids().check(id.isString() ? id.asString() : "");
		return uri.object(id.asString());
	}

	private void requireNoId() {
		if (this.resource.requiresId()) {
			throw KintoError.invalid(ErrorDetail.body("data.id", "Is required"));
		}
	}

	private static KintoResponse list(ArrayNode objects) {
		ObjectNode body = Json.object();
		body.set(Envelope.DATA, objects);
		return KintoResponse.ok(body);
	}

}
