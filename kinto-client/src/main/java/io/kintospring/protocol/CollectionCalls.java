package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoChanges;
import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPatch;
import io.kintospring.KintoQuery;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUploadOptions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.json.DataMapping;

import org.springframework.core.io.Resource;

/**
 * The calls to one collection and its records. What each call does is told by the
 * interface of the same methods, {@code CollectionOperations}.
 *
 * @param <T> the type of the records' data
 */
public final class CollectionCalls<T> {

	private final String id;

	private final Scope own;

	private final Scope scope;

	private final ObjectCalls<Map<String, Object>> self;

	private final ObjectCalls<T> records;

	private final ListCalls<T> recordLists;

	private final AttachmentCalls<T> attachments;

	CollectionCalls(Scope bucket, String id, DataMapping<T> mapping, KintoOptions options) {
		this.id = id;
		this.own = bucket.with(options);
		this.scope = this.own.in(ObjectKind.COLLECTION, id);
		this.self = new ObjectCalls<>(this.own, ObjectKind.COLLECTION, bucket.json().attributes());
		this.records = new ObjectCalls<>(this.scope, ObjectKind.RECORD, mapping);
		this.recordLists = new ListCalls<>(this.scope, ObjectKind.RECORD, mapping);
		this.attachments = new AttachmentCalls<>(this.scope, mapping);
	}

	public String id() {
		return this.id;
	}

