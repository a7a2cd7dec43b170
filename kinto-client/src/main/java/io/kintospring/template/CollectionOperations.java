package io.kintospring.template;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoAttachment;
import io.kintospring.KintoChanges;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoQuery;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.KintoUploadOptions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.protocol.CollectionCalls;

import org.springframework.core.io.Resource;

/**
 * A handle of one collection: its attributes, and its records. It is immutable and can be
 * kept and shared.
 * <p>
 * Each method that talks to the server throws a {@link KintoException} if no answer comes
 * or one that is not what was asked for, an {@link IllegalArgumentException} for input
 * that Kinto cannot take, and an {@link IllegalStateException} on a thread that must not
 * wait; in the latter two cases nothing is sent.
 *
 * @param <T> the type of the records' data
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/records.html">Kinto's
 * records</a>
 */
public interface CollectionOperations<T> {

	/**
	 * Return the id of the collection.
	 * @return the id that the handle was asked for with
	 */
	String id();

	/**
	 * Read the attributes of the collection.
	 * @return the collection
	 */
	default KintoObject<Map<String, Object>> getData() {
		return getData(UnaryOperator.identity());
	}

	/**
	 * Read the attributes of the collection.
	 * @param options of this operation
	 * @return the collection
	 */
	KintoObject<Map<String, Object>> getData(UnaryOperator<KintoReadOptions> options);

	/**
	 * Replace the attributes of the collection; create it if there is none.
	 * @param data the new attributes, which may be none at all. If they have a {@code
	 * last_modified}, it is the version that the collection must still have.
	 * @return the collection
	 * @throws KintoConflictException if it was changed since that version
	 */
	default KintoObject<Map<String, Object>> setData(Map<String, ?> data) {
		return setData(data, UnaryOperator.identity());
	}

