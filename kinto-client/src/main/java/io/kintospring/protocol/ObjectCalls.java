package io.kintospring.protocol;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPatch;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoWriteOptions;
import io.kintospring.json.DataMapping;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * Calls to the objects of one parent, such as the records of a collection. Buckets,
 * collections, groups and records share them, because Kinto has one resource under
 * several names.
 * <p>
 * A call is an immutable value. Creating one sends nothing. Options are applied in order
 * on top of those of the handle.
 *
 * @param <T> the type of the objects' data
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/index.html">Kinto's HTTP
 * API</a>
 */
public class ObjectCalls<T> {

	/**
	 * Without parameters, because Kinto compares the whole header.
	 */
	private static final String MERGE_PATCH = "application/merge-patch+json";

	private static final String IN_DEFAULT_BUCKET = ObjectKind.BUCKET.object("", ObjectKind.DEFAULT_BUCKET) + "/";

	private final ResourceContext parent;

	private final ObjectKind kind;

	private final String list;

	private final Envelope<T> envelope;

	private final String expected;

	private final ListCalls<T> lists;

	ObjectCalls(ResourceContext parent, ObjectKind kind, DataMapping<T> mapping) {
		this.parent = parent;
		this.kind = kind;
		this.list = kind.list(parent.path());
		this.envelope = new Envelope<>(parent.json(), mapping);
		this.expected = kind.word() + " of " + this.envelope.typeName();
		this.lists = new ListCalls<>(parent, kind, mapping);
	}

	/**
	 * Create an object: {@code PUT} with {@code If-None-Match: *}. If the data has no id,
	 * the call gets a random one, so that it can be repeated without creating two
	 * objects.
	 * @param data the data
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> create(T data, KintoWriteOptions.Customizer... options) {
		return create(null, data, KintoWriteOptions.of(options));
	}

	/**
	 * Create an object with an id: {@code PUT} with {@code If-None-Match: *}.
	 * @param id the id, which overrides an id in the data
	 * @param data the data
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> create(String id, T data, KintoWriteOptions.Customizer... options) {
		return create(id, data, KintoWriteOptions.of(options));
	}

	KintoCall<KintoObject<T>> create(@Nullable String id, Object data, KintoWriteOptions options) {
		String operation = operation("create");
		requireNoVersion(operation, options);
		Envelope.EncodedBody body = this.envelope.write(data, options.permissions());
		String givenId = (id == null && StringUtils.hasText(body.id())) ? body.id() : id;
		String path = path((givenId != null) ? givenId : UUID.randomUUID().toString());
		KintoRequest request = jsonRequest(operation, HttpMethod.PUT, path, options, preconditions(options).create(),
				body);
		return (givenId != null) ? objectCall(request, givenId, sameData(body, options))
				: KintoCall.of(request, this.expected, this.envelope::readObject, this.envelope::readExisting,
						OwnAttempt.conflict((conflict) -> true));
	}

	/**
	 * Create an object, or return the existing one: {@code POST} on the list with the id,
	 * to which Kinto responds with an existing object.
	 * @param id the id, which overrides an id in the data
	 * @param data the data of a new object
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoCreation<T>> createIfAbsent(String id, T data, KintoWriteOptions.Customizer... options) {
		return createIfAbsent(id, data, KintoWriteOptions.of(options));
	}

	/**
	 * In a posted id, Kinto replaces the word {@code default} by the id of the user's
	 * bucket. There, the id must be in the path.
	 */
	private KintoCall<KintoCreation<T>> createIfAbsent(String id, Object data, KintoWriteOptions options) {
		String operation = operation("create") + "IfAbsent";
		requireNoVersion(operation, options);
		String path = path(id);
		if (path.startsWith(IN_DEFAULT_BUCKET) && id.contains(ObjectKind.DEFAULT_BUCKET)) {
			Envelope.EncodedBody body = this.envelope.write(data, options.permissions());
			return creation(jsonRequest(operation, HttpMethod.PUT, path, options, PreconditionHeader.MISSING, body), id)
				.recover(KintoConflictException.class, (ex) -> new KintoCreation<>(existing(ex), false))
				.repeatable(false);
		}
		Envelope.EncodedBody body = this.envelope.write(data, id, options.permissions());
		return creation(jsonRequest(operation, HttpMethod.POST, this.list, options, PreconditionHeader.NONE, body), id);
	}

