package io.kintospring.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * The doors of a collection: each makes a call and lets the client run it.
 */
final class DefaultReactiveCollectionOperations<T> implements ReactiveCollectionOperations<T> {

	private final KintoClient client;

	private final CollectionCalls<T> calls;

	DefaultReactiveCollectionOperations(KintoClient client, CollectionCalls<T> calls) {
		this.client = client;
		this.calls = calls;
	}

	@Override
	public String id() {
		return this.calls.id();
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> getData(UnaryOperator<KintoReadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.getData(options)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> setData(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.setData(data, options)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> collection,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.setData(collection, options)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> patchData(Map<String, ?> changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.patchData(changes, options)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> mergePatchData(Map<String, ?> changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.mergePatchData(changes, options)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> jsonPatchData(UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.jsonPatchData(patch, options)));
	}

	@Override
	public ReactivePermissionOperations permissions() {
		return new DefaultReactivePermissionOperations(this.client, this.calls.permissions());
	}

	@Override
	public Mono<KintoObject<T>> createRecord(T data, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createRecord(data, options)));
	}

	@Override
	public Mono<KintoObject<T>> createRecord(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createRecord(id, data, options)));
	}

	@Override
	public Mono<KintoCreation<T>> createRecordIfAbsent(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createRecordIfAbsent(id, data, options)));
	}

	@Override
	public Mono<KintoObject<T>> getRecord(String id, UnaryOperator<KintoReadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.getRecord(id, options)));
	}

	@Override
	public Mono<KintoObject<T>> findRecord(String id, UnaryOperator<KintoReadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.findRecord(id, options))).flatMap(Mono::justOrEmpty);
	}

	@Override
	public Mono<KintoObject<T>> updateRecord(KintoObject<? extends T> record,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.updateRecord(record, options)));
	}

	@Override
	public Mono<KintoObject<T>> updateRecord(String id, T data, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.updateRecord(id, data, options)));
	}

	@Override
	public Mono<KintoObject<T>> updateRecord(String id, UnaryOperator<T> change,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.updateRecord(id, change, options)));
	}

	@Override
	public Mono<KintoObject<T>> patchRecord(KintoObject<?> record, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.patchRecord(record, changes, options)));
	}

	@Override
	public Mono<KintoObject<T>> patchRecord(String id, Object changes, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.patchRecord(id, changes, options)));
	}

	@Override
	public Mono<KintoObject<T>> mergePatchRecord(KintoObject<?> record, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.mergePatchRecord(record, changes, options)));
	}

	@Override
	public Mono<KintoObject<T>> mergePatchRecord(String id, Object changes, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.mergePatchRecord(id, changes, options)));
	}

	@Override
	public Mono<KintoObject<T>> jsonPatchRecord(KintoObject<?> record, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.jsonPatchRecord(record, patch, options)));
	}

	@Override
	public Mono<KintoObject<T>> jsonPatchRecord(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.jsonPatchRecord(id, patch, options)));
	}

	@Override
	public ReactivePermissionOperations recordPermissions(String id) {
		return new DefaultReactivePermissionOperations(this.client, this.calls.recordPermissions(id));
	}

	@Override
	public Mono<KintoTombstone> deleteRecord(String id, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteRecord(id, options)));
	}

	@Override
	public Mono<KintoTombstone> deleteRecord(KintoObject<?> record, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteRecord(record, options)));
	}

	@Override
	public Mono<ReactiveKintoPage<T>> listRecords(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> ReactiveKintoPage.fetch(this.client, this.calls.listRecords(query)));
	}

	@Override
	public Mono<ReactiveKintoPage<T>> listRecordsIfChanged(KintoTimestamp since, UnaryOperator<KintoQuery> query) {
		return Mono
			.defer(() -> ReactiveKintoPage.fetchIfChanged(this.client, this.calls.listRecordsIfChanged(since, query)));
	}

	@Override
	public Flux<KintoObject<T>> streamRecords(UnaryOperator<KintoQuery> query) {
		return Flux.defer(() -> this.client.stream(this.calls.streamRecords(query)));
	}

	@Override
	public Flux<KintoObject<T>> streamRecordsInParallel(int parallel, UnaryOperator<KintoQuery> query) {
		return Flux.defer(() -> this.client.stream(this.calls.streamRecordsInParallel(parallel, query)));
	}

	@Override
	public Mono<List<KintoObject<T>>> listAllRecords(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.listAllRecords(query)));
	}

	@Override
	public Mono<Long> countRecords(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.countRecords(query)));
	}

	@Override
	public Mono<KintoTimestamp> getRecordsTimestamp() {
		return Mono.defer(() -> this.client.execute(this.calls.getRecordsTimestamp()));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteRecords(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteRecords(query)));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteAllRecords() {
		return Mono.defer(() -> this.client.execute(this.calls.deleteAllRecords()));
	}

	@Override
	public Mono<KintoChanges<T>> changes() {
		return Mono.defer(() -> this.client.execute(this.calls.changes()));
	}

	@Override
	public Mono<KintoChanges<T>> changes(KintoTimestamp since) {
		return Mono.defer(() -> this.client.execute(this.calls.changes(since)));
	}

	@Override
	public Flux<KintoChanges<T>> watchChanges(Duration interval) {
		return Flux.defer(() -> this.client.stream(this.calls.watchChanges(interval)));
	}

	@Override
	public Flux<KintoChanges<T>> watchChanges(KintoTimestamp since, Duration interval) {
		return Flux.defer(() -> this.client.stream(this.calls.watchChanges(since, interval)));
	}

	@Override
	public Mono<List<KintoObject<T>>> listSnapshot(KintoTimestamp at) {
		return Mono.defer(() -> this.client.execute(this.calls.listSnapshot(at)));
	}

	@Override
	public Mono<KintoAttachment> addAttachment(String id, Resource file, UnaryOperator<KintoUploadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.addAttachment(id, file, options)));
	}

	@Override
	public Mono<KintoAttachment> addAttachment(String id, Resource file, T data,
			UnaryOperator<KintoUploadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.addAttachment(id, file, data, options)));
	}

	@Override
	public Mono<KintoAttachment> findAttachment(String id, UnaryOperator<KintoReadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.findAttachment(id, options))).flatMap(Mono::justOrEmpty);
	}

	@Override
	public Mono<KintoTimestamp> removeAttachment(String id, UnaryOperator<KintoReadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.removeAttachment(id, options)));
	}

	@Override
	public Flux<DataBuffer> downloadAttachment(KintoAttachment attachment) {
		return Flux.defer(() -> this.client.stream(this.calls.downloadAttachment(attachment)));
	}

	@Override
	public CollectionCalls<T> calls() {
		return this.calls;
	}

}
