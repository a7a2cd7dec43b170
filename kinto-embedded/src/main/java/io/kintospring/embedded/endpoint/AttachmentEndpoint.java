package io.kintospring.embedded.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kintospring.embedded.attachment.Attachments;
import io.kintospring.embedded.attachment.FileUrls;
import io.kintospring.embedded.attachment.FormPart;
import io.kintospring.embedded.attachment.MultipartForm;
import io.kintospring.embedded.request.Body;
import io.kintospring.embedded.request.Envelope;
import io.kintospring.embedded.request.Errno;
import io.kintospring.embedded.request.Json;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.request.KintoObject;
import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.KintoResponse;
import io.kintospring.embedded.request.Validation;
import io.kintospring.embedded.resource.Draft;
import io.kintospring.embedded.resource.Model;
import io.kintospring.embedded.resource.RecordResource;
import io.kintospring.embedded.resource.Resource;
import io.kintospring.embedded.storage.FileStore;
import io.kintospring.embedded.storage.ObjectUri;
import io.kintospring.embedded.storage.StoredFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/**
 * Endpoints that change the attachment of a record and serve its content.
 * <p>
 * As in Kinto, preconditions are ignored, and an upload removes the previous file even if
 * it fails.
 */
final class AttachmentEndpoint {

	private static final String FORM = MediaType.MULTIPART_FORM_DATA_VALUE;

	private final Resource resource;

	private final Model model;

	private final Authorization authorization;

	private final Caching caching;

	private final Attachments attachments;

	private final FileStore files;

	/**
	 * Create the endpoint.
	 * @param resource the resource that has attachments
	 * @param model the model that contains the records
	 * @param authorization the authorization of requests
	 * @param caching the cache headers of responses
	 * @param attachments the attachments of records
	 * @param files the storage of the files
	 */
	AttachmentEndpoint(Resource resource, Model model, Authorization authorization, Caching caching,
			Attachments attachments, FileStore files) {
		this.resource = resource;
		this.model = model;
		this.authorization = authorization;
		this.caching = caching;
		this.attachments = attachments;
		this.files = files;
	}

	List<Service> services() {
		return List.of(
				new Service(this.resource.objectPath() + "/attachment").on(HttpMethod.POST, this::post)
					.on(HttpMethod.DELETE, this::delete),
				new Service(FileUrls.PATH + "{*location}").on(HttpMethod.GET, this::get));
	}

	private KintoResponse post(Call call) {
		ObjectUri uri = this.resource.object(call.variables());
		this.model.timestamp(uri.list());
		KintoObject existing = requireWritable(uri, call);
		this.attachments.release(uri);
		Map<String, FormPart> form = form(call.request());
		FormPart file = form.remove(RecordResource.ATTACHMENT);
		if (file == null) {
			throw invalid("The form has no part with the name " + RecordResource.ATTACHMENT);
		}
		ObjectNode attachment = this.attachments.add(uri, file, call.request().root());
		ObjectNode fields = sent(form);
		// as in Kinto, the form must be valid before the collection must exist
		this.resource.open(this.model, uri.list());
		KintoObject saved = save(uri, existing, fields, attachment, call);
		HttpStatus status = (existing != null) ? HttpStatus.OK : HttpStatus.CREATED;
		return complete(KintoResponse.of(status, attachment), existing, saved, uri, call).header(HttpHeaders.LOCATION,
				call.request().root() + uri);
	}

	private KintoResponse delete(Call call) {
		ObjectUri uri = this.resource.object(call.variables());
		this.resource.open(this.model, uri.list());
		KintoObject existing = requireWritable(uri, call);
		this.attachments.release(uri);
		KintoObject saved = save(uri, existing, Json.object(), null, call);
		KintoResponse response = new KintoResponse(HttpStatus.NO_CONTENT, new HttpHeaders(), null);
		return complete(response, existing, saved, uri, call);
	}