	private KintoCall<KintoCreation<T>> creation(KintoRequest request, String id) {
		return call(request, id, this.expected, (response) -> new KintoCreation<>(readObject(response, id),
				response.status() == HttpStatus.CREATED.value()));
	}

	/**
	 * Read an object: {@code GET}.
	 * @param id the id
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> get(String id, KintoReadOptions.Customizer... options) {
		return get(operation("get"), id, KintoReadOptions.of(options));
	}

	KintoCall<KintoObject<T>> get(String operation, String id, KintoReadOptions options) {
		HttpHeaders headers = this.parent.headers(options.options(), null, PreconditionHeader.NONE);
		return objectCall(request(operation, HttpMethod.GET, path(id), headers, null, options.options()), id);
	}

	/**
	 * Read an object that may be missing: {@code GET}. A {@code 404} gives an empty
	 * result, unless the parent is missing.
	 * @param id the id
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<Optional<KintoObject<T>>> find(String id, KintoReadOptions.Customizer... options) {
		return get(operation("find"), id, KintoReadOptions.of(options)).orEmpty();
	}

	/**
	 * Read an object if it changed: {@code GET} with {@code If-None-Match}. A {@code 304}
	 * gives an empty result.
	 * @param id the id
	 * @param known the version that is known, or {@code null} to read any version
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<Optional<KintoObject<T>>> getIfChanged(String id, @Nullable KintoTimestamp known,
			KintoReadOptions.Customizer... options) {
		KintoReadOptions applied = KintoReadOptions.of(options);
		return get(operation("get") + "IfChanged", id,
				(known != null) ? applied.header(HttpHeaders.IF_NONE_MATCH, known.etag()) : applied)
			.ifModified();
	}

	/**
	 * Replace the data of an object that was read: {@code PUT} with {@code If-Match}.
	 * @param object the object that was read, with the new data
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> update(KintoObject<? extends T> object, KintoWriteOptions.Customizer... options) {
		return update(object.id(), object, KintoWriteOptions.of(options));
	}

	KintoCall<KintoObject<T>> update(String id, KintoObject<? extends T> object, KintoWriteOptions options) {
		String operation = operation("update");
		if (!this.kind.matches(id, object.id())) {
			throw new IllegalArgumentException(
					operation + " of " + path(id) + " was passed another object, '" + object.id() + "'");
		}
		return replace(operation, id, object.lastModified(), object.data(), options);
	}

	/**
	 * Apply a function to the data of an object: {@code GET}, then {@code PUT} with
	 * {@code If-Match}. After a conflict, the function is applied to the new data, in up
	 * to 10 attempts.
	 * @param id the id
	 * @param change returns the new data
	 * @param options options of this call
	 * @return the flow
	 */
	public KintoFlow<KintoObject<T>> update(String id, UnaryOperator<T> change,
			KintoWriteOptions.Customizer... options) {
		return update(operation("update"), id, change, KintoWriteOptions.of(options));
	}

