package io.kintospring.template;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.kintospring.KintoCreation;
import io.kintospring.KintoGroup;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPatch;
import io.kintospring.KintoQuery;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.BucketCalls;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The doors of a bucket: each makes a call and lets the client run it.
 */
final class DefaultReactiveBucketOperations implements ReactiveBucketOperations {

	private final KintoClient client;

	private final BucketCalls calls;

	DefaultReactiveBucketOperations(KintoClient client, BucketCalls calls) {
		this.client = client;
		this.calls = calls;
	}

	@Override
	public String id() {
		return this.calls.id();
	}

	@Override
	public ReactiveCollectionOperations<Map<String, Object>> collection(String id,
			UnaryOperator<KintoOptions> options) {
		return new DefaultReactiveCollectionOperations<>(this.client, this.calls.collection(id, options));
	}

	@Override
	public <T> ReactiveCollectionOperations<T> collection(String id, Class<T> type,
			UnaryOperator<KintoOptions> options) {
		return new DefaultReactiveCollectionOperations<>(this.client, this.calls.collection(id, type, options));
	}

	@Override
	public <T> ReactiveCollectionOperations<T> collection(String id, ParameterizedTypeReference<T> type,
			UnaryOperator<KintoOptions> options) {
		return new DefaultReactiveCollectionOperations<>(this.client, this.calls.collection(id, type, options));
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
	public Mono<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> bucket,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.setData(bucket, options)));
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
	public Mono<KintoObject<Map<String, Object>>> createCollection(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createCollection(data, options)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> createCollection(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createCollection(id, data, options)));
	}

	@Override
	public Mono<KintoCreation<Map<String, Object>>> createCollectionIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createCollectionIfAbsent(id, data, options)));
	}

	@Override
	public Mono<KintoTombstone> deleteCollection(String id, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteCollection(id, options)));
	}

	@Override
	public Mono<KintoTombstone> deleteCollection(KintoObject<?> collection, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteCollection(collection, options)));
	}

	@Override
	public Mono<ReactiveKintoPage<Map<String, Object>>> listCollections(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> ReactiveKintoPage.fetch(this.client, this.calls.listCollections(query)));
	}

	@Override
	public Mono<ReactiveKintoPage<Map<String, Object>>> listCollectionsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return Mono.defer(
				() -> ReactiveKintoPage.fetchIfChanged(this.client, this.calls.listCollectionsIfChanged(since, query)));
	}

	@Override
	public Flux<KintoObject<Map<String, Object>>> streamCollections(UnaryOperator<KintoQuery> query) {
		return Flux.defer(() -> this.client.stream(this.calls.streamCollections(query)));
	}

	@Override
	public Mono<List<KintoObject<Map<String, Object>>>> listAllCollections(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.listAllCollections(query)));
	}

	@Override
	public Mono<Long> countCollections(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.countCollections(query)));
	}

	@Override
	public Mono<KintoTimestamp> getCollectionsTimestamp() {
		return Mono.defer(() -> this.client.execute(this.calls.getCollectionsTimestamp()));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteCollections(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteCollections(query)));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteAllCollections() {
		return Mono.defer(() -> this.client.execute(this.calls.deleteAllCollections()));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> createGroup(KintoGroup data, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createGroup(data, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> createGroup(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createGroup(id, data, options)));
	}

	@Override
	public Mono<KintoCreation<KintoGroup>> createGroupIfAbsent(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createGroupIfAbsent(id, data, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> getGroup(String id, UnaryOperator<KintoReadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.getGroup(id, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> findGroup(String id, UnaryOperator<KintoReadOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.findGroup(id, options))).flatMap(Mono::justOrEmpty);
	}

	@Override
	public Mono<KintoObject<KintoGroup>> updateGroup(KintoObject<? extends KintoGroup> group,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.updateGroup(group, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> updateGroup(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.updateGroup(id, data, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> updateGroup(String id, UnaryOperator<KintoGroup> change,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.updateGroup(id, change, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> patchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.patchGroup(group, changes, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> patchGroup(String id, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.patchGroup(id, changes, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> mergePatchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.mergePatchGroup(group, changes, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> mergePatchGroup(String id, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.mergePatchGroup(id, changes, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> jsonPatchGroup(KintoObject<?> group, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.jsonPatchGroup(group, patch, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> jsonPatchGroup(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.jsonPatchGroup(id, patch, options)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> addMembers(String id, String... members) {
		return Mono.defer(() -> this.client.execute(this.calls.addMembers(id, members)));
	}

	@Override
	public Mono<KintoObject<KintoGroup>> removeMembers(String id, String... members) {
		return Mono.defer(() -> this.client.execute(this.calls.removeMembers(id, members)));
	}

	@Override
	public ReactivePermissionOperations groupPermissions(String id) {
		return new DefaultReactivePermissionOperations(this.client, this.calls.groupPermissions(id));
	}

	@Override
	public Mono<KintoTombstone> deleteGroup(String id, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteGroup(id, options)));
	}

	@Override
	public Mono<KintoTombstone> deleteGroup(KintoObject<?> group, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteGroup(group, options)));
	}

	@Override
	public Mono<ReactiveKintoPage<KintoGroup>> listGroups(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> ReactiveKintoPage.fetch(this.client, this.calls.listGroups(query)));
	}

	@Override
	public Mono<ReactiveKintoPage<KintoGroup>> listGroupsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return Mono
			.defer(() -> ReactiveKintoPage.fetchIfChanged(this.client, this.calls.listGroupsIfChanged(since, query)));
	}

	@Override
	public Flux<KintoObject<KintoGroup>> streamGroups(UnaryOperator<KintoQuery> query) {
		return Flux.defer(() -> this.client.stream(this.calls.streamGroups(query)));
	}

	@Override
	public Mono<List<KintoObject<KintoGroup>>> listAllGroups(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.listAllGroups(query)));
	}

	@Override
	public Mono<Long> countGroups(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.countGroups(query)));
	}

	@Override
	public Mono<KintoTimestamp> getGroupsTimestamp() {
		return Mono.defer(() -> this.client.execute(this.calls.getGroupsTimestamp()));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteGroups(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteGroups(query)));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteAllGroups() {
		return Mono.defer(() -> this.client.execute(this.calls.deleteAllGroups()));
	}

	@Override
	public Mono<ReactiveKintoPage<KintoHistoryEntry>> listHistory(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> ReactiveKintoPage.fetch(this.client, this.calls.listHistory(query)));
	}

	@Override
	public Flux<KintoObject<KintoHistoryEntry>> streamHistory(UnaryOperator<KintoQuery> query) {
		return Flux.defer(() -> this.client.stream(this.calls.streamHistory(query)));
	}

	@Override
	public Mono<List<KintoTombstone>> purgeHistory(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.purgeHistory(query)));
	}

	@Override
	public Mono<List<KintoTombstone>> purgeAllHistory() {
		return Mono.defer(() -> this.client.execute(this.calls.purgeAllHistory()));
	}

	@Override
	public BucketCalls calls() {
		return this.calls;
	}

}