	/**
	 * Replace the attributes of the collection; create it if there is none.
	 * @param data the new attributes, which may be none at all. If they have a {@code
	 * last_modified}, it is the version that the collection must still have.
	 * @param options of this operation
	 * @return the collection
	 * @throws KintoConflictException if it was changed since that version
	 */
	KintoObject<Map<String, Object>> setData(Map<String, ?> data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Replace the attributes of the collection, if nobody changed it since it was read.
	 * @param collection what was read, with the new attributes
	 * @return the collection
	 * @throws KintoConflictException if it was changed or deleted since
	 */
	default KintoObject<Map<String, Object>> setData(KintoObject<? extends Map<String, ?>> collection) {
		return setData(collection, UnaryOperator.identity());
	}

	/**
	 * Replace the attributes of the collection, if nobody changed it since it was read.
	 * @param collection what was read, with the new attributes
	 * @param options of this operation
	 * @return the collection
	 * @throws KintoConflictException if it was changed or deleted since
	 */
	KintoObject<Map<String, Object>> setData(KintoObject<? extends Map<String, ?>> collection,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some attributes of the collection and leave the others.
	 * @param changes the attributes to change; {@code null} is stored as such, and a
	 * nested object is replaced whole
	 * @return the collection
	 */
	default KintoObject<Map<String, Object>> patchData(Map<String, ?> changes) {
		return patchData(changes, UnaryOperator.identity());
	}

	/**
	 * Change some attributes of the collection and leave the others.
	 * @param changes the attributes to change; {@code null} is stored as such, and a
	 * nested object is replaced whole
	 * @param options of this operation
	 * @return the collection
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	KintoObject<Map<String, Object>> patchData(Map<String, ?> changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some attributes of the collection and leave the others.
	 * @param changes the attributes to change; {@code null} removes one, and nested
	 * objects are merged (JSON Merge Patch, RFC 7396)
	 * @return the collection
	 */
	default KintoObject<Map<String, Object>> mergePatchData(Map<String, ?> changes) {
		return mergePatchData(changes, UnaryOperator.identity());
	}

	/**
	 * Change some attributes of the collection and leave the others.
	 * @param changes the attributes to change; {@code null} removes one, and nested
	 * objects are merged (JSON Merge Patch, RFC 7396)
	 * @param options of this operation
	 * @return the collection
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	KintoObject<Map<String, Object>> mergePatchData(Map<String, ?> changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Apply operations to the collection, all or none (JSON Patch, RFC 6902).
	 * @param patch adds operations to none
	 * @return the collection
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 */
	default KintoObject<Map<String, Object>> jsonPatchData(UnaryOperator<KintoPatch> patch) {
		return jsonPatchData(patch, UnaryOperator.identity());
	}

	/**
	 * Apply operations to the collection, all or none (JSON Patch, RFC 6902).
	 * @param patch adds operations to none
	 * @param options of this operation
	 * @return the collection
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 */
	KintoObject<Map<String, Object>> jsonPatchData(UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Return the handle of the collection's permissions. Nothing is sent.
	 * @return the handle
	 */
	PermissionOperations permissions();

	/**
	 * Create a record, of the id that the data has, or else of one that the server
	 * chooses.
	 * @param data the data
	 * @return the record
	 * @throws KintoConflictException if the data has an id and there is a record of that
	 * id already
	 */
	default KintoObject<T> createRecord(T data) {
		return createRecord(data, UnaryOperator.identity());
	}

	/**
	 * Create a record, of the id that the data has, or else of one that the server
	 * chooses.
	 * @param data the data
	 * @param options of this operation
	 * @return the record
	 * @throws KintoConflictException if the data has an id and there is a record of that
	 * id already, unless {@code safe(false)} lets it be replaced
	 */
	KintoObject<T> createRecord(T data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a record.
	 * @param id the id of the record, whatever id the data has
	 * @param data the data
	 * @return the record
	 * @throws KintoConflictException if there is a record of that id already
	 */
	default KintoObject<T> createRecord(String id, T data) {
		return createRecord(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a record.
	 * @param id the id of the record, whatever id the data has
	 * @param data the data
	 * @param options of this operation
	 * @return the record
	 * @throws KintoConflictException if there is a record of that id already, unless
	 * {@code safe(false)} lets it be replaced
	 */
	KintoObject<T> createRecord(String id, T data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a record, or get the one of that id that is there already, which is left as
	 * it is.
	 * @param id the id of the record, whatever id the data has
	 * @param data the data if it is not there
	 * @return the record, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	default KintoCreation<T> createRecordIfAbsent(String id, T data) {
		return createRecordIfAbsent(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a record, or get the one of that id that is there already, which is left as
	 * it is.
	 * @param id the id of the record, whatever id the data has
	 * @param data the data if it is not there
	 * @param options of this operation
	 * @return the record, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	KintoCreation<T> createRecordIfAbsent(String id, T data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Read a record.
	 * @param id the id of the record
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default KintoObject<T> getRecord(String id) {
		return getRecord(id, UnaryOperator.identity());
	}

	/**
	 * Read a record.
	 * @param id the id of the record
	 * @param options of this operation
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id
	 */
	KintoObject<T> getRecord(String id, UnaryOperator<KintoReadOptions> options);

	/**
	 * Read a record, if there is one.
	 * @param id the id of the record
	 * @return the record, or empty if there is none of that id
	 * @throws KintoNotFoundException if there is no such collection
	 */
	default Optional<KintoObject<T>> findRecord(String id) {
		return findRecord(id, UnaryOperator.identity());
	}

	/**
	 * Read a record, if there is one.
	 * @param id the id of the record
	 * @param options of this operation
	 * @return the record, or empty if there is none of that id
	 * @throws KintoNotFoundException if there is no such collection
	 */
	Optional<KintoObject<T>> findRecord(String id, UnaryOperator<KintoReadOptions> options);

	/**
	 * Replace the data of a record, if nobody changed it since it was read.
	 * @param record what was read, {@linkplain KintoObject#withData(Object) with the new
	 * data}
	 * @return the record
	 * @throws KintoConflictException if it was changed or deleted since, unless {@code
	 * safe(false)} says not to compare
	 */
	default KintoObject<T> updateRecord(KintoObject<? extends T> record) {
		return updateRecord(record, UnaryOperator.identity());
	}

	/**
	 * Replace the data of a record, if nobody changed it since it was read.
	 * @param record what was read, {@linkplain KintoObject#withData(Object) with the new
	 * data}
	 * @param options of this operation
	 * @return the record
	 * @throws KintoConflictException if it was changed or deleted since, unless {@code
	 * safe(false)} says not to compare
	 */
	KintoObject<T> updateRecord(KintoObject<? extends T> record, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Replace the data of a record; create it if there is none.
	 * @param id the id of the record
	 * @param data the new data. If it has a {@code last_modified}, that is the version
	 * that the record must still have.
	 * @return the record
	 * @throws KintoConflictException if it is not of the version that it must have
	 */
	default KintoObject<T> updateRecord(String id, T data) {
		return updateRecord(id, data, UnaryOperator.identity());
	}

	/**
	 * Replace the data of a record; create it if there is none.
	 * @param id the id of the record
	 * @param data the new data. If it has a {@code last_modified}, that is the version
	 * that the record must still have.
	 * @param options of this operation
	 * @return the record
	 * @throws KintoConflictException if it is not of the version that it must have
	 */
	KintoObject<T> updateRecord(String id, T data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Read a record, change its data, and write that. Where somebody else changes it
	 * meanwhile, the change is applied again to what they have written, at most 10 times.
	 * @param id the id of the record
	 * @param change gives the new data; called once or more often
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id, or no longer when it is
	 * read again
	 * @throws KintoConflictException if it is deleted meanwhile, or changed again and
	 * again
	 */
	default KintoObject<T> updateRecord(String id, UnaryOperator<T> change) {
		return updateRecord(id, change, UnaryOperator.identity());
	}

	/**
	 * Read a record, change its data, and write that. Where somebody else changes it
	 * meanwhile, the change is applied again to what they have written, at most 10 times.
	 * @param id the id of the record
	 * @param change gives the new data; called once or more often
	 * @param options of this operation
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id, or no longer when it is
	 * read again
	 * @throws KintoConflictException if it is deleted meanwhile, or changed again and
	 * again
	 */
	KintoObject<T> updateRecord(String id, UnaryOperator<T> change, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a record and leave the others, if nobody changed it since it
	 * was read.
	 * @param record what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @return the record
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	default KintoObject<T> patchRecord(KintoObject<?> record, Object changes) {
		return patchRecord(record, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a record and leave the others, if nobody changed it since it
	 * was read.
	 * @param record what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @param options of this operation
	 * @return the record
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	KintoObject<T> patchRecord(KintoObject<?> record, Object changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a record and leave the others.
	 * @param id the id of the record
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default KintoObject<T> patchRecord(String id, Object changes) {
		return patchRecord(id, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a record and leave the others.
	 * @param id the id of the record
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} is stored as such, and a nested object is replaced whole
	 * @param options of this operation
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	KintoObject<T> patchRecord(String id, Object changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a record and leave the others, if nobody changed it since it
	 * was read.
	 * @param record what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @return the record
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	default KintoObject<T> mergePatchRecord(KintoObject<?> record, Object changes) {
		return mergePatchRecord(record, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a record and leave the others, if nobody changed it since it
	 * was read.
	 * @param record what was read
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @param options of this operation
	 * @return the record
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	KintoObject<T> mergePatchRecord(KintoObject<?> record, Object changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Change some fields of a record and leave the others.
	 * @param id the id of the record
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default KintoObject<T> mergePatchRecord(String id, Object changes) {
		return mergePatchRecord(id, changes, UnaryOperator.identity());
	}

	/**
	 * Change some fields of a record and leave the others.
	 * @param id the id of the record
	 * @param changes the fields to change, as a map or any class that Jackson writes as a
	 * JSON object; {@code null} removes a field, and nested objects are merged (JSON
	 * Merge Patch, RFC 7396)
	 * @param options of this operation
	 * @return the record
	 * @throws KintoNotFoundException if there is none of that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	KintoObject<T> mergePatchRecord(String id, Object changes, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Apply operations to a record, all or none (JSON Patch, RFC 6902), if nobody changed
	 * it since it was read.
	 * @param record what was read
	 * @param patch adds operations to none
	 * @return the record
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	default KintoObject<T> jsonPatchRecord(KintoObject<?> record, UnaryOperator<KintoPatch> patch) {
		return jsonPatchRecord(record, patch, UnaryOperator.identity());
	}

	/**
	 * Apply operations to a record, all or none (JSON Patch, RFC 6902), if nobody changed
	 * it since it was read.
	 * @param record what was read
	 * @param patch adds operations to none
	 * @param options of this operation
	 * @return the record
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted
	 */
	KintoObject<T> jsonPatchRecord(KintoObject<?> record, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Apply operations to a record, all or none (JSON Patch, RFC 6902).
	 * @param id the id of the record
	 * @param patch adds operations to none
	 * @return the record
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default KintoObject<T> jsonPatchRecord(String id, UnaryOperator<KintoPatch> patch) {
		return jsonPatchRecord(id, patch, UnaryOperator.identity());
	}

	/**
	 * Apply operations to a record, all or none (JSON Patch, RFC 6902).
	 * @param id the id of the record
	 * @param patch adds operations to none
	 * @param options of this operation
	 * @return the record
	 * @throws KintoInvalidRequestException if one of them cannot be applied
	 * @throws KintoNotFoundException if there is none of that id
	 */
	KintoObject<T> jsonPatchRecord(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Return the handle of a record's permissions. Nothing is sent.
	 * @param id the id of the record
	 * @return the handle
	 */
	PermissionOperations recordPermissions(String id);

	/**
	 * Delete a record, whatever its version.
	 * @param id the id of the record
	 * @return what is left of it
	 * @throws KintoNotFoundException if there is none of that id
	 */
	default KintoTombstone deleteRecord(String id) {
		return deleteRecord(id, UnaryOperator.identity());
	}

	/**
	 * Delete a record, whatever its version.
	 * @param id the id of the record
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoNotFoundException if there is none of that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	KintoTombstone deleteRecord(String id, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Delete a record, if nobody changed it since it was read.
	 * @param record what was read
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted already
	 */
	default KintoTombstone deleteRecord(KintoObject<?> record) {
		return deleteRecord(record, UnaryOperator.identity());
	}

	/**
	 * Delete a record, if nobody changed it since it was read.
	 * @param record what was read
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoNotFoundException if it is deleted already
	 */
	KintoTombstone deleteRecord(KintoObject<?> record, UnaryOperator<KintoWriteOptions> options);

	/**
	 * List records that the user may read, the latest change first unless the query says
	 * otherwise.
	 * @return the first page, as large as the server makes it
	 */
	default KintoPage<T> listRecords() {
		return listRecords(UnaryOperator.identity());
	}

	/**
	 * List records that the user may read, the latest change first unless the query says
	 * otherwise.
	 * @param query what to list
	 * @return the first page, as large as the server makes it
	 */
	KintoPage<T> listRecords(UnaryOperator<KintoQuery> query);

	/**
	 * List records, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known: {@link KintoPage#timestamp()}
	 * @return the first page, or empty if nothing has changed
	 */
	default Optional<KintoPage<T>> listRecordsIfChanged(KintoTimestamp since) {
		return listRecordsIfChanged(since, UnaryOperator.identity());
	}

	/**
	 * List records, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known: {@link KintoPage#timestamp()}
	 * @param query what to list
	 * @return the first page, or empty if nothing has changed
	 */
	Optional<KintoPage<T>> listRecordsIfChanged(KintoTimestamp since, UnaryOperator<KintoQuery> query);

	/**
	 * List all records that the user may read, page by page as they are consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @return the records; close it if it is not consumed to its end
	 */
	default Stream<KintoObject<T>> streamRecords() {
		return streamRecords(UnaryOperator.identity());
	}

	/**
	 * List all records that the user may read, page by page as they are consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @param query what to list
	 * @return the records; close it if it is not consumed to its end
	 */
	Stream<KintoObject<T>> streamRecords(UnaryOperator<KintoQuery> query);

	/**
	 * List all records that the user may read, in no order, with several requests at the
	 * same time. See {@link #streamRecordsInParallel(int, UnaryOperator)}.
	 * @param parallel how many requests are under way at the same time, between 1 and 64
	 * @return the records; close it if it is not consumed to its end
	 */
	default Stream<KintoObject<T>> streamRecordsInParallel(int parallel) {
		return streamRecordsInParallel(parallel, UnaryOperator.identity());
	}

	/**
	 * List all records that the user may read, with several requests at the same time.
	 * This is faster than {@link #streamRecords} if the latency of the server is high.
	 * Each record that does not change meanwhile is returned once, whatever happens to
	 * others; no record is returned twice.
	 * <p>
	 * Without {@code sort}, the records come in no order, from ranges of ids. Two
	 * requests find out how to divide the ids. The client holds up to three pages of each
	 * range.
	 * <p>
	 * With {@code sort("-last_modified")}, {@code sort("last_modified")},
	 * {@code sort("id")} or {@code sort("-id")}, the records come in that order, from
	 * consecutive ranges of the field. The client estimates ranges from the pages before
	 * them, so unevenly distributed records take more requests and more time. It holds
	 * one page as records, and up to {@code parallel} pages as bytes. Records that are
	 * created or changed after the first page are left out of an ascending order of
	 * {@code last_modified}. Ranges of {@code last_modified} contain tombstones, which
	 * are transferred and left out.
	 * @param parallel the maximum number of requests in flight, between 1 and 64
	 * @param query what to list; {@code limit} is the size of pages, {@code pages} is not
	 * supported, and neither are the filters on the field that divide it: in an ascending
	 * order and without one {@code greaterThan} and {@code max}, in a descending order
	 * {@code lessThan} and {@code min}
	 * @return the records; close it if it is not consumed to its end
	 * @throws IllegalArgumentException if {@code parallel} is out of bounds, or the query
	 * has another order, a number of pages or one of these filters
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/sorting.html">Kinto's sorting</a>
	 */
	Stream<KintoObject<T>> streamRecordsInParallel(int parallel, UnaryOperator<KintoQuery> query);

	/**
	 * List all records that the user may read, however many pages they are.
	 * @return the records
	 */
	default List<KintoObject<T>> listAllRecords() {
		return listAllRecords(UnaryOperator.identity());
	}

	/**
	 * List all records that the user may read, however many pages they are.
	 * @param query what to list
	 * @return the records
	 */
	List<KintoObject<T>> listAllRecords(UnaryOperator<KintoQuery> query);

	/**
	 * Count records that the user may read.
	 * @return the number, without those that are deleted
	 */
	default long countRecords() {
		return countRecords(UnaryOperator.identity());
	}

	/**
	 * Count records that the user may read.
	 * @param query which to count, without a limit and a number of pages
	 * @return the number, without those that are deleted
	 * @throws IllegalArgumentException if the query has what it cannot have
	 */
	long countRecords(UnaryOperator<KintoQuery> query);

	/**
	 * Ask for the version of the list of records.
	 * @return the version, which grows with each change of one of them
	 */
	KintoTimestamp getRecordsTimestamp();

	/**
	 * Delete the records that match, as far as the user may, however many they are.
	 * @param query which to delete; at least one filter
	 * @return what is left of them
	 * @throws IllegalArgumentException if the query has no filter; see
	 * {@link #deleteAllRecords()}
	 */
	List<KintoTombstone> deleteRecords(UnaryOperator<KintoQuery> query);

	/**
	 * Delete all records, as far as the user may.
	 * @return what is left of them
	 */
	List<KintoTombstone> deleteAllRecords();

	/**
	 * Read all records, with a checkpoint from which {@link #changes(KintoTimestamp)}
	 * goes on.
	 * @return all records as saved
	 */
	KintoChanges<T> changes();

	/**
	 * Read what was created, updated and deleted since a checkpoint. What the server has
	 * forgotten is missed: tombstones that it has purged, and records that were created
	 * with a version in the past.
	 * @param since the checkpoint: {@link KintoChanges#checkpoint()}
	 * @return the changes, with the checkpoint to go on from
	 */
	KintoChanges<T> changes(KintoTimestamp since);

	/**
	 * Read all records, and then what changes, without an end.
	 * @param interval how long to wait between two questions; longer where the server
	 * asks for less
	 * @return the changes, as many at a time as the server has on a page; resume from
	 * their checkpoints. Close it to end it.
	 */
	Stream<KintoChanges<T>> watchChanges(Duration interval);

	/**
	 * Read what has changed since a checkpoint, and then what changes, without an end.
	 * Where nothing has changed, hardly anything is transferred.
	 * @param since the checkpoint: {@link KintoChanges#checkpoint()}
	 * @param interval how long to wait between two questions; longer where the server
	 * asks for less
	 * @return the changes, as many at a time as the server has on a page; resume from
	 * their checkpoints. Close it to end it.
	 */
	Stream<KintoChanges<T>> watchChanges(KintoTimestamp since, Duration interval);

	/**
	 * List the records as they were at some time, the latest change first. It is read
	 * from the bucket's history: what was purged from there is missing, and a collection
	 * that does not exist has no records.
	 * @param at the version of a record or of the list, or the milliseconds since the
	 * epoch
	 * @return all records that there were
	 * @throws KintoUnsupportedException if the server keeps no history
	 * @throws KintoAccessDeniedException if the user may not read the collection
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/history.html">Kinto's history</a>
	 */
	List<KintoObject<T>> listSnapshot(KintoTimestamp at);

	/**
	 * Attach a file to a record, in the place of one that it has. See
	 * {@link #addAttachment(String, Resource, Object, UnaryOperator)}.
	 * @param id the id of the record
	 * @param file the file, which has a name
	 * @return what the record says of the file from now on
	 * @throws KintoUnsupportedException if the server takes no attachments
	 */
	default KintoAttachment addAttachment(String id, Resource file) {
		return addAttachment(id, file, UnaryOperator.identity());
	}

	/**
	 * Attach a file to a record, in the place of one that it has. See
	 * {@link #addAttachment(String, Resource, Object, UnaryOperator)}.
	 * @param id the id of the record
	 * @param file the file
	 * @param options options of this operation
	 * @return what the record says of the file from now on
	 * @throws KintoUnsupportedException if the server takes no attachments
	 */
	KintoAttachment addAttachment(String id, Resource file, UnaryOperator<KintoUploadOptions> options);

	/**
	 * Attach a file to a record, in the place of one that it has, and change its data.
	 * See {@link #addAttachment(String, Resource, Object, UnaryOperator)}.
	 * @param id the id of the record
	 * @param file the file, which has a name
	 * @param data what to change of the record's data
	 * @return what the record says of the file from now on
	 * @throws KintoUnsupportedException if the server takes no attachments
	 */
	default KintoAttachment addAttachment(String id, Resource file, T data) {
		return addAttachment(id, file, data, UnaryOperator.identity());
	}

	/**
	 * Attach a file to a record, in the place of one that it has, and change its data. If
	 * there is no such record, it is created. The file is read piece by piece while it is
	 * sent, which may take any time as long as it goes on.
	 * <p>
	 * The server compares no versions here, whatever {@code safe} says: the last file
	 * wins, and the one before it is gone. Which files it takes is configured by their
	 * extensions.
	 * @param id the id of the record
	 * @param file the file
	 * @param data what to change of the record's data; what it does not have is kept
	 * @param options options of this operation
	 * @return what the record says of the file from now on
	 * @throws IllegalArgumentException if the file does not exist or has no name; nothing
	 * is sent then
	 * @throws KintoUnsupportedException if the server takes no attachments
	 * @see <a href="https://github.com/Kinto/kinto-attachment">kinto-attachment</a>
	 */
	KintoAttachment addAttachment(String id, Resource file, T data, UnaryOperator<KintoUploadOptions> options);

	/**
	 * Read what a record says of the file that is attached to it.
	 * @param id the id of the record
	 * @return the attachment, or empty if the record has none, or if there is no record
	 */
	default Optional<KintoAttachment> findAttachment(String id) {
		return findAttachment(id, UnaryOperator.identity());
	}

	/**
	 * Read what a record says of the file that is attached to it.
	 * @param id the id of the record
	 * @param options options of this operation
	 * @return the attachment, or empty if the record has none, or if there is no record
	 */
	Optional<KintoAttachment> findAttachment(String id, UnaryOperator<KintoReadOptions> options);

	/**
	 * Remove the file that is attached to a record, if there is one, and keep the record.
	 * @param id the id of the record
	 * @return the version that the record has from now on
	 * @throws KintoNotFoundException if there is no such record
	 * @throws KintoUnsupportedException if the server takes no attachments
	 */
	default KintoTimestamp removeAttachment(String id) {
		return removeAttachment(id, UnaryOperator.identity());
	}

	/**
	 * Remove the file that is attached to a record, if there is one, and keep the record.
	 * The server compares no versions here, and would create a record that is missing: it
	 * is read before, so that this takes two requests.
	 * @param id the id of the record
	 * @param options options of this operation
	 * @return the version that the record has from now on
	 * @throws KintoNotFoundException if there is no such record
	 * @throws KintoUnsupportedException if the server takes no attachments
	 * @see <a href="https://github.com/Kinto/kinto-attachment">kinto-attachment</a>
	 */
	KintoTimestamp removeAttachment(String id, UnaryOperator<KintoReadOptions> options);

	/**
	 * Download a file that is attached to a record, and check that it is what was
	 * uploaded. It is asked for without credentials and headers of yours, and only where
	 * the server says that it keeps its files. How long it takes to consume does not
	 * count, but each part of it has to come within {@code kinto.timeout}.
	 * @param attachment what the record says of it
	 * @return the bytes as they come; close it. Reading fails with a
	 * {@link KintoException}: at the end if they are not those that were uploaded
	 * @throws IllegalArgumentException if it is anywhere else
	 * @throws KintoUnsupportedException if the server takes no attachments
	 * @see <a href="https://github.com/Kinto/kinto-attachment">kinto-attachment</a>
	 */
	InputStream downloadAttachment(KintoAttachment attachment);

	/**
	 * Return the same methods as calls, which are values and not sent.
	 * @return the calls
	 */
	CollectionCalls<T> calls();

}
