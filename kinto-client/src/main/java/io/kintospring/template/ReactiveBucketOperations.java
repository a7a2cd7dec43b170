package io.kintospring.template;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPatch;
import io.kintospring.KintoQuery;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.KintoWriteOptions;
import io.kintospring.protocol.BucketCalls;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * A handle of one bucket: its attributes, and its collections. It is immutable and can be
 * kept and shared.
 * <p>
 * Nothing is done before somebody subscribes, and each subscription does it anew. What is
 * returned fails with a {@link KintoException} if no answer comes or one that is not what
 * was asked for, and with an {@link IllegalArgumentException} for input that Kinto cannot
 * take, of which nothing is sent; the exceptions of a method's description come the same
 * way.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/concepts.html#buckets-collections-and-records">Kinto's
 * buckets</a>
 */
public interface ReactiveBucketOperations {

	/**
	 * Return the id of the bucket.
	 * @return the id that the handle was asked for with
	 */
	String id();

	/**
	 * Return the handle of a collection whose records are maps. Nothing is sent.
	 * @param id the id of the collection
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no collection can have that id
	 */
	default ReactiveCollectionOperations<Map<String, Object>> collection(String id) {
		return collection(id, UnaryOperator.identity());
	}

	/**
	 * Return the handle of a collection whose records are maps. Nothing is sent.
	 * @param id the id of the collection
	 * @param options what the collection's operations inherit
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no collection can have that id
	 */
	ReactiveCollectionOperations<Map<String, Object>> collection(String id, UnaryOperator<KintoOptions> options);

	/**
	 * Return the handle of a collection. Nothing is sent.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data: any class that Jackson binds to a JSON
	 * object. Where it has properties {@code id} and {@code last_modified}, they are
	 * filled in; they are never sent as data.
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no collection can have that id
	 */
	default <T> ReactiveCollectionOperations<T> collection(String id, Class<T> type) {
		return collection(id, type, UnaryOperator.identity());
	}

	/**
	 * Return the handle of a collection. Nothing is sent.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data: any class that Jackson binds to a JSON
	 * object. Where it has properties {@code id} and {@code last_modified}, they are
	 * filled in; they are never sent as data.
	 * @param options what the collection's operations inherit
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no collection can have that id
	 */
	<T> ReactiveCollectionOperations<T> collection(String id, Class<T> type, UnaryOperator<KintoOptions> options);

	/**
	 * Return the handle of a collection whose records' data is of a generic type. Nothing
	 * is sent.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no collection can have that id
	 */
	default <T> ReactiveCollectionOperations<T> collection(String id, ParameterizedTypeReference<T> type) {
		return collection(id, type, UnaryOperator.identity());
	}

	/**
	 * Return the handle of a collection whose records' data is of a generic type. Nothing
	 * is sent.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data
	 * @param options what the collection's operations inherit
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no collection can have that id
	 */
	<T> ReactiveCollectionOperations<T> collection(String id, ParameterizedTypeReference<T> type,
			UnaryOperator<KintoOptions> options);

	/**
	 * Read the attributes of the bucket.
	 * @return the bucket
	 */
	default Mono<KintoObject<Map<String, Object>>> getData() {
		return getData(UnaryOperator.identity());
	}

	/**
	 * Read the attributes of the bucket.
	 * @param options of this operation
	 * @return the bucket
	 */
	Mono<KintoObject<Map<String, Object>>> getData(UnaryOperator<KintoReadOptions> options);

	/**
	 * Replace the attributes of the bucket; create it if there is none.
	 * @param data the new attributes, which may be none at all. If they have a {@code
	 * last_modified}, it is the version that the bucket must still have.
	 * @return the bucket
	 * @throws KintoConflictException if it was changed since that version
	 */
	default Mono<KintoObject<Map<String, Object>>> setData(Map<String, ?> data) {
		return setData(data, UnaryOperator.identity());
	}

	/**
	 * Replace the attributes of the bucket; create it if there is none.
	 * @param data the new attributes, which may be none at all. If they have a {@code
	 * last_modified}, it is the version that the bucket must still have.
	 * @param options of this operation
	 * @return the bucket
	 * @throws KintoConflictException if it was changed since that version
	 */
	Mono<KintoObject<Map<String, Object>>> setData(Map<String, ?> data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Replace the attributes of the bucket, if nobody changed it since it was read.
	 * @param bucket what was read, with the new attributes
	 * @return the bucket
	 * @throws KintoConflictException if it was changed or deleted since
	 */
	default Mono<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> bucket) {
		return setData(bucket, UnaryOperator.identity());
	}

