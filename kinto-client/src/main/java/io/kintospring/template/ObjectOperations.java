package io.kintospring.template;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoLockException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoExecutor;
import io.kintospring.client.KintoLock;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.ObjectCalls;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;

/**
 * Operations on the objects of one parent: the records of a collection, the groups or
 * collections of a bucket, or all buckets. An instance is a handle, which is immutable
 * and thread-safe, so you can keep and share it.
 * <p>
 * Each object has a version, {@link KintoObject#lastModified()}, which increases with
 * each change.
 * <p>
 * Options of a single operation come last. Several are applied in order, on top of the
 * options of the handle.
 * <p>
 * Each method that sends a request throws
 * <ul>
 * <li>a {@link KintoException} if the request fails or the response is not the expected
 * one,</li>
 * <li>an {@link IllegalArgumentException} for input that Kinto cannot accept. Nothing is
 * sent.</li>
 * <li>an {@link IllegalStateException} on a thread that must not be blocked. Nothing is
 * sent.</li>
 * </ul>
 *
 * @param <T> the type of the objects' data
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/records.html">Kinto's
 * records</a>
 */
public interface ObjectOperations<T> {

	/**
	 * Create an object. If the data has an {@code id}, it becomes the id of the object;
	 * otherwise the client chooses a random UUID.
	 * @param data the data
	 * @param options options of this operation, such as
	 * {@code (o) -> o.permissions((p) -> p.read("account:ann"))}
	 * @return the created object
	 * @throws KintoConflictException if an object with the id of the data exists, unless
	 * {@code safe(false)} allows it to be replaced
	 * @throws KintoNotFoundException if the object is a record whose collection or bucket
	 * does not exist
	 */
	default KintoObject<T> create(T data, KintoWriteOptions.Customizer... options) {
		return execute(calls().create(data, options));
	}

	/**
	 * Create an object with an id.
	 * @param id the id, which overrides an {@code id} in the data
	 * @param data the data
	 * @param options options of this operation
	 * @return the created object
	 * @throws KintoConflictException if an object with this id exists, unless
	 * {@code safe(false)} allows it to be replaced
	 */
	default KintoObject<T> create(String id, T data, KintoWriteOptions.Customizer... options) {
		return execute(calls().create(id, data, options));
	}

	/**
	 * Create an object, or return the existing one with this id unchanged.
	 * @param id the id, which overrides an {@code id} in the data
	 * @param data the data of a new object
	 * @param options options of this operation
	 * @return the object, and whether it was created
	 * @throws KintoAccessDeniedException if the object exists and the user cannot read it
	 */
	default KintoCreation<T> createIfAbsent(String id, T data, KintoWriteOptions.Customizer... options) {
		return execute(calls().createIfAbsent(id, data, options));
	}

	/**
	 * Read an object.
	 * @param id the id
	 * @param options options of this operation
	 * @return the object
	 * @throws KintoNotFoundException if it does not exist
	 */
	default KintoObject<T> get(String id, KintoReadOptions.Customizer... options) {
		return execute(calls().get(id, options));
	}

	/**
	 * Read an object that may not exist.
	 * @param id the id
	 * @param options options of this operation
	 * @return the object, or empty if it does not exist
	 * @throws KintoNotFoundException if its collection does not exist
	 * @throws KintoAccessDeniedException if its bucket does not exist
	 */
	default Optional<KintoObject<T>> find(String id, KintoReadOptions.Customizer... options) {
		return execute(calls().find(id, options));
	}

	/**
	 * Read an object if it changed since a known version. The request has an
	 * {@code If-None-Match} header, so an unchanged object is not transferred.
	 * @param id the id
	 * @param known the version that you have, or {@code null} to read any version
	 * @param options options of this operation
	 * @return the object, or empty if it still has this version
	 * @throws KintoNotFoundException if it does not exist
	 */
	default Optional<KintoObject<T>> getIfChanged(String id, @Nullable KintoTimestamp known,
			KintoReadOptions.Customizer... options) {
		return execute(calls().getIfChanged(id, known, options));
	}

	/**
	 * Replace the data of an object that you read, if it has not changed since. The
	 * request has an {@code If-Match} header with the version of the object.
	 * @param object the object that you read, {@linkplain KintoObject#withData(Object)
	 * with the new data}
	 * @param options options of this operation
	 * @return the object with its new version
	 * @throws KintoConflictException if the object was changed or deleted since you read
	 * it, unless {@code safe(false)} disables the comparison. Kinto on PostgreSQL can
	 * accept several updates with the same version at the same time, unless its isolation
	 * level is {@code REPEATABLE READ}.
	 */
	default KintoObject<T> update(KintoObject<? extends T> object, KintoWriteOptions.Customizer... options) {
		return execute(calls().update(object, options));
	}

