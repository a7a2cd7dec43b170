package io.kintospring.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

import org.springframework.core.ParameterizedTypeReference;

/**
 * The doors of a bucket: each makes a call and lets the client run it.
 */
final class DefaultBucketOperations implements BucketOperations {

	private final KintoClient client;

	private final BucketCalls calls;

	DefaultBucketOperations(KintoClient client, BucketCalls calls) {
		this.client = client;
		this.calls = calls;
	}

	@Override
	public String id() {
		return this.calls.id();
	}

	@Override
	public CollectionOperations<Map<String, Object>> collection(String id, UnaryOperator<KintoOptions> options) {
		return new DefaultCollectionOperations<>(this.client, this.calls.collection(id, options));
	}

	@Override
	public <T> CollectionOperations<T> collection(String id, Class<T> type, UnaryOperator<KintoOptions> options) {
		return new DefaultCollectionOperations<>(this.client, this.calls.collection(id, type, options));
	}

	@Override
	public <T> CollectionOperations<T> collection(String id, ParameterizedTypeReference<T> type,
			UnaryOperator<KintoOptions> options) {
		return new DefaultCollectionOperations<>(this.client, this.calls.collection(id, type, options));
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
	public KintoObject<Map<String, Object>> setData(KintoObject<? extends Map<String, ?>> bucket,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.setData(bucket, options));
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
	public KintoObject<Map<String, Object>> createCollection(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createCollection(data, options));
	}

	@Override
	public KintoObject<Map<String, Object>> createCollection(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createCollection(id, data, options));
	}

	@Override
	public KintoCreation<Map<String, Object>> createCollectionIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createCollectionIfAbsent(id, data, options));
	}

	@Override
	public KintoTombstone deleteCollection(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteCollection(id, options));
	}

	@Override
	public KintoTombstone deleteCollection(KintoObject<?> collection, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteCollection(collection, options));
	}

	@Override
	public KintoPage<Map<String, Object>> listCollections(UnaryOperator<KintoQuery> query) {
		return KintoPage.fetch(this.client, this.calls.listCollections(query));
	}

	@Override
	public Optional<KintoPage<Map<String, Object>>> listCollectionsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return KintoPage.fetchIfChanged(this.client, this.calls.listCollectionsIfChanged(since, query));
	}

	@Override
	public Stream<KintoObject<Map<String, Object>>> streamCollections(UnaryOperator<KintoQuery> query) {
		return this.client.awaitStream(this.calls.streamCollections(query));
	}

	@Override
	public List<KintoObject<Map<String, Object>>> listAllCollections(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.listAllCollections(query));
	}

	@Override
	public long countCollections(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.countCollections(query));
	}

	@Override
	public KintoTimestamp getCollectionsTimestamp() {
		return this.client.await(this.calls.getCollectionsTimestamp());
	}

	@Override
	public List<KintoTombstone> deleteCollections(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.deleteCollections(query));
	}

	@Override
	public List<KintoTombstone> deleteAllCollections() {
		return this.client.await(this.calls.deleteAllCollections());
	}

	@Override
	public KintoObject<KintoGroup> createGroup(KintoGroup data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createGroup(data, options));
	}

	@Override
	public KintoObject<KintoGroup> createGroup(String id, KintoGroup data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createGroup(id, data, options));
	}

	@Override
	public KintoCreation<KintoGroup> createGroupIfAbsent(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createGroupIfAbsent(id, data, options));
	}

	@Override
	public KintoObject<KintoGroup> getGroup(String id, UnaryOperator<KintoReadOptions> options) {
		return this.client.await(this.calls.getGroup(id, options));
	}

	@Override
	public Optional<KintoObject<KintoGroup>> findGroup(String id, UnaryOperator<KintoReadOptions> options) {
		return this.client.await(this.calls.findGroup(id, options));
	}

	@Override
	public KintoObject<KintoGroup> updateGroup(KintoObject<? extends KintoGroup> group,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.updateGroup(group, options));
	}

	@Override
	public KintoObject<KintoGroup> updateGroup(String id, KintoGroup data, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.updateGroup(id, data, options));
	}

	@Override
	public KintoObject<KintoGroup> updateGroup(String id, UnaryOperator<KintoGroup> change,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.updateGroup(id, change, options));
	}

	@Override
	public KintoObject<KintoGroup> patchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.patchGroup(group, changes, options));
	}

	@Override
	public KintoObject<KintoGroup> patchGroup(String id, Object changes, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.patchGroup(id, changes, options));
	}

	@Override
	public KintoObject<KintoGroup> mergePatchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.mergePatchGroup(group, changes, options));
	}

	@Override
	public KintoObject<KintoGroup> mergePatchGroup(String id, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.mergePatchGroup(id, changes, options));
	}

	@Override
	public KintoObject<KintoGroup> jsonPatchGroup(KintoObject<?> group, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.jsonPatchGroup(group, patch, options));
	}

	@Override
	public KintoObject<KintoGroup> jsonPatchGroup(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.jsonPatchGroup(id, patch, options));
	}

	@Override
	public KintoObject<KintoGroup> addMembers(String id, String... members) {
		return this.client.await(this.calls.addMembers(id, members));
	}

	@Override
	public KintoObject<KintoGroup> removeMembers(String id, String... members) {
		return this.client.await(this.calls.removeMembers(id, members));
	}

	@Override
	public PermissionOperations groupPermissions(String id) {
		return new DefaultPermissionOperations(this.client, this.calls.groupPermissions(id));
	}

	@Override
	public KintoTombstone deleteGroup(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteGroup(id, options));
	}

	@Override
	public KintoTombstone deleteGroup(KintoObject<?> group, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteGroup(group, options));
	}

	@Override
	public KintoPage<KintoGroup> listGroups(UnaryOperator<KintoQuery> query) {
		return KintoPage.fetch(this.client, this.calls.listGroups(query));
	}

	@Override
	public Optional<KintoPage<KintoGroup>> listGroupsIfChanged(KintoTimestamp since, UnaryOperator<KintoQuery> query) {
		return KintoPage.fetchIfChanged(this.client, this.calls.listGroupsIfChanged(since, query));
	}

	@Override
	public Stream<KintoObject<KintoGroup>> streamGroups(UnaryOperator<KintoQuery> query) {
		return this.client.awaitStream(this.calls.streamGroups(query));
	}

	@Override
	public List<KintoObject<KintoGroup>> listAllGroups(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.listAllGroups(query));
	}

	@Override
	public long countGroups(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.countGroups(query));
	}

	@Override
	public KintoTimestamp getGroupsTimestamp() {
		return this.client.await(this.calls.getGroupsTimestamp());
	}

	@Override
	public List<KintoTombstone> deleteGroups(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.deleteGroups(query));
	}

	@Override
	public List<KintoTombstone> deleteAllGroups() {
		return this.client.await(this.calls.deleteAllGroups());
	}

	@Override
	public KintoPage<KintoHistoryEntry> listHistory(UnaryOperator<KintoQuery> query) {
		return KintoPage.fetch(this.client, this.calls.listHistory(query));
	}

	@Override
	public Stream<KintoObject<KintoHistoryEntry>> streamHistory(UnaryOperator<KintoQuery> query) {
		return this.client.awaitStream(this.calls.streamHistory(query));
	}

	@Override
	public List<KintoTombstone> purgeHistory(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.purgeHistory(query));
	}

	@Override
	public List<KintoTombstone> purgeAllHistory() {
		return this.client.await(this.calls.purgeAllHistory());
	}

	@Override
	public BucketCalls calls() {
		return this.calls;
	}

}