	/**
	 * Replace the data of an object, whatever its version: {@code PUT}.
	 * @param id the id
	 * @param data the new data; a {@code last_modified} in it is the version to compare
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> replace(String id, T data, KintoWriteOptions.Customizer... options) {
		return replace(id, data, KintoWriteOptions.of(options));
	}

	KintoCall<KintoObject<T>> replace(String id, Object data, KintoWriteOptions options) {
		return replace(operation("replace"), id, null, data, options);
	}

	private KintoCall<KintoObject<T>> replace(String operation, String id, @Nullable KintoTimestamp version,
			Object data, KintoWriteOptions options) {
		Envelope.EncodedBody body = this.envelope.write(data, options.permissions());
		requireSameId(operation, id, body);
		PreconditionHeader condition = preconditions(options)
			.replace(expectedVersion(operation, id, version, body, options));
		return objectCall(jsonRequest(operation, HttpMethod.PUT, path(id), options, condition, body), id);
	}

	KintoFlow<KintoObject<T>> update(String operation, String id, UnaryOperator<T> change, KintoWriteOptions options) {
		Preconditions.requireNoOtherVersion(operation, options);
		KintoWriteOptions safe = options.safe(true);
		return new OptimisticUpdate<>(get(operation, id, new KintoReadOptions(options.options())),
				(object) -> replace(operation, object.id(), object.lastModified(), change.apply(object.data()), safe),
				this::existing)
			.flow();
	}

	@SuppressWarnings("unchecked")
	private KintoObject<T> existing(KintoConflictException conflict) {
		return (KintoObject<T>) conflict.existing().orElseThrow(() -> conflict);
	}

	/**
	 * Change some fields of an object: {@code PATCH}.
	 * @param id the id
	 * @param changes the fields to change
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> patch(String id, Object changes, KintoWriteOptions.Customizer... options) {
		return patch(operation("patch"), id, changes, KintoWriteOptions.of(options), MediaType.APPLICATION_JSON_VALUE);
	}

	/**
	 * Merge changes into an object: {@code PATCH} with a JSON Merge Patch (RFC 7396).
	 * @param id the id
	 * @param changes the fields to change; {@code null} removes a field
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> mergePatch(String id, Object changes, KintoWriteOptions.Customizer... options) {
		return patch(operation("mergePatch"), id, changes, KintoWriteOptions.of(options), MERGE_PATCH);
	}

	/**
	 * Apply a JSON Patch (RFC 6902) to an object: {@code PATCH}.
	 * @param id the id
	 * @param patch a function that adds operations to an empty patch
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoObject<T>> jsonPatch(String id, UnaryOperator<KintoPatch> patch,
			KintoWriteOptions.Customizer... options) {
		String operation = operation("jsonPatch");
		KintoWriteOptions applied = KintoWriteOptions.of(options);
		if (applied.permissions() != null) {
			throw new IllegalArgumentException(
					operation + " does not support permissions(…): use operations on /permissions/…");
		}
		requireVersionOf(operation, id, applied);
		return patch(operation, id, applied.lastModified(), this.envelope.write(patch.apply(KintoPatch.create())),
				applied, KintoRequest.JSON_PATCH);
	}

	KintoCall<KintoObject<T>> patch(String operation, String id, Object changes, KintoWriteOptions options,
			String contentType) {
		Envelope.EncodedBody body = this.envelope.writeChanges(changes, options.permissions());
		requireSameId(operation, id, body);
		return patch(operation, id, expectedVersion(operation, id, null, body, options), body.json(), options,
				contentType);
	}

	private KintoCall<KintoObject<T>> patch(String operation, String id, @Nullable KintoTimestamp version,
			Resource body, KintoWriteOptions options, String contentType) {
		HttpHeaders headers = this.parent.headers(options.options(), contentType,
				preconditions(options).changeOrDelete(version, operation, path(id)));
		return objectCall(request(operation, HttpMethod.PATCH, path(id), headers, body, options.options()), id);
	}

	/**
	 * Delete an object, whatever its version: {@code DELETE}.
	 * @param id the id
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoTombstone> delete(String id, KintoWriteOptions.Customizer... options) {
		return delete(id, KintoWriteOptions.of(options));
	}

	/**
	 * Delete an object that was read: {@code DELETE} with {@code If-Match}.
	 * @param object the object that was read
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoTombstone> delete(KintoObject<?> object, KintoWriteOptions.Customizer... options) {
		KintoWriteOptions applied = KintoWriteOptions.of(options);
		return delete(object.id(),
				(applied.lastModified() != null) ? applied : applied.lastModified(object.lastModified()));
	}

	KintoCall<KintoTombstone> delete(String id, KintoWriteOptions options) {
		String operation = operation("delete");
		if (options.permissions() != null) {
			throw new IllegalArgumentException(
					operation + " also deletes the permissions: permissions(…) is not supported");
		}
		requireVersionOf(operation, id, options);
		PreconditionHeader condition = preconditions(options).changeOrDelete(options.lastModified(), operation,
				path(id));
		HttpHeaders headers = this.parent.headers(options.options(), null, condition);
		return call(request(operation, HttpMethod.DELETE, path(id), headers, null, options.options()), id,
				"a tombstone", (response) -> {
					KintoTombstone tombstone = this.envelope.readTombstone(response);
					this.kind.requireRequested(id, tombstone.id());
					return tombstone;
				});
	}

	/**
	 * Delete all objects: {@code DELETE} on the list, page by page.
	 * @return the flow
	 */
	public KintoFlow<List<KintoTombstone>> deleteAll() {
		return this.lists.deleteAll(operation("deleteAll") + "s").collect();
	}