	/**
	 * Read an object, apply a function to its data, and replace the data with the result.
	 * If the object changes in between, the function is applied again to the new data, in
	 * up to 10 attempts.
	 * <p>
	 * Such updates of one object run one after the other, in all clients with the same
	 * {@link KintoLock}. By default, these are all clients of a Spring Boot application.
	 * Without Spring Boot, they are a client and those that {@code mutate()} creates from
	 * it. The function must not update the same object.
	 * @param id the id
	 * @param change returns the new data; it can be called several times
	 * @param options options of this operation, without {@code lastModified}
	 * @return the object with its new version
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object is deleted in between, or changed at
	 * every attempt
	 * @throws KintoLockException if other updates of the object take too long
	 * @throws IllegalStateException if the function of an update calls this for the same
	 * object
	 */
	default KintoObject<T> update(String id, UnaryOperator<T> change, KintoWriteOptions.Customizer... options) {
		return executor().execute(calls().update(id, change, options));
	}

	/**
	 * Replace the data of an object, whatever its version. An object that does not exist
	 * is created. With {@code safe(true)}, it must not exist.
	 * @param id the id
	 * @param data the new data. If it has a {@code last_modified}, the object must still
	 * have that version.
	 * @param options options of this operation
	 * @return the object with its new version
	 * @throws KintoConflictException if the object does not have the expected version
	 */
	default KintoObject<T> replace(String id, T data, KintoWriteOptions.Customizer... options) {
		return execute(calls().replace(id, data, options));
	}

	/**
	 * Change some fields of an object and keep the others. A {@code null} is stored, and
	 * a nested object is replaced as a whole. With {@code safe(true)}, the options must
	 * set the version.
	 * @param id the id
	 * @param changes the fields to change: a map, or any object that Jackson writes as a
	 * JSON object
	 * @param options options of this operation, such as
	 * {@link KintoWriteOptions#ifUnchanged(KintoObject)}
	 * @return the object with its new version
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object does not have the version that the
	 * options require
	 */
	default KintoObject<T> patch(String id, Object changes, KintoWriteOptions.Customizer... options) {
		return execute(calls().patch(id, changes, options));
	}

	/**
	 * Change some fields of an object with a JSON Merge Patch (RFC 7396). A {@code null}
	 * removes a field, and nested objects are merged.
	 * @param id the id
	 * @param changes the fields to change: a map, or any object that Jackson writes as a
	 * JSON object
	 * @param options options of this operation
	 * @return the object with its new version
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object does not have the version that the
	 * options require
	 */
	default KintoObject<T> mergePatch(String id, Object changes, KintoWriteOptions.Customizer... options) {
		return execute(calls().mergePatch(id, changes, options));
	}

	/**
	 * Apply a JSON Patch (RFC 6902) to an object. Either all operations are applied or
	 * none.
	 * @param id the id
	 * @param patch a function that adds operations to an empty patch
	 * @param options options of this operation, without permissions
	 * @return the object with its new version
	 * @throws KintoInvalidRequestException if an operation cannot be applied
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object does not have the version that the
	 * options require
	 */
	default KintoObject<T> jsonPatch(String id, UnaryOperator<KintoPatch> patch,
			KintoWriteOptions.Customizer... options) {
		return execute(calls().jsonPatch(id, patch, options));
	}

	/**
	 * Delete an object, whatever its version. With {@code safe(true)}, the options must
	 * set the version.
	 * @param id the id
	 * @param options options of this operation
	 * @return the tombstone
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object does not have the version that the
	 * options require
	 */
	default KintoTombstone delete(String id, KintoWriteOptions.Customizer... options) {
		return execute(calls().delete(id, options));
	}

	/**
	 * Delete an object that you read, if it has not changed since. The request has an
	 * {@code If-Match} header with the version of the object.
	 * @param object the object that you read
	 * @param options options of this operation
	 * @return the tombstone
	 * @throws KintoNotFoundException if the object does not exist
	 * @throws KintoConflictException if the object was changed since you read it, unless
	 * {@code safe(false)} disables the comparison
	 */
	default KintoTombstone delete(KintoObject<?> object, KintoWriteOptions.Customizer... options) {
		return execute(calls().delete(object, options));
	}

	/**
	 * Delete all objects, as far as the user has permission.
	 * @return the tombstones
	 */
	default List<KintoTombstone> deleteAll() {
		return executor().execute(calls().deleteAll());
	}

	/**
	 * Delete all objects that match a query, as far as the user has permission.
	 * @param query the objects to delete, with at least one filter
	 * @param more further customizers of the query
	 * @return the tombstones
	 * @throws IllegalArgumentException if the query has no filter, or anything but
	 * filters and headers
	 */
	default List<KintoTombstone> deleteAll(KintoQuery.Customizer query, KintoQuery.Customizer... more) {
		return executor().execute(calls().deleteAll(query, more));
	}

