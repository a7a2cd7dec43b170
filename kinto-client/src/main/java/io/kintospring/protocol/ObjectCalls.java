package io.kintospring.protocol;

import java.util.Optional;
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
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * The calls to single objects that every kind of object has: Kinto has one resource under
 * several names.
 *
 * @param <T> the type of the objects' data
 */
final class ObjectCalls<T> {

	/**
	 * Without a parameter: Kinto compares the whole header, and takes another one for a
	 * plain patch.
	 */
	private static final String MERGE_PATCH = "application/merge-patch+json";

	private static final String JSON_PATCH = "application/json-patch+json";

	private static final String DEFAULT_BUCKET = "/buckets/default/";

	private final Scope parent;

	private final ObjectKind kind;

	private final String list;

	private final Envelope<T> envelope;

	private final String expected;

	ObjectCalls(Scope parent, ObjectKind kind, DataMapping<T> mapping) {
		this.parent = parent;
		this.kind = kind;
		this.list = kind.list(parent.path());
		this.envelope = new Envelope<>(parent.json(), mapping);
		this.expected = kind.word() + " of " + this.envelope.typeName();
	}

	KintoCall<KintoObject<T>> create(String operation, @Nullable String id, Object data, KintoWriteOptions options) {
		requireNoVersion(operation, options);
		KintoOptions merged = merged(options);
		Envelope.Body body = this.envelope.write(data, options.permissions());
		String ownId = (id == null && StringUtils.hasText(body.id())) ? body.id() : id;
		if (ownId == null) {
			HttpHeaders headers = headers(merged, MediaType.APPLICATION_JSON_VALUE, Condition.NONE);
			return objectCall(request(operation, HttpMethod.POST, this.list, headers, body.json()));
		}
		HttpHeaders headers = headers(merged, MediaType.APPLICATION_JSON_VALUE, new Preconditions(merged).create());
		return objectCall(request(operation, HttpMethod.PUT, path(ownId), headers, body.json()), ownId);
	}

	/**
	 * To post an id that exists leaves the object as it is, and answers with it. But the
	 * bucket {@code default} takes its own name in an id that is posted for that of the
	 * user's bucket: there, the id has to be in the path.
	 */
	KintoCall<KintoCreation<T>> createIfAbsent(String operation, String id, Object data, KintoWriteOptions options) {
		requireNoVersion(operation, options);
		String path = path(id);
		KintoOptions merged = merged(options);
		if (path.startsWith(DEFAULT_BUCKET) && id.contains("default")) {
			HttpHeaders headers = headers(merged, MediaType.APPLICATION_JSON_VALUE, Condition.MISSING);
			Envelope.Body body = this.envelope.write(data, options.permissions());
			return creation(request(operation, HttpMethod.PUT, path, headers, body.json()), id)
				.recover(KintoConflictException.class, (ex) -> new KintoCreation<>(theirs(ex), false));
		}
		HttpHeaders headers = headers(merged, MediaType.APPLICATION_JSON_VALUE, Condition.NONE);
		Envelope.Body body = this.envelope.write(data, id, options.permissions());
		return creation(request(operation, HttpMethod.POST, this.list, headers, body.json()), id);
	}

	private KintoCall<KintoCreation<T>> creation(KintoRequest request, String id) {
		return call(request, id, this.expected, (response) -> new KintoCreation<>(readObject(response, id),
				response.status() == HttpStatus.CREATED.value()));
	}

	KintoCall<KintoObject<T>> get(String operation, String id, KintoReadOptions options) {
		HttpHeaders headers = headers(this.parent.options().merge(options.options()), null, Condition.NONE);
		return objectCall(request(operation, HttpMethod.GET, path(id), headers, null), id);
	}

	KintoCall<Optional<KintoObject<T>>> find(String operation, String id, KintoReadOptions options) {
		return get(operation, id, options).orEmpty();
	}

	KintoCall<KintoObject<T>> replace(String operation, String id, @Nullable KintoTimestamp version, Object data,
			KintoWriteOptions options) {
		KintoOptions merged = merged(options);
		Envelope.Body body = this.envelope.write(data, options.permissions());
		requireSame(operation, id, body);
		HttpHeaders headers = headers(merged, MediaType.APPLICATION_JSON_VALUE,
				new Preconditions(merged).replace(version(version, body, options)));
		return objectCall(request(operation, HttpMethod.PUT, path(id), headers, body.json()), id);
	}

	KintoCall<KintoObject<T>> replace(String operation, String id, KintoObject<?> object, KintoWriteOptions options) {
		if (!this.kind.means(id, object.id())) {
			throw new IllegalArgumentException(
					operation + " of " + path(id) + " was given another object, '" + object.id() + "'");
		}
		return replace(operation, id, object.lastModified(), object.data(), options);
	}

	/**
	 * Read, change, and write what was changed; where somebody else was faster, once more
	 * with what they have written.
	 */
	KintoFlow<KintoObject<T>> update(String operation, String id, UnaryOperator<T> change, KintoWriteOptions options) {
		if (options.lastModified() != null) {
			throw new IllegalArgumentException(operation
					+ " compares with the version that it reads itself: lastModified(…) is for data that is given");
		}
		return update(get(operation, id, new KintoReadOptions(options.options())), change, options.safe(true), 1);
	}

	private KintoFlow<KintoObject<T>> update(KintoCall<KintoObject<T>> read, UnaryOperator<T> change,
			KintoWriteOptions options, int attempt) {
		return KintoFlow.ask(read, Contention.pauseAfter(attempt - 1))
			.then((object) -> write(read, object, change, options, attempt));
	}