	/**
	 * Delete all objects that match a query: {@code DELETE} on the list, page by page.
	 * @param query the objects to delete, with at least one filter
	 * @param more further customizers of the query
	 * @return the flow
	 */
	public KintoFlow<List<KintoTombstone>> deleteAll(KintoQuery.Customizer query, KintoQuery.Customizer... more) {
		return this.lists.deleteAll(operation("deleteAll") + "s", query, more).collect();
	}

	/**
	 * Read a page of the list: {@code GET} on the list.
	 * @param query the objects to list, without {@code pages}
	 * @return the call
	 */
	public KintoCall<ListResult<T>> list(KintoQuery.Customizer... query) {
		return this.lists.list(operation("list") + "s", KintoQuery.of(query));
	}

	/**
	 * Read up to {@code pages} pages of the list into one, one by default: {@code GET} on
	 * the list.
	 * @param query the objects to list
	 * @return the flow
	 */
	public KintoFlow<ListResult<T>> listPages(KintoQuery.Customizer... query) {
		return this.lists.pages(operation("list") + "s", KintoQuery.of(query));
	}

	/**
	 * Read a page of the list if the list changed: {@code GET} with {@code
	 * If-None-Match}. A {@code 304} gives an empty result.
	 * @param known the version of the list that is known, or {@code null} to read any
	 * version
	 * @param query the objects to list, without {@code pages}
	 * @return the call
	 */
	public KintoCall<Optional<ListResult<T>>> listIfChanged(@Nullable KintoTimestamp known,
			KintoQuery.Customizer... query) {
		return this.lists.listIfChanged(operation("list") + "sIfChanged", known, KintoQuery.of(query));
	}

	/**
	 * Read the whole list into memory, page by page.
	 * @param query the objects to list
	 * @return the flow
	 */
	public KintoFlow<List<KintoObject<T>>> listAll(KintoQuery.Customizer... query) {
		return this.lists.stream(operation("listAll") + "s", KintoQuery.of(query)).collect();
	}

	/**
	 * Read the whole list, one page ahead of the consumer.
	 * @param query the objects to list
	 * @return the sequence
	 */
	public KintoSequence<KintoObject<T>> stream(KintoQuery.Customizer... query) {
		return this.lists.stream(operation("stream") + "s", KintoQuery.of(query));
	}

	/**
	 * Read the whole list with several requests at a time.
	 * @param parallel the maximum number of requests in flight, between 1 and 64
	 * @param query the objects to list
	 * @return the sequence
	 */
	public KintoParallelSequence<KintoObject<T>> streamInParallel(int parallel, KintoQuery.Customizer... query) {
		return this.lists.streamInParallel(operation("stream") + "sInParallel", KintoQuery.of(query), parallel);
	}

	/**
	 * Count objects: {@code HEAD} on the list.
	 * @param query the objects to count
	 * @return the call
	 */
	public KintoCall<Long> count(KintoQuery.Customizer... query) {
		return this.lists.count(operation("count") + "s", KintoQuery.of(query));
	}

