package io.kintospring.protocol;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoOptions;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoUploadOptions;
import io.kintospring.json.DataMapping;
import io.kintospring.json.KintoJson;
import io.kintospring.server.KintoCapability;
import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.StringUtils;

/**
 * Calls to the files that are attached to the records of a collection. They require the
 * capability {@code attachments}. Kinto ignores {@code If-Match} here, so no version can
 * be compared.
 *
 * @param <T> the type of the records' data
 * @see <a href="https://github.com/Kinto/kinto-attachment">kinto-attachment</a>
 */
public final class AttachmentCalls<T> {

	private static final String ATTACHMENT = "attachment";

	/**
	 * Path segments that a server may interpret as the parent folder: encoded once or
	 * several times, with backslashes or with parameters.
	 */
	private static final Pattern STEP_UP = Pattern
		.compile("(?i)(^|[/;]|%(25)*(2f|5c|3b))(\\.|%(25)*2e){2}($|[/;]|%(25)*(2f|5c|3b))");

	private final ResourceContext collection;

	private final Envelope<T> envelope;

	private final ObjectCalls<Map<String, Object>> records;

	AttachmentCalls(ResourceContext collection, DataMapping<T> mapping) {
		this.collection = collection;
		this.envelope = new Envelope<>(collection.json(), mapping);
		this.records = new ObjectCalls<>(collection, ObjectKind.RECORD, collection.json().attributes());
	}

	/**
	 * Attach a file to a record: {@code POST} of a multipart form.
	 * @param id the id of the record
	 * @param file the file
	 * @param options options of this call
	 * @return the call
	 * @throws IllegalArgumentException if the file does not exist or has no name
	 */
	public KintoCall<KintoAttachment> add(String id, Resource file, KintoUploadOptions.Customizer... options) {
		return add(id, file, null, KintoUploadOptions.of(options));
	}

	/**
	 * Attach a file to a record and change the record's data: {@code POST} of a multipart
	 * form.
	 * @param id the id of the record
	 * @param file the file
	 * @param data the fields of the record to change
	 * @param options options of this call
	 * @return the call
	 * @throws IllegalArgumentException if the file does not exist or has no name
	 */
	public KintoCall<KintoAttachment> add(String id, Resource file, T data, KintoUploadOptions.Customizer... options) {
		return add(id, file, data, KintoUploadOptions.of(options));
	}

	private KintoCall<KintoAttachment> add(String id, Resource file, @Nullable T data, KintoUploadOptions options) {
		String operation = "addAttachment";
		String filename = filename(operation, file, options);
		String mimetype = (options.mimetype() != null) ? options.mimetype()
				: MediaTypeFactory.getMediaType(filename).orElse(MediaType.APPLICATION_OCTET_STREAM).toString();
		Map<String, String> fields = new LinkedHashMap<>();
		if (data != null) {
			fields.put("data", this.envelope.dataText(data));
		}
		if (options.permissions() != null) {
			fields.put("permissions", Envelope.text(options.permissions()));
		}
		MultipartForm form = new MultipartForm(fields, ATTACHMENT, filename, mimetype, file);
		HttpHeaders headers = headers(options.options());
		headers.setContentType(form.mediaType());
		return call(
				new KintoRequest(operation, HttpMethod.POST, path(id), "", headers, form,
						this.collection.retry(options.options())),
				"an attachment", (response) -> read(KintoJson.tree(response.body())));
	}

	private static String filename(String operation, Resource file, KintoUploadOptions options) {
		if (!file.exists()) {
			throw new IllegalArgumentException(operation + ": " + file.getDescription() + " does not exist");
		}
		String filename = (options.filename() != null) ? options.filename() : file.getFilename();
		if (!StringUtils.hasText(filename)) {
			throw new IllegalArgumentException(operation + ": " + file.getDescription()
					+ " has no name, which the server requires: set filename(…)");
		}
		return StringUtils.getFilename(StringUtils.cleanPath(filename));
	}