	public KintoCall<KintoObject<Map<String, Object>>> getData() {
		return getData(UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> getData(UnaryOperator<KintoReadOptions> options) {
		return this.self.get("getData", this.id, options.apply(KintoReadOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> setData(Map<String, ?> data) {
		return setData(data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> setData(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.self.replace("setData", this.id, null, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> collection) {
		return setData(collection, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> collection,
			UnaryOperator<KintoWriteOptions> options) {
		return this.self.replace("setData", this.id, collection, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> patchData(Map<String, ?> changes) {
		return patchData(changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> patchData(Map<String, ?> changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.self.patch("patchData", this.id, null, changes, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> mergePatchData(Map<String, ?> changes) {
		return mergePatchData(changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> mergePatchData(Map<String, ?> changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.self.mergePatch("mergePatchData", this.id, null, changes, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> jsonPatchData(UnaryOperator<KintoPatch> patch) {
		return jsonPatchData(patch, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> jsonPatchData(UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.self.jsonPatch("jsonPatchData", this.id, null, patch.apply(KintoPatch.create()),
				options.apply(KintoWriteOptions.none()));
	}

	public PermissionCalls permissions() {
		return new PermissionCalls(this.own, ObjectKind.COLLECTION, this.id);
	}

	public KintoCall<KintoObject<T>> createRecord(T data) {
		return createRecord(data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> createRecord(T data, UnaryOperator<KintoWriteOptions> options) {
		return this.records.create("createRecord", null, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> createRecord(String id, T data) {
		return createRecord(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> createRecord(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return this.records.create("createRecord", id, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoCreation<T>> createRecordIfAbsent(String id, T data) {
		return createRecordIfAbsent(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoCreation<T>> createRecordIfAbsent(String id, T data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.createIfAbsent("createRecordIfAbsent", id, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> getRecord(String id) {
		return getRecord(id, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> getRecord(String id, UnaryOperator<KintoReadOptions> options) {
		return this.records.get("getRecord", id, options.apply(KintoReadOptions.none()));
	}

	public KintoCall<Optional<KintoObject<T>>> findRecord(String id) {
		return findRecord(id, UnaryOperator.identity());
	}

	public KintoCall<Optional<KintoObject<T>>> findRecord(String id, UnaryOperator<KintoReadOptions> options) {
		return this.records.find("findRecord", id, options.apply(KintoReadOptions.none()));
	}

	public KintoCall<KintoObject<T>> updateRecord(KintoObject<? extends T> record) {
		return updateRecord(record, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> updateRecord(KintoObject<? extends T> record,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.replace("updateRecord", record.id(), record, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> updateRecord(String id, T data) {
		return updateRecord(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> updateRecord(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return this.records.replace("updateRecord", id, null, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoFlow<KintoObject<T>> updateRecord(String id, UnaryOperator<T> change) {
		return updateRecord(id, change, UnaryOperator.identity());
	}

	public KintoFlow<KintoObject<T>> updateRecord(String id, UnaryOperator<T> change,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.update("updateRecord", id, change, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> patchRecord(KintoObject<?> record, Object changes) {
		return patchRecord(record, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> patchRecord(KintoObject<?> record, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.patch("patchRecord", record.id(), record.lastModified(), changes,
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> patchRecord(String id, Object changes) {
		return patchRecord(id, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> patchRecord(String id, Object changes, UnaryOperator<KintoWriteOptions> options) {
		return this.records.patch("patchRecord", id, null, changes, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> mergePatchRecord(KintoObject<?> record, Object changes) {
		return mergePatchRecord(record, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> mergePatchRecord(KintoObject<?> record, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.mergePatch("mergePatchRecord", record.id(), record.lastModified(), changes,
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> mergePatchRecord(String id, Object changes) {
		return mergePatchRecord(id, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> mergePatchRecord(String id, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.mergePatch("mergePatchRecord", id, null, changes, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> jsonPatchRecord(KintoObject<?> record, UnaryOperator<KintoPatch> patch) {
		return jsonPatchRecord(record, patch, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> jsonPatchRecord(KintoObject<?> record, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.jsonPatch("jsonPatchRecord", record.id(), record.lastModified(),
				patch.apply(KintoPatch.create()), options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<T>> jsonPatchRecord(String id, UnaryOperator<KintoPatch> patch) {
		return jsonPatchRecord(id, patch, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<T>> jsonPatchRecord(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.records.jsonPatch("jsonPatchRecord", id, null, patch.apply(KintoPatch.create()),
				options.apply(KintoWriteOptions.none()));
	}

	public PermissionCalls recordPermissions(String id) {
		return new PermissionCalls(this.scope, ObjectKind.RECORD, id);
	}

	public KintoCall<KintoTombstone> deleteRecord(String id) {
		return deleteRecord(id, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteRecord(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.records.delete("deleteRecord", id, null, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoTombstone> deleteRecord(KintoObject<?> record) {
		return deleteRecord(record, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteRecord(KintoObject<?> record, UnaryOperator<KintoWriteOptions> options) {
		return this.records.delete("deleteRecord", record.id(), record.lastModified(),
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<ListResult<T>> listRecords() {
		return listRecords(UnaryOperator.identity());
	}

	public KintoCall<ListResult<T>> listRecords(UnaryOperator<KintoQuery> query) {
		return this.recordLists.list("listRecords", query.apply(KintoQuery.all()));
	}

	public KintoCall<Optional<ListResult<T>>> listRecordsIfChanged(KintoTimestamp since) {
		return listRecordsIfChanged(since, UnaryOperator.identity());
	}

	public KintoCall<Optional<ListResult<T>>> listRecordsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return this.recordLists.listIfChanged("listRecordsIfChanged", since, query.apply(KintoQuery.all()));
	}

	public KintoSequence<KintoObject<T>> streamRecords() {
		return streamRecords(UnaryOperator.identity());
	}

	public KintoSequence<KintoObject<T>> streamRecords(UnaryOperator<KintoQuery> query) {
		return this.recordLists.stream("streamRecords", query.apply(KintoQuery.all()));
	}

	public KintoParallelSequence<KintoObject<T>> streamRecordsInParallel(int parallel) {
		return streamRecordsInParallel(parallel, UnaryOperator.identity());
	}

	public KintoParallelSequence<KintoObject<T>> streamRecordsInParallel(int parallel,
			UnaryOperator<KintoQuery> query) {
		return this.recordLists.streamInParallel("streamRecordsInParallel", query.apply(KintoQuery.all()), parallel);
	}

	public KintoFlow<List<KintoObject<T>>> listAllRecords() {
		return listAllRecords(UnaryOperator.identity());
	}

	public KintoFlow<List<KintoObject<T>>> listAllRecords(UnaryOperator<KintoQuery> query) {
		return this.recordLists.stream("listAllRecords", query.apply(KintoQuery.all())).collect();
	}

	public KintoCall<Long> countRecords() {
		return countRecords(UnaryOperator.identity());
	}

	public KintoCall<Long> countRecords(UnaryOperator<KintoQuery> query) {
		return this.recordLists.count("countRecords", query.apply(KintoQuery.all()));
	}

	public KintoCall<KintoTimestamp> getRecordsTimestamp() {
		return this.recordLists.timestamp("getRecordsTimestamp");
	}

	public KintoFlow<List<KintoTombstone>> deleteRecords(UnaryOperator<KintoQuery> query) {
		return this.recordLists.delete("deleteRecords", query.apply(KintoQuery.all())).collect();
	}

	public KintoFlow<List<KintoTombstone>> deleteAllRecords() {
		return this.recordLists.deleteAll("deleteAllRecords").collect();
	}

	public KintoFlow<KintoChanges<T>> changes() {
		return this.recordLists.changes("changes", null);
	}

	public KintoFlow<KintoChanges<T>> changes(KintoTimestamp since) {
		return this.recordLists.changes("changes", since);
	}

	public KintoSequence<KintoChanges<T>> watchChanges(Duration interval) {
		return this.recordLists.watch("watchChanges", null, interval);
	}

	public KintoSequence<KintoChanges<T>> watchChanges(KintoTimestamp since, Duration interval) {
		return this.recordLists.watch("watchChanges", since, interval);
	}

	public KintoCall<List<KintoObject<T>>> listSnapshot(KintoTimestamp at) {
		return this.recordLists
			.whole("listSnapshot", ObjectKind.COLLECTION.object(this.own.path() + "/snapshot", this.id) + "@" + at)
			.requiring(Capabilities.HISTORY);
	}

	public KintoCall<KintoAttachment> addAttachment(String id, Resource file) {
		return addAttachment(id, file, UnaryOperator.identity());
	}

	public KintoCall<KintoAttachment> addAttachment(String id, Resource file,
			UnaryOperator<KintoUploadOptions> options) {
		return this.attachments.add("addAttachment", id, file, null, options.apply(KintoUploadOptions.none()));
	}

	public KintoCall<KintoAttachment> addAttachment(String id, Resource file, T data) {
		return addAttachment(id, file, data, UnaryOperator.identity());
	}

	public KintoCall<KintoAttachment> addAttachment(String id, Resource file, T data,
			UnaryOperator<KintoUploadOptions> options) {
		return this.attachments.add("addAttachment", id, file, data, options.apply(KintoUploadOptions.none()));
	}

	public KintoCall<Optional<KintoAttachment>> findAttachment(String id) {
		return findAttachment(id, UnaryOperator.identity());
	}

	public KintoCall<Optional<KintoAttachment>> findAttachment(String id, UnaryOperator<KintoReadOptions> options) {
		return this.attachments.find("findAttachment", id, options.apply(KintoReadOptions.none()));
	}

	public KintoFlow<KintoTimestamp> removeAttachment(String id) {
		return removeAttachment(id, UnaryOperator.identity());
	}

	public KintoFlow<KintoTimestamp> removeAttachment(String id, UnaryOperator<KintoReadOptions> options) {
		return this.attachments.remove("removeAttachment", id, options.apply(KintoReadOptions.none()));
	}

	public KintoDownload downloadAttachment(KintoAttachment attachment) {
		return this.attachments.download("downloadAttachment", attachment);
	}

}