	/**
	 * Read one page of the objects that the user can read. The default order is the
	 * latest change first.
	 * @param query the objects to list. Without {@code limit}, the server decides how
	 * many are on a page. With {@code pages}, up to that many pages are joined into one.
	 * @return the first page
	 */
	default KintoPage<T> list(KintoQuery.Customizer... query) {
		return new KintoPage<>(executor(), executor().execute(calls().listPages(query)));
	}

	/**
	 * Read one page if an object was created, changed or deleted since a known version of
	 * the list. The request has an {@code If-None-Match} header.
	 * @param known the version that you have, which is {@link KintoPage#timestamp()}, or
	 * {@code null} to read any version
	 * @param query the objects to list, without {@code pages}
	 * @return the first page, or empty if nothing changed
	 */
	default Optional<KintoPage<T>> listIfChanged(@Nullable KintoTimestamp known, KintoQuery.Customizer... query) {
		return execute(calls().listIfChanged(known, query)).map((page) -> new KintoPage<>(executor(), page));
	}

	/**
	 * Read all pages into a list. Use {@link #stream} if the objects may not fit into
	 * memory.
	 * @param query the objects to list
	 * @return the objects
	 */
	default List<KintoObject<T>> listAll(KintoQuery.Customizer... query) {
		return executor().execute(calls().listAll(query));
	}

	/**
	 * Stream all objects that the user can read. The next page is fetched while you
	 * consume the current one.
	 * @param query the objects to list
	 * @return the objects. Close the stream if you do not consume it to its end.
	 */
	default Stream<KintoObject<T>> stream(KintoQuery.Customizer... query) {
		return executor().stream(calls().stream(query));
	}

	/**
	 * Stream all objects that the user can read, with several requests at a time. This is
	 * faster than {@link #stream} if the latency of the server is high. An object that
	 * does not change meanwhile is returned exactly once.
	 * <p>
	 * Without {@code sort}, the objects come from ranges of ids, in no particular order.
	 * With {@code sort("last_modified")} or {@code sort("id")}, ascending or descending,
	 * they come in that order, from consecutive ranges of the field. If the objects are
	 * unevenly distributed, this takes more requests. With {@code last_modified},
	 * ascending or descending, objects that are created meanwhile, or changed before they
	 * are read, are missing.
	 * <p>
	 * The client uses two filters to divide the list, so the query must not have them.
	 * They are {@code greaterThan} and {@code max} of {@code id} without {@code sort},
	 * {@code greaterThan} and {@code max} of the sorted field in ascending order, and
	 * {@code lessThan} and {@code min} of it in descending order.
	 * @param parallel the maximum number of requests in flight, between 1 and 64
	 * @param query the objects to list. {@code limit} is the size of a page;
	 * {@code pages} and {@code from} are not supported.
	 * @return the objects. Close the stream if you do not consume it to its end.
	 * @throws IllegalArgumentException if {@code parallel} is out of range, or the query
	 * has an unsupported order, filter or option
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/sorting.html">Kinto's sorting</a>
	 */
	default Stream<KintoObject<T>> streamInParallel(int parallel, KintoQuery.Customizer... query) {
		return executor().stream(calls().streamInParallel(parallel, query));
	}

	/**
	 * Count the objects that the user can read, without deleted ones.
	 * @param query the objects to count, without {@code limit}, {@code pages} and
	 * {@code from}
	 * @return the number of objects
	 */
	default long count(KintoQuery.Customizer... query) {
		return execute(calls().count(query));
	}

	/**
	 * Read the version of the list, which is its {@code ETag}. It increases with each
	 * change of an object.
	 * @return the version
	 */
	default KintoTimestamp timestamp() {
		return execute(calls().timestamp());
	}

	/**
	 * Return a handle for the permissions of an object. Nothing is sent.
	 * @param id the id
	 * @return the handle
	 */
	default PermissionOperations permissions(String id) {
		return new PermissionOperations.Handle(executor(), calls().permissions(id));
	}

	/**
	 * Run a call, such as {@code calls().create(data)}. To run a {@code KintoFlow},
	 * {@code KintoSequence} or {@code KintoBatch}, use {@link #executor()}.
	 * @param <R> the type of the result
	 * @param call the call
	 * @return the result
	 */
	default <R> R execute(KintoCall<R> call) {
		return executor().execute(call);
	}

	/**
	 * Return the same operations as calls. A call is a value that you can send in a
	 * batch.
	 * @return the calls
	 */
	ObjectCalls<T> calls();

	/**
	 * Return the executor that runs the calls of this handle.
	 * @return the executor
	 */
	KintoExecutor executor();

}