	/**
	 * Read the attachment of a record: {@code GET} on the record.
	 * @param id the id of the record
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<Optional<KintoAttachment>> find(String id, KintoReadOptions.Customizer... options) {
		return this.records.get("findAttachment", id, KintoReadOptions.of(options))
			.orEmpty()
			.reading("a record with an attachment", (record) -> record.map((found) -> found.data().get(ATTACHMENT))
				.map((attachment) -> read(KintoJson.own().mapper().valueToTree(attachment))));
	}

	/**
	 * Remove the attachment of a record: {@code GET} on the record, then {@code DELETE}.
	 * Kinto would create a missing record, whatever the preconditions.
	 * @param id the id of the record
	 * @param options options of this call
	 * @return the flow
	 */
	public KintoFlow<KintoTimestamp> remove(String id, KintoReadOptions.Customizer... options) {
		String operation = "removeAttachment";
		KintoReadOptions applied = KintoReadOptions.of(options);
		KintoRequest request = new KintoRequest(operation, HttpMethod.DELETE, path(id), "", headers(applied.options()),
				null, this.collection.retry(applied.options()));
		KintoCall<KintoTimestamp> removal = call(request, "the version of a record", PageRequest::timestamp);
		KintoCall<?> read = this.records.get(operation, id, applied).requiring(Capabilities.ATTACHMENTS);
		return KintoFlow.exclusive(read.request().path(), KintoFlow.ask(read).then((record) -> KintoFlow.ask(removal)));
	}

	/**
	 * Download a file, without credentials and only from the base URL that the server
	 * announces for its files.
	 * @param attachment the attachment
	 * @return the download
	 */
	public KintoDownload download(KintoAttachment attachment) {
		String operation = "downloadAttachment";
		KintoCall<KintoServerInfo> serverInfo = KintoCall.serverInfo(operation, headers(KintoOptions.of()),
				this.collection.retry(KintoOptions.of()));
		return new KintoDownload(operation, attachment, serverInfo, (info) -> address(operation, attachment, info));
	}

	/**
	 * Users who can write a record can write any location. The client therefore fetches
	 * only files below the URL where the server keeps its files.
	 */
	private static URI address(String operation, KintoAttachment attachment, KintoServerInfo info) {
		URI base = base(info);
		URI location = URI.create(attachment.location());
		URI address = base.resolve(location).normalize();
		if (!isBelow(base, address)) {
			throw new IllegalArgumentException(
					operation + ": " + location + " was not requested, because it is not below the base URL"
							+ " of the server's files (" + base + ")");
		}
		return address;
	}

	private static URI base(KintoServerInfo info) {
		KintoCapability capability = info.capabilities().get(Capabilities.ATTACHMENTS);
		String url = (capability != null && capability.attributes().get("base_url") instanceof String text) ? text : "";
		return URI.create((url.isEmpty() || url.endsWith("/")) ? url : url + "/").normalize();
	}

	private static boolean isBelow(URI base, URI address) {
		String path = address.getRawPath();
		return Objects.equals(address.getScheme(), base.getScheme())
				&& Objects.equals(address.getRawAuthority(), base.getRawAuthority()) && path != null
				&& path.startsWith(base.getRawPath()) && path.startsWith("/") == base.getRawPath().startsWith("/")
				&& !STEP_UP.matcher(path).find();
	}

	/**
	 * Any user who can write the record can write any value here.
	 */
	private static KintoAttachment read(JsonNode json) {
		return new KintoAttachment(text(json, "filename"), text(json, "hash"), text(json, "location"),
				text(json, "mimetype"), size(json));
	}

	private static String text(JsonNode json, String field) {
		JsonNode text = json.path(field);
		if (!text.isString()) {
			throw noAttachment(field);
		}
		return text.stringValue();
	}

	private static long size(JsonNode json) {
		JsonNode size = json.path("size");
		if (!size.isIntegralNumber() || !size.canConvertToLong()) {
			throw noAttachment("size");
		}
		return size.longValue();
	}

	private static IllegalArgumentException noAttachment(String field) {
		return new IllegalArgumentException("the '" + ATTACHMENT + "' has no valid '" + field + "'");
	}

	private <R> KintoCall<R> call(KintoRequest request, String expected, Function<KintoResponse, R> reader) {
		return KintoCall.of(request, expected, reader, Errors.ExistingReader.NONE).requiring(Capabilities.ATTACHMENTS);
	}

	private HttpHeaders headers(KintoOptions options) {
		return this.collection.headers(options);
	}

	private String path(String id) {
		return ObjectKind.RECORD.object(this.collection.path(), id) + "/" + ATTACHMENT;
	}

}
