package io.kintospring.template;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoChanges;
import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoPatch;
import io.kintospring.KintoQuery;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUploadOptions;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.CollectionCalls;

import org.springframework.core.io.Resource;

/**
 * The doors of a collection: each makes a call and lets the client run it.
 */
final class DefaultCollectionOperations<T> implements CollectionOperations<T> {

	private final KintoClient client;

	private final CollectionCalls<T> calls;

	DefaultCollectionOperations(KintoClient client, CollectionCalls<T> calls) {
		this.client = client;
		this.calls = calls;
	}

	@Override
	public String id() {
		return this.calls.id();
	}

	@Override
	public KintoObject<Map<String, Object>> getData(UnaryOperator<KintoReadOptions> options) {
		return this.client.await(this.calls.getData(options));
	}

	@Override
	public KintoObject<Map<String, Object>> setData(Map<String, ?> data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.setData(data, options));
	}

	@Override
	public KintoObject<Map<String, Object>> setData(KintoObject<? extends Map<String, ?>> collection,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.setData(collection, options));
	}

	@Override
	public KintoObject<Map<String, Object>> patchData(Map<String, ?> changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.patchData(changes, options));
	}

	@Override
	public KintoObject<Map<String, Object>> mergePatchData(Map<String, ?> changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.mergePatchData(changes, options));
	}

	@Override
	public KintoObject<Map<String, Object>> jsonPatchData(UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.jsonPatchData(patch, options));
	}

	@Override
	public PermissionOperations permissions() {
		return new DefaultPermissionOperations(this.client, this.calls.permissions());
	}

	@Override
	public KintoObject<T> createRecord(T data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createRecord(data, options));
	}

	@Override
	public KintoObject<T> createRecord(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createRecord(id, data, options));
	}

	@Override
	public KintoCreation<T> createRecordIfAbsent(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createRecordIfAbsent(id, data, options));
	}

	@Override
	public KintoObject<T> getRecord(String id, UnaryOperator<KintoReadOptions> options) {
		return this.client.await(this.calls.getRecord(id, options));
	}

	@Override
	public Optional<KintoObject<T>> findRecord(String id, UnaryOperator<KintoReadOptions> options) {
		return this.client.await(this.calls.findRecord(id, options));
	}

	@Override
	public KintoObject<T> updateRecord(KintoObject<? extends T> record, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.updateRecord(record, options));
	}

	@Override
	public KintoObject<T> updateRecord(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.updateRecord(id, data, options));
	}

	@Override
	public KintoObject<T> updateRecord(String id, UnaryOperator<T> change, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.updateRecord(id, change, options));
	}

	@Override
	public KintoObject<T> patchRecord(KintoObject<?> record, Object changes, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.patchRecord(record, changes, options));
	}

	@Override
	public KintoObject<T> patchRecord(String id, Object changes, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.patchRecord(id, changes, options));
	}

	@Override
	public KintoObject<T> mergePatchRecord(KintoObject<?> record, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.mergePatchRecord(record, changes, options));
	}

	@Override
	public KintoObject<T> mergePatchRecord(String id, Object changes, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.mergePatchRecord(id, changes, options));
	}

	@Override
	public KintoObject<T> jsonPatchRecord(KintoObject<?> record, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.jsonPatchRecord(record, patch, options));
	}

	@Override
	public KintoObject<T> jsonPatchRecord(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.jsonPatchRecord(id, patch, options));
	}

	@Override
	public PermissionOperations recordPermissions(String id) {
		return new DefaultPermissionOperations(this.client, this.calls.recordPermissions(id));
	}

	@Override
	public KintoTombstone deleteRecord(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteRecord(id, options));
	}

	@Override
	public KintoTombstone deleteRecord(KintoObject<?> record, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteRecord(record, options));
	}

	@Override
	public KintoPage<T> listRecords(UnaryOperator<KintoQuery> query) {
		return KintoPage.fetch(this.client, this.calls.listRecords(query));
	}

	@Override
	public Optional<KintoPage<T>> listRecordsIfChanged(KintoTimestamp since, UnaryOperator<KintoQuery> query) {
		return KintoPage.fetchIfChanged(this.client, this.calls.listRecordsIfChanged(since, query));
	}

	@Override
	public Stream<KintoObject<T>> streamRecords(UnaryOperator<KintoQuery> query) {
		return this.client.awaitStream(this.calls.streamRecords(query));
	}

	@Override
	public Stream<KintoObject<T>> streamRecordsInParallel(int parallel, UnaryOperator<KintoQuery> query) {
		return this.client.awaitStream(this.calls.streamRecordsInParallel(parallel, query));
	}

	@Override
	public List<KintoObject<T>> listAllRecords(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.listAllRecords(query));
	}

	@Override
	public long countRecords(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.countRecords(query));
	}

	@Override
	public KintoTimestamp getRecordsTimestamp() {
		return this.client.await(this.calls.getRecordsTimestamp());
	}

	@Override
	public List<KintoTombstone> deleteRecords(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.deleteRecords(query));
	}

	@Override
	public List<KintoTombstone> deleteAllRecords() {
		return this.client.await(this.calls.deleteAllRecords());
	}

	@Override
	public KintoChanges<T> changes() {
		return this.client.await(this.calls.changes());
	}

	@Override
	public KintoChanges<T> changes(KintoTimestamp since) {
		return this.client.await(this.calls.changes(since));
	}

	@Override
	public Stream<KintoChanges<T>> watchChanges(Duration interval) {
		return this.client.awaitStream(this.calls.watchChanges(interval));
	}

	@Override
	public Stream<KintoChanges<T>> watchChanges(KintoTimestamp since, Duration interval) {
		return this.client.awaitStream(this.calls.watchChanges(since, interval));
	}

	@Override
	public List<KintoObject<T>> listSnapshot(KintoTimestamp at) {
		return this.client.await(this.calls.listSnapshot(at));
	}

	@Override
	public KintoAttachment addAttachment(String id, Resource file, UnaryOperator<KintoUploadOptions> options) {
		return this.client.await(this.calls.addAttachment(id, file, options));
	}

	@Override
	public KintoAttachment addAttachment(String id, Resource file, T data, UnaryOperator<KintoUploadOptions> options) {
		return this.client.await(this.calls.addAttachment(id, file, data, options));
	}

	@Override
	public Optional<KintoAttachment> findAttachment(String id, UnaryOperator<KintoReadOptions> options) {
		return this.client.await(this.calls.findAttachment(id, options));
	}

	@Override
	public KintoTimestamp removeAttachment(String id, UnaryOperator<KintoReadOptions> options) {
		return this.client.await(this.calls.removeAttachment(id, options));
	}

	@Override
	public InputStream downloadAttachment(KintoAttachment attachment) {
		return this.client.awaitStream(this.calls.downloadAttachment(attachment));
	}

	@Override
	public CollectionCalls<T> calls() {
		return this.calls;
	}

}