	/**
	 * Replace the attributes of the bucket, if nobody changed it since it was read.
	 * @param bucket what was read, with the new attributes
	 * @param options of this operation
	 * @return the bucket
	 * @throws KintoConflictException if it was changed or deleted since
	 */
	Mono<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> bucket,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some attributes of the bucket and leave the others.
	 * @param changes the attributes to change; {@code null} is stored as such, and a
	 * nested object is replaced whole
	 * @return the bucket
	 */
	default Mono<KintoObject<Map<String, Object>>> patchData(Map<String, ?> changes) {
		return patchData(changes, UnaryOperator.identity());
	}

	/**
	 * Change some attributes of the bucket and leave the others.
	 * @param changes the attributes to change; {@code null} is stored as such, and a
	 * nested object is replaced whole
	 * @param options of this operation
	 * @return the bucket
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	Mono<KintoObject<Map<String, Object>>> patchData(Map<String, ?> changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some attributes of the bucket and leave the others.
	 * @param changes the attributes to change; {@code null} removes one, and nested
	 * objects are merged (JSON Merge Patch, RFC 7396)
	 * @return the bucket
	 */
	default Mono<KintoObject<Map<String, Object>>> mergePatchData(Map<String, ?> changes) {
		return mergePatchData(changes, UnaryOperator.identity());
	}

	/**
	 * Change some attributes of the bucket and leave the others.
	 * @param changes the attributes to change; {@code null} removes one, and nested
	 * objects are merged (JSON Merge Patch, RFC 7396)
	 * @param options of this operation
	 * @return the bucket
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	Mono<KintoObject<Map<String, Object>>> mergePatchData(Map<String, ?> changes,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Apply operations to the bucket, all or none (JSON Patch, RFC 6902).
	 * @param patch adds operations to none
	 * @return the bucket
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 */
	default Mono<KintoObject<Map<String, Object>>> jsonPatchData(UnaryOperator<KintoPatch> patch) {
		return jsonPatchData(patch, UnaryOperator.identity());
	}