	/**
	 * Read the version of the list, its {@code ETag}: {@code HEAD} on the list.
	 * @return the call
	 */
	public KintoCall<KintoTimestamp> timestamp() {
		return this.lists.timestamp(operation("get") + "sTimestamp");
	}

	/**
	 * Return the calls to the permissions of an object.
	 * @param id the id
	 * @return the calls
	 */
	public PermissionCalls permissions(String id) {
		return new PermissionCalls(this.parent, this.kind, id);
	}

	ResourceContext parent() {
		return this.parent;
	}

	ListCalls<T> lists() {
		return this.lists;
	}

	private String operation(String verb) {
		return this.kind.operation(verb);
	}

	private static void requireNoVersion(String operation, KintoWriteOptions options) {
		if (options.lastModified() != null) {
			throw new IllegalArgumentException(
					operation + " creates an object, which has no version yet: lastModified(…) is not supported");
		}
	}

	private @Nullable KintoTimestamp expectedVersion(String operation, String id, @Nullable KintoTimestamp version,
			Envelope.EncodedBody body, KintoWriteOptions options) {
		requireVersionOf(operation, id, options);
		if (options.lastModified() != null) {
			return options.lastModified();
		}
		if (version != null) {
			return version;
		}
		return (body.lastModified() != null && body.lastModified() > 0) ? KintoTimestamp.of(body.lastModified()) : null;
	}

	/**
	 * Reject data of another object, which is most likely a mistake.
	 */
	private void requireSameId(String operation, String id, Envelope.EncodedBody body) {
		if (StringUtils.hasText(body.id()) && !this.kind.matches(id, body.id())) {
			throw new IllegalArgumentException(
					operation + " of " + path(id) + " was passed data with another id, '" + body.id() + "'");
		}
	}

	private void requireVersionOf(String operation, String id, KintoWriteOptions options) {
		if (options.objectId() != null && !this.kind.matches(id, options.objectId())) {
			throw new IllegalArgumentException(operation + " of " + path(id)
					+ " must not use ifUnchanged(…) with another object, '" + options.objectId() + "'");
		}
	}

	private Preconditions preconditions(KintoWriteOptions options) {
		return this.parent.preconditions(options.options());
	}

	private String path(String id) {
		return this.kind.object(this.parent.path(), id);
	}

	private KintoRequest jsonRequest(String operation, HttpMethod method, String path, KintoWriteOptions options,
			PreconditionHeader condition, Envelope.EncodedBody body) {
		HttpHeaders headers = this.parent.headers(options.options(), MediaType.APPLICATION_JSON_VALUE, condition);
		return request(operation, method, path, headers, body.json(), options.options());
	}

	private KintoRequest request(String operation, HttpMethod method, String path, HttpHeaders headers,
			@Nullable Resource body, KintoOptions options) {
		return new KintoRequest(operation, method, path, "", headers, body, this.parent.retry(options));
	}

	private KintoCall<KintoObject<T>> objectCall(KintoRequest request, String id) {
		return objectCall(request, id, OwnAttempt.none());
	}

	private KintoCall<KintoObject<T>> objectCall(KintoRequest request, String id, OwnAttempt<KintoObject<T>> own) {
		return KintoCall.of(request, this.expected, (response) -> readObject(response, id),
				Errors.ExistingReader.of(this.envelope, this.kind, id), own);
	}

	/**
	 * Recognize the creation by its data. A conflict contains no permissions.
	 */
	private OwnAttempt<KintoObject<T>> sameData(Envelope.EncodedBody sent, KintoWriteOptions options) {
		return (options.permissions() != null) ? OwnAttempt.none()
				: OwnAttempt.conflict((conflict) -> Envelope.isSame(sent, conflict));
	}

	private KintoObject<T> readObject(KintoResponse response, String id) {
		KintoObject<T> object = this.envelope.readObject(response);
		this.kind.requireRequested(id, object.id());
		return object;
	}

	private <R> KintoCall<R> call(KintoRequest request, String id, String expected, Function<KintoResponse, R> reader) {
		return KintoCall.of(request, expected, reader, Errors.ExistingReader.of(this.envelope, this.kind, id));
	}

}