	private KintoResponse get(Call call) {
		String location = call.variables().getOrDefault("location", "").replaceFirst("^/", "");
		StoredFile file = this.files.find(location);
		if (file == null) {
			throw KintoError.nothingHere();
		}
		return KintoResponse.file(mediaType(file, location), file.content());
	}

	private @Nullable KintoObject requireWritable(ObjectUri uri, Call call) {
		this.resource.ids().check(uri.id());
		KintoObject existing = this.model.find(this.resource, uri, call.principals());
		if (existing != null) {
			this.authorization.requireWrite(uri, call.principals());
		}
		else {
			this.authorization.requireCreate(uri.list(), call.principals());
		}
		return existing;
	}

	private KintoObject save(ObjectUri uri, @Nullable KintoObject existing, ObjectNode sent,
			@Nullable ObjectNode attachment, Call call) {
		Validation validation = new Validation();
		Envelope envelope = Envelope.read(new Body(sent), this.resource.permissions(), validation);
		validation.complete();
		ObjectNode data = (existing != null) ? existing.data().deepCopy() : Json.object();
		if (envelope.data() != null) {
			data.setAll(envelope.data());
		}
		data.set(RecordResource.ATTACHMENT, attachment);
		Draft draft = new Draft(uri, data, sent, call.principals(), true);
		draft.requireSameId();
		return this.model.save(this.resource, draft, existing, envelope.permissionChanges());
	}

	private KintoResponse complete(KintoResponse response, @Nullable KintoObject existing, KintoObject saved,
			ObjectUri uri, Call call) {
		response.timestamp(saved.lastModified());
		return (existing != null) ? this.caching.apply(response, this.resource, uri.list(), call.principals())
				: response;
	}

	private static Map<String, FormPart> form(KintoRequest request) {
		String type = request.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		String boundary = (type != null && type.contains(FORM)) ? MultipartForm.boundary(type) : null;
		if (boundary == null) {
			throw KintoError.of(HttpStatus.BAD_REQUEST, Errno.INVALID_PARAMETERS,
					"The type should be " + FORM + " with a boundary");
		}
		Map<String, FormPart> form = new HashMap<>();
		MultipartForm.read(boundary, request.body()).forEach((part) -> form.put(String.valueOf(part.name()), part));
		return form;
	}

	private static ObjectNode sent(Map<String, FormPart> fields) {
		ObjectNode sent = Json.object();
		fields.forEach((name, part) -> {
			if (!Envelope.FIELDS.contains(name)) {
				throw invalid("'%s' is none of %s".formatted(name, Envelope.FIELDS));
			}
			if (part.filename() != null) {
				throw invalid("'%s' should be a field, not a file".formatted(name));
			}
			sent.set(name, json(name, part));
		});
		return sent;
	}

	private static JsonNode json(String name, FormPart part) {
		try {
			JsonNode value = Json.read(new String(part.content(), StandardCharsets.UTF_8));
			if (!value.isMissingNode()) {
				return value;
			}
		}
		catch (JacksonException ex) {
			throw invalid("'%s' is not JSON: %s".formatted(name, ex.getOriginalMessage()));
		}
		throw invalid("'%s' is empty".formatted(name));
	}

	/**
	 * Determine the type of a response. A file can have a declared type that is invalid
	 * in a response; then, as on a web server, the file extension decides.
	 */
	private static MediaType mediaType(StoredFile file, String location) {
		try {
			MediaType type = MediaType.parseMediaType(file.type());
			if (type.isConcrete()) {
				return type;
			}
		}
		catch (InvalidMediaTypeException ex) {
			// the file extension decides
		}
		return MediaTypeFactory.getMediaType(location).orElse(MediaType.APPLICATION_OCTET_STREAM);
	}

	private static KintoError invalid(String message) {
		return KintoError.of(HttpStatus.BAD_REQUEST, Errno.INVALID_POSTED_DATA, message);
	}

}