	/**
	 * Apply operations to the bucket, all or none (JSON Patch, RFC 6902).
	 * @param patch adds operations to none
	 * @param options of this operation
	 * @return the bucket
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 */
	Mono<KintoObject<Map<String, Object>>> jsonPatchData(UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Return the handle of the bucket's permissions. Nothing is sent.
	 * @return the handle
	 */
	ReactivePermissionOperations permissions();

	/**
	 * Create a collection without attributes, of an id that the server chooses.
	 * @return the collection
	 */
	default Mono<KintoObject<Map<String, Object>>> createCollection() {
		return createCollection(Map.of(), UnaryOperator.identity());
	}

	/**
	 * Create a collection, of the id that the data has, or else of one that the server
	 * chooses.
	 * @param data the attributes
	 * @param options of this operation
	 * @return the collection
	 * @throws KintoConflictException if the data has an id and there is a collection of
	 * that id already, unless {@code safe(false)} lets it be replaced
	 */
	Mono<KintoObject<Map<String, Object>>> createCollection(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a collection without attributes.
	 * @param id the id of the collection
	 * @return the collection
	 * @throws KintoConflictException if there is a collection of that id already
	 */
	default Mono<KintoObject<Map<String, Object>>> createCollection(String id) {
		return createCollection(id, Map.of(), UnaryOperator.identity());
	}

	/**
	 * Create a collection.
	 * @param id the id of the collection, whatever id the data has
	 * @param data the attributes
	 * @return the collection
	 * @throws KintoConflictException if there is a collection of that id already
	 */
	default Mono<KintoObject<Map<String, Object>>> createCollection(String id, Map<String, ?> data) {
		return createCollection(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a collection.
	 * @param id the id of the collection, whatever id the data has
	 * @param data the attributes
	 * @param options of this operation
	 * @return the collection
	 * @throws KintoConflictException if there is a collection of that id already, unless
	 * {@code safe(false)} lets it be replaced
	 */
	Mono<KintoObject<Map<String, Object>>> createCollection(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a collection without attributes, or get the one of that id that is there
	 * already, which is left as it is.
	 * @param id the id of the collection
	 * @return the collection, and whether it was created
	 */
	default Mono<KintoCreation<Map<String, Object>>> createCollectionIfAbsent(String id) {
		return createCollectionIfAbsent(id, Map.of(), UnaryOperator.identity());
	}

	/**
	 * Create a collection, or get the one of that id that is there already, which is left
	 * as it is.
	 * @param id the id of the collection, whatever id the data has
	 * @param data the attributes if it is not there
	 * @return the collection, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	default Mono<KintoCreation<Map<String, Object>>> createCollectionIfAbsent(String id, Map<String, ?> data) {
		return createCollectionIfAbsent(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a collection, or get the one of that id that is there already, which is left
	 * as it is.
	 * @param id the id of the collection, whatever id the data has
	 * @param data the attributes if it is not there
	 * @param options of this operation
	 * @return the collection, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	Mono<KintoCreation<Map<String, Object>>> createCollectionIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Delete a collection and its records.
	 * @param id the id of the collection
	 * @return what is left of it
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default Mono<KintoTombstone> deleteCollection(String id) {
		return deleteCollection(id, UnaryOperator.identity());
	}

	/**
	 * Delete a collection and its records.
	 * @param id the id of the collection
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoNotFoundException if there is none of that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	Mono<KintoTombstone> deleteCollection(String id, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Delete a collection and its records, if nobody changed it itself since it was read.
	 * @param collection what was read
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted already
	 */
	default Mono<KintoTombstone> deleteCollection(KintoObject<?> collection) {
		return deleteCollection(collection, UnaryOperator.identity());
	}

	/**
	 * Delete a collection and its records, if nobody changed it itself since it was read.
	 * @param collection what was read
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted already
	 */
	Mono<KintoTombstone> deleteCollection(KintoObject<?> collection, UnaryOperator<KintoWriteOptions> options);

	/**
	 * List collections that the user may read, the latest change first unless the query
	 * says otherwise.
	 * @return the first page, as large as the server makes it
	 */
	default Mono<ReactiveKintoPage<Map<String, Object>>> listCollections() {
		return listCollections(UnaryOperator.identity());
	}

	/**
	 * List collections that the user may read, the latest change first unless the query
	 * says otherwise.
	 * @param query what to list
	 * @return the first page, as large as the server makes it
	 */
	Mono<ReactiveKintoPage<Map<String, Object>>> listCollections(UnaryOperator<KintoQuery> query);

	/**
	 * List collections, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known:
	 * {@link ReactiveKintoPage#timestamp()}
	 * @return the first page, or empty if nothing has changed
	 */
	default Mono<ReactiveKintoPage<Map<String, Object>>> listCollectionsIfChanged(KintoTimestamp since) {
		return listCollectionsIfChanged(since, UnaryOperator.identity());
	}

	/**
	 * List collections, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known:
	 * {@link ReactiveKintoPage#timestamp()}
	 * @param query what to list
	 * @return the first page, or empty if nothing has changed
	 */
	Mono<ReactiveKintoPage<Map<String, Object>>> listCollectionsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query);

	/**
	 * List all collections that the user may read, page by page as they are consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @return the collections
	 */
	default Flux<KintoObject<Map<String, Object>>> streamCollections() {
		return streamCollections(UnaryOperator.identity());
	}

	/**
	 * List all collections that the user may read, page by page as they are consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @param query what to list
	 * @return the collections
	 */
	Flux<KintoObject<Map<String, Object>>> streamCollections(UnaryOperator<KintoQuery> query);

	/**
	 * List all collections that the user may read, however many pages they are.
	 * @return the collections
	 */
	default Mono<List<KintoObject<Map<String, Object>>>> listAllCollections() {
		return listAllCollections(UnaryOperator.identity());
	}

	/**
	 * List all collections that the user may read, however many pages they are.
	 * @param query what to list
	 * @return the collections
	 */
	Mono<List<KintoObject<Map<String, Object>>>> listAllCollections(UnaryOperator<KintoQuery> query);

	/**
	 * Count collections that the user may read.
	 * @return the number, without those that are deleted
	 */
	default Mono<Long> countCollections() {
		return countCollections(UnaryOperator.identity());
	}

	/**
	 * Count collections that the user may read.
	 * @param query which to count, without a limit and a number of pages
	 * @return the number, without those that are deleted
	 * @throws IllegalArgumentException if the query has what it cannot have
	 */
	Mono<Long> countCollections(UnaryOperator<KintoQuery> query);

	/**
	 * Ask for the version of the list of collections.
	 * @return the version, which grows with each change of one of them
	 */
	Mono<KintoTimestamp> getCollectionsTimestamp();

	/**
	 * Delete the collections that match, as far as the user may, however many they are.
	 * @param query which to delete; at least one filter
	 * @return what is left of them
	 * @throws IllegalArgumentException if the query has no filter; see
	 * {@link #deleteAllCollections()}
	 */
	Mono<List<KintoTombstone>> deleteCollections(UnaryOperator<KintoQuery> query);

	/**
	 * Delete all collections, as far as the user may.
	 * @return what is left of them
	 */
	Mono<List<KintoTombstone>> deleteAllCollections();

	/**
	 * Create a group, of the id that the data has, or else of one that the server
	 * chooses.
	 * @param data the data
	 * @return the group
	 */
	default Mono<KintoObject<KintoGroup>> createGroup(KintoGroup data) {
		return createGroup(data, UnaryOperator.identity());
	}

	/**
	 * Create a group, of the id that the data has, or else of one that the server
	 * chooses.
	 * @param data the data
	 * @param options of this operation
	 * @return the group
	 */
	Mono<KintoObject<KintoGroup>> createGroup(KintoGroup data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a group.
	 * @param id the id of the group, whatever id the data has
	 * @param data the data
	 * @return the group
	 * @throws KintoConflictException if there is a group of that id already
	 */
	default Mono<KintoObject<KintoGroup>> createGroup(String id, KintoGroup data) {
		return createGroup(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a group.
	 * @param id the id of the group, whatever id the data has
	 * @param data the data
	 * @param options of this operation
	 * @return the group
	 * @throws KintoConflictException if there is a group of that id already, unless
	 * {@code
	 * safe(false)} lets it be replaced
	 */
	Mono<KintoObject<KintoGroup>> createGroup(String id, KintoGroup data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a group, or get the one of that id that is there already, which is left as
	 * it is.
	 * @param id the id of the group, whatever id the data has
	 * @param data the data if it is not there
	 * @return the group, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	default Mono<KintoCreation<KintoGroup>> createGroupIfAbsent(String id, KintoGroup data) {
		return createGroupIfAbsent(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a group, or get the one of that id that is there already, which is left as
	 * it is.
	 * @param id the id of the group, whatever id the data has
	 * @param data the data if it is not there
	 * @param options of this operation
	 * @return the group, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	Mono<KintoCreation<KintoGroup>> createGroupIfAbsent(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Read a group.
	 * @param id the id of the group
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default Mono<KintoObject<KintoGroup>> getGroup(String id) {
		return getGroup(id, UnaryOperator.identity());
	}

	/**
	 * Read a group.
	 * @param id the id of the group
	 * @param options of this operation
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 */
	Mono<KintoObject<KintoGroup>> getGroup(String id, UnaryOperator<KintoReadOptions> options);

	/**
	 * Read a group, if there is one.
	 * @param id the id of the group
	 * @return the group, or empty if there is none of that id
	 */
	default Mono<KintoObject<KintoGroup>> findGroup(String id) {
		return findGroup(id, UnaryOperator.identity());
	}

	/**
	 * Read a group, if there is one.
	 * @param id the id of the group
	 * @param options of this operation
	 * @return the group, or empty if there is none of that id
	 */
	Mono<KintoObject<KintoGroup>> findGroup(String id, UnaryOperator<KintoReadOptions> options);

	/**
	 * Replace the data of a group, if nobody changed it since it was read.
	 * @param group what was read, {@linkplain KintoObject#withData(Object) with the new
	 * data}
	 * @return the group
	 * @throws KintoConflictException if it was changed or deleted since, unless {@code
	 * safe(false)} says not to compare
	 */
	default Mono<KintoObject<KintoGroup>> updateGroup(KintoObject<? extends KintoGroup> group) {
		return updateGroup(group, UnaryOperator.identity());
	}

	/**
	 * Replace the data of a group, if nobody changed it since it was read.
	 * @param group what was read, {@linkplain KintoObject#withData(Object) with the new
	 * data}
	 * @param options of this operation
	 * @return the group
	 * @throws KintoConflictException if it was changed or deleted since, unless {@code
	 * safe(false)} says not to compare
	 */
	Mono<KintoObject<KintoGroup>> updateGroup(KintoObject<? extends KintoGroup> group,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Replace the data of a group; create it if there is none.
	 * @param id the id of the group
	 * @param data the new data
	 * @return the group
	 * @throws KintoConflictException if it is not of the version that it must have
	 */
	default Mono<KintoObject<KintoGroup>> updateGroup(String id, KintoGroup data) {
		return updateGroup(id, data, UnaryOperator.identity());
	}

	/**
	 * Replace the data of a group; create it if there is none.
	 * @param id the id of the group
	 * @param data the new data
	 * @param options of this operation
	 * @return the group
	 * @throws KintoConflictException if it is not of the version that it must have
	 */
	Mono<KintoObject<KintoGroup>> updateGroup(String id, KintoGroup data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Read a group, change its data, and write that. Where somebody else changes it
	 * meanwhile, the change is applied again to what they have written, at most 10 times.
	 * @param id the id of the group
	 * @param change gives the new data; called once or more often
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id, or no longer when it is
	 * read again
	 * @throws KintoConflictException if it is deleted meanwhile, or changed again and
	 * again
	 */
	default Mono<KintoObject<KintoGroup>> updateGroup(String id, UnaryOperator<KintoGroup> change) {
		return updateGroup(id, change, UnaryOperator.identity());
	}

	/**
	 * Read a group, change its data, and write that. Where somebody else changes it
	 * meanwhile, the change is applied again to what they have written, at most 10 times.
	 * @param id the id of the group
	 * @param change gives the new data; called once or more often
	 * @param options of this operation
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id, or no longer when it is
	 * read again
	 * @throws KintoConflictException if it is deleted meanwhile, or changed again and
	 * again
	 */
	Mono<KintoObject<KintoGroup>> updateGroup(String id, UnaryOperator<KintoGroup> change,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a group and leave the others, if nobody changed it since it
	 * was read.
	 * @param group what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @return the group
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	default Mono<KintoObject<KintoGroup>> patchGroup(KintoObject<?> group, Object changes) {
		return patchGroup(group, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a group and leave the others, if nobody changed it since it
	 * was read.
	 * @param group what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @param options of this operation
	 * @return the group
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	Mono<KintoObject<KintoGroup>> patchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a group and leave the others.
	 * @param id the id of the group
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default Mono<KintoObject<KintoGroup>> patchGroup(String id, Object changes) {
		return patchGroup(id, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a group and leave the others.
	 * @param id the id of the group
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @param options of this operation
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	Mono<KintoObject<KintoGroup>> patchGroup(String id, Object changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a group and leave the others, if nobody changed it since it
	 * was read.
	 * @param group what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @return the group
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	default Mono<KintoObject<KintoGroup>> mergePatchGroup(KintoObject<?> group, Object changes) {
		return mergePatchGroup(group, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a group and leave the others, if nobody changed it since it
	 * was read.
	 * @param group what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @param options of this operation
	 * @return the group
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	Mono<KintoObject<KintoGroup>> mergePatchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a group and leave the others.
	 * @param id the id of the group
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default Mono<KintoObject<KintoGroup>> mergePatchGroup(String id, Object changes) {
		return mergePatchGroup(id, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a group and leave the others.
	 * @param id the id of the group
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @param options of this operation
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	Mono<KintoObject<KintoGroup>> mergePatchGroup(String id, Object changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Apply operations to a group, all or none (JSON Patch, RFC 6902), if nobody changed
	 * it since it was read.
	 * @param group what was read
	 * @param patch adds operations to none
	 * @return the group
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	default Mono<KintoObject<KintoGroup>> jsonPatchGroup(KintoObject<?> group, UnaryOperator<KintoPatch> patch) {
		return jsonPatchGroup(group, patch, UnaryOperator.identity());
	}

	/**
	 * Apply operations to a group, all or none (JSON Patch, RFC 6902), if nobody changed
	 * it since it was read.
	 * @param group what was read
	 * @param patch adds operations to none
	 * @param options of this operation
	 * @return the group
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	Mono<KintoObject<KintoGroup>> jsonPatchGroup(KintoObject<?> group, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Apply operations to a group, all or none (JSON Patch, RFC 6902).
	 * @param id the id of the group
	 * @param patch adds operations to none
	 * @return the group
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default Mono<KintoObject<KintoGroup>> jsonPatchGroup(String id, UnaryOperator<KintoPatch> patch) {
		return jsonPatchGroup(id, patch, UnaryOperator.identity());
	}

	/**
	 * Apply operations to a group, all or none (JSON Patch, RFC 6902).
	 * @param id the id of the group
	 * @param patch adds operations to none
	 * @param options of this operation
	 * @return the group
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoNotFoundException if there is none of that id
	 */
	Mono<KintoObject<KintoGroup>> jsonPatchGroup(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Add members to a group. Who is one already stays one; others that are added or
	 * removed at the same time are not lost.
	 * @param id the id of the group
	 * @param members user ids, such as {@code account:alice}
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 */
	Mono<KintoObject<KintoGroup>> addMembers(String id, String... members);

	/**
	 * Remove members from a group. Who is none does not matter; others that are added or
	 * removed at the same time are not lost.
	 * @param id the id of the group
	 * @param members user ids, such as {@code account:alice}
	 * @return the group
	 * @throws KintoNotFoundException if there is none of that id
	 */
	Mono<KintoObject<KintoGroup>> removeMembers(String id, String... members);

	/**
	 * Return the handle of a group's permissions. Nothing is sent.
	 * @param id the id of the group
	 * @return the handle
	 */
	ReactivePermissionOperations groupPermissions(String id);

	/**
	 * Delete a group, whatever its version.
	 * @param id the id of the group
	 * @return what is left of it
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default Mono<KintoTombstone> deleteGroup(String id) {
		return deleteGroup(id, UnaryOperator.identity());
	}

	/**
	 * Delete a group, whatever its version.
	 * @param id the id of the group
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoNotFoundException if there is none of that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	Mono<KintoTombstone> deleteGroup(String id, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Delete a group, if nobody changed it since it was read.
	 * @param group what was read
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted already
	 */
	default Mono<KintoTombstone> deleteGroup(KintoObject<?> group) {
		return deleteGroup(group, UnaryOperator.identity());
	}

	/**
	 * Delete a group, if nobody changed it since it was read.
	 * @param group what was read
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted already
	 */
	Mono<KintoTombstone> deleteGroup(KintoObject<?> group, UnaryOperator<KintoWriteOptions> options);

	/**
	 * List groups that the user may read, the latest change first unless the query says
	 * otherwise.
	 * @return the first page, as large as the server makes it
	 */
	default Mono<ReactiveKintoPage<KintoGroup>> listGroups() {
		return listGroups(UnaryOperator.identity());
	}

	/**
	 * List groups that the user may read, the latest change first unless the query says
	 * otherwise.
	 * @param query what to list
	 * @return the first page, as large as the server makes it
	 */
	Mono<ReactiveKintoPage<KintoGroup>> listGroups(UnaryOperator<KintoQuery> query);

	/**
	 * List groups, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known:
	 * {@link ReactiveKintoPage#timestamp()}
	 * @return the first page, or empty if nothing has changed
	 */
	default Mono<ReactiveKintoPage<KintoGroup>> listGroupsIfChanged(KintoTimestamp since) {
		return listGroupsIfChanged(since, UnaryOperator.identity());
	}

	/**
	 * List groups, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known:
	 * {@link ReactiveKintoPage#timestamp()}
	 * @param query what to list
	 * @return the first page, or empty if nothing has changed
	 */
	Mono<ReactiveKintoPage<KintoGroup>> listGroupsIfChanged(KintoTimestamp since, UnaryOperator<KintoQuery> query);

	/**
	 * List all groups that the user may read, page by page as they are consumed: the next
	 * page is fetched while one is consumed, and no more is held.
	 * @return the groups
	 */
	default Flux<KintoObject<KintoGroup>> streamGroups() {
		return streamGroups(UnaryOperator.identity());
	}

	/**
	 * List all groups that the user may read, page by page as they are consumed: the next
	 * page is fetched while one is consumed, and no more is held.
	 * @param query what to list
	 * @return the groups
	 */
	Flux<KintoObject<KintoGroup>> streamGroups(UnaryOperator<KintoQuery> query);

	/**
	 * List all groups that the user may read, however many pages they are.
	 * @return the groups
	 */
	default Mono<List<KintoObject<KintoGroup>>> listAllGroups() {
		return listAllGroups(UnaryOperator.identity());
	}

	/**
	 * List all groups that the user may read, however many pages they are.
	 * @param query what to list
	 * @return the groups
	 */
	Mono<List<KintoObject<KintoGroup>>> listAllGroups(UnaryOperator<KintoQuery> query);

	/**
	 * Count groups that the user may read.
	 * @return the number, without those that are deleted
	 */
	default Mono<Long> countGroups() {
		return countGroups(UnaryOperator.identity());
	}

	/**
	 * Count groups that the user may read.
	 * @param query which to count, without a limit and a number of pages
	 * @return the number, without those that are deleted
	 * @throws IllegalArgumentException if the query has what it cannot have
	 */
	Mono<Long> countGroups(UnaryOperator<KintoQuery> query);

	/**
	 * Ask for the version of the list of groups.
	 * @return the version, which grows with each change of one of them
	 */
	Mono<KintoTimestamp> getGroupsTimestamp();

	/**
	 * Delete the groups that match, as far as the user may, however many they are.
	 * @param query which to delete; at least one filter
	 * @return what is left of them
	 * @throws IllegalArgumentException if the query has no filter; see
	 * {@link #deleteAllGroups()}
	 */
	Mono<List<KintoTombstone>> deleteGroups(UnaryOperator<KintoQuery> query);

	/**
	 * Delete all groups, as far as the user may.
	 * @return what is left of them
	 */
	Mono<List<KintoTombstone>> deleteAllGroups();

	/**
	 * List what was done in this bucket, to itself and to what is in it, the latest
	 * first.
	 * @return the first page, as large as the server makes it
	 * @throws KintoUnsupportedException if the server keeps no history
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/history.html">Kinto's history</a>
	 */
	default Mono<ReactiveKintoPage<KintoHistoryEntry>> listHistory() {
		return listHistory(UnaryOperator.identity());
	}

	/**
	 * List what was done in this bucket, to itself and to what is in it, the latest first
	 * unless the query says otherwise.
	 * @param query what to list, such as entries of which {@code record_id} or
	 * {@code target.data.author} is something; Kinto refuses names that entries do not
	 * have
	 * @return the first page, as large as the server makes it
	 * @throws KintoUnsupportedException if the server keeps no history
	 * @throws IllegalArgumentException if the query selects fields
	 */
	Mono<ReactiveKintoPage<KintoHistoryEntry>> listHistory(UnaryOperator<KintoQuery> query);

	/**
	 * List all that was done in this bucket, page by page as it is consumed: the next
	 * page is fetched while one is consumed, and no more is held.
	 * @return the entries
	 * @throws KintoUnsupportedException if the server keeps no history
	 */
	default Flux<KintoObject<KintoHistoryEntry>> streamHistory() {
		return streamHistory(UnaryOperator.identity());
	}

	/**
	 * List all that was done in this bucket, page by page as it is consumed: the next
	 * page is fetched while one is consumed, and no more is held.
	 * @param query what to list; Kinto refuses names that entries do not have
	 * @return the entries
	 * @throws KintoUnsupportedException if the server keeps no history
	 * @throws IllegalArgumentException if the query selects fields
	 */
	Flux<KintoObject<KintoHistoryEntry>> streamHistory(UnaryOperator<KintoQuery> query);

	/**
	 * Remove entries that match from the history, however many they are. Snapshots of
	 * that time are no longer complete.
	 * @param query which to remove; at least one filter
	 * @return what is left of the entries
	 * @throws KintoUnsupportedException if the server keeps no history
	 * @throws IllegalArgumentException if the query has no filter; see
	 * {@link #purgeAllHistory()}
	 */
	Mono<List<KintoTombstone>> purgeHistory(UnaryOperator<KintoQuery> query);

	/**
	 * Remove the whole history of this bucket.
	 * @return what is left of the entries
	 * @throws KintoUnsupportedException if the server keeps no history
	 */
	Mono<List<KintoTombstone>> purgeAllHistory();

	/**
	 * Return the same methods as calls, which are values and not sent.
	 * @return the calls
	 */
	BucketCalls calls();

}