	/**
	 * What the first conflict brings is written at once; after a pause it would be old.
	 */
	private KintoFlow<KintoObject<T>> write(KintoCall<KintoObject<T>> read, KintoObject<T> object,
			UnaryOperator<T> change, KintoWriteOptions options, int attempt) {
		KintoCall<KintoObject<T>> write = replace(read.request().operation(), object.id(), object.lastModified(),
				change.apply(object.data()), options);
		return KintoFlow.ask(write).recover(KintoConflictException.class, (ex) -> {
			KintoObject<T> theirs = theirs(ex);
			if (Contention.isLast(attempt)) {
				throw ex;
			}
			return Contention.isFirst(attempt) ? write(read, theirs, change, options, attempt + 1)
					: update(read, change, options, attempt + 1);
		});
	}

	@SuppressWarnings("unchecked")
	private KintoObject<T> theirs(KintoConflictException conflict) {
		return (KintoObject<T>) conflict.existing().orElseThrow(() -> conflict);
	}

	KintoCall<KintoObject<T>> patch(String operation, String id, @Nullable KintoTimestamp version, Object changes,
			KintoWriteOptions options) {
		return patch(operation, id, version, changes, options, MediaType.APPLICATION_JSON_VALUE);
	}

	KintoCall<KintoObject<T>> mergePatch(String operation, String id, @Nullable KintoTimestamp version, Object changes,
			KintoWriteOptions options) {
		return patch(operation, id, version, changes, options, MERGE_PATCH);
	}

	KintoCall<KintoObject<T>> jsonPatch(String operation, String id, @Nullable KintoTimestamp version,
			KintoPatch changes, KintoWriteOptions options) {
		if (options.permissions() != null) {
			throw new IllegalArgumentException(
					operation + " changes permissions by operations on /permissions/…, not by permissions(…)");
		}
		return patch(operation, id, (options.lastModified() != null) ? options.lastModified() : version,
				this.envelope.write(changes), options, JSON_PATCH);
	}

	private KintoCall<KintoObject<T>> patch(String operation, String id, @Nullable KintoTimestamp version,
			Object changes, KintoWriteOptions options, String contentType) {
		Envelope.Body body = this.envelope.writeChanges(changes, options.permissions());
		requireSame(operation, id, body);
		return patch(operation, id, version(version, body, options), body.json(), options, contentType);
	}

	private KintoCall<KintoObject<T>> patch(String operation, String id, @Nullable KintoTimestamp version,
			Resource body, KintoWriteOptions options, String contentType) {
		KintoOptions merged = merged(options);
		HttpHeaders headers = headers(merged, contentType,
				new Preconditions(merged).changeOrDelete(version, operation, path(id)));
		return objectCall(request(operation, HttpMethod.PATCH, path(id), headers, body), id);
	}

	KintoCall<KintoTombstone> delete(String operation, String id, @Nullable KintoTimestamp version,
			KintoWriteOptions options) {
		if (options.permissions() != null) {
			throw new IllegalArgumentException(operation + " deletes the permissions, too: it can't write any");
		}
		KintoOptions merged = merged(options);
		Condition condition = new Preconditions(merged)
			.changeOrDelete((options.lastModified() != null) ? options.lastModified() : version, operation, path(id));
		HttpHeaders headers = headers(merged, null, condition);
		return call(request(operation, HttpMethod.DELETE, path(id), headers, null), id, "a tombstone", (response) -> {
			KintoTombstone tombstone = this.envelope.readTombstone(response);
			this.kind.requireAsked(id, tombstone.id());
			return tombstone;
		});
	}

	private static void requireNoVersion(String operation, KintoWriteOptions options) {
		if (options.lastModified() != null) {
			throw new IllegalArgumentException(
					operation + " makes an object that has no version yet: lastModified(…) is for updates");
		}
	}

	private static @Nullable KintoTimestamp version(@Nullable KintoTimestamp version, Envelope.Body body,
			KintoWriteOptions options) {
		if (options.lastModified() != null) {
			return options.lastModified();
		}
		if (version != null) {
			return version;
		}
		return (body.lastModified() != null && body.lastModified() > 0) ? KintoTimestamp.of(body.lastModified()) : null;
	}

	/**
	 * Data of another object is more likely a mistake than meant.
	 */
	private void requireSame(String operation, String id, Envelope.Body body) {
		if (StringUtils.hasText(body.id()) && !this.kind.means(id, body.id())) {
			throw new IllegalArgumentException(
					operation + " of " + path(id) + " was given data that has another id, '" + body.id() + "'");
		}
	}

	private KintoOptions merged(KintoWriteOptions options) {
		return this.parent.options().merge(options.options());
	}

	private HttpHeaders headers(KintoOptions merged, @Nullable String contentType, Condition condition) {
		return this.parent.headers(merged, contentType, condition);
	}

	private String path(String id) {
		return this.kind.object(this.parent.path(), id);
	}

	private static KintoRequest request(String operation, HttpMethod method, String path, HttpHeaders headers,
			@Nullable Resource body) {
		return new KintoRequest(operation, method, path, "", headers, body);
	}

	private KintoCall<KintoObject<T>> objectCall(KintoRequest request) {
		return KintoCall.of(request, this.expected, this.envelope::readObject, this.envelope::readExisting);
	}

	private KintoCall<KintoObject<T>> objectCall(KintoRequest request, String id) {
		return call(request, id, this.expected, (response) -> readObject(response, id));
	}

	private KintoObject<T> readObject(KintoResponse response, String id) {
		KintoObject<T> object = this.envelope.readObject(response);
		this.kind.requireAsked(id, object.id());
		return object;
	}

	private <R> KintoCall<R> call(KintoRequest request, String id, String expected, Function<KintoResponse, R> reader) {
		return KintoCall.of(request, expected, reader, Errors.ExistingReader.of(this.envelope, this.kind, id));
	}

}
