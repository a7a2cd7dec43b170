package io.kintospring.protocol;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import io.kintospring.json.DataMapping;
import io.kintospring.json.KintoJson;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The calls to one bucket and its collections. What each call does is told by the
 * interface of the same methods, {@code BucketOperations}.
 */
public final class BucketCalls {

	private final String id;

	private final Scope own;

	private final Scope scope;

	private final ObjectCalls<Map<String, Object>> self;

	private final ObjectCalls<Map<String, Object>> collections;

	private final ListCalls<Map<String, Object>> collectionLists;

	private final ObjectCalls<KintoGroup> groups;

	private final ListCalls<KintoGroup> groupLists;

	private final HistoryCalls history;

	BucketCalls(Scope root, String id, KintoOptions options) {
		DataMapping<Map<String, Object>> attributes = root.json().attributes();
		DataMapping<KintoGroup> group = KintoJson.own().mapping(KintoGroup.class);
		this.id = id;
		this.own = root.with(options);
		this.scope = this.own.in(ObjectKind.BUCKET, id);
		this.self = new ObjectCalls<>(this.own, ObjectKind.BUCKET, attributes);
		this.collections = new ObjectCalls<>(this.scope, ObjectKind.COLLECTION, attributes);
		this.collectionLists = new ListCalls<>(this.scope, ObjectKind.COLLECTION, attributes);
		this.groups = new ObjectCalls<>(this.scope, ObjectKind.GROUP, group);
		this.groupLists = new ListCalls<>(this.scope, ObjectKind.GROUP, group);
		this.history = new HistoryCalls(this.scope);
	}

	public String id() {
		return this.id;
	}

	public CollectionCalls<Map<String, Object>> collection(String id) {
		return collection(id, UnaryOperator.identity());
	}

	public CollectionCalls<Map<String, Object>> collection(String id, UnaryOperator<KintoOptions> options) {
		return collection(id, this.scope.json().untyped(), options);
	}

	public <T> CollectionCalls<T> collection(String id, Class<T> type) {
		return collection(id, type, UnaryOperator.identity());
	}

	public <T> CollectionCalls<T> collection(String id, Class<T> type, UnaryOperator<KintoOptions> options) {
		return collection(id, (Type) type, options);
	}

	public <T> CollectionCalls<T> collection(String id, ParameterizedTypeReference<T> type) {
		return collection(id, type, UnaryOperator.identity());
	}

	public <T> CollectionCalls<T> collection(String id, ParameterizedTypeReference<T> type,
			UnaryOperator<KintoOptions> options) {
		return collection(id, type.getType(), options);
	}

	private <T> CollectionCalls<T> collection(String id, Type type, UnaryOperator<KintoOptions> options) {
		return collection(id, this.scope.json().<T>mapping(type), options);
	}

	private <T> CollectionCalls<T> collection(String id, DataMapping<T> mapping, UnaryOperator<KintoOptions> options) {
		return new CollectionCalls<>(this.scope, id, mapping, options.apply(KintoOptions.none()));
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

	public KintoCall<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> bucket) {
		return setData(bucket, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> setData(KintoObject<? extends Map<String, ?>> bucket,
			UnaryOperator<KintoWriteOptions> options) {
		return this.self.replace("setData", this.id, bucket, options.apply(KintoWriteOptions.none()));
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
		return new PermissionCalls(this.own, ObjectKind.BUCKET, this.id);
	}

	public KintoCall<KintoObject<Map<String, Object>>> createCollection() {
		return createCollection(Map.of(), UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> createCollection(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.collections.create("createCollection", null, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> createCollection(String id) {
		return createCollection(id, Map.of(), UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> createCollection(String id, Map<String, ?> data) {
		return createCollection(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> createCollection(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.collections.create("createCollection", id, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoCreation<Map<String, Object>>> createCollectionIfAbsent(String id) {
		return createCollectionIfAbsent(id, Map.of(), UnaryOperator.identity());
	}

	public KintoCall<KintoCreation<Map<String, Object>>> createCollectionIfAbsent(String id, Map<String, ?> data) {
		return createCollectionIfAbsent(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoCreation<Map<String, Object>>> createCollectionIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.collections.createIfAbsent("createCollectionIfAbsent", id, data,
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoTombstone> deleteCollection(String id) {
		return deleteCollection(id, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteCollection(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.collections.delete("deleteCollection", id, null, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoTombstone> deleteCollection(KintoObject<?> collection) {
		return deleteCollection(collection, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteCollection(KintoObject<?> collection,
			UnaryOperator<KintoWriteOptions> options) {
		return this.collections.delete("deleteCollection", collection.id(), collection.lastModified(),
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<ListResult<Map<String, Object>>> listCollections() {
		return listCollections(UnaryOperator.identity());
	}

	public KintoCall<ListResult<Map<String, Object>>> listCollections(UnaryOperator<KintoQuery> query) {
		return this.collectionLists.list("listCollections", query.apply(KintoQuery.all()));
	}

	public KintoCall<Optional<ListResult<Map<String, Object>>>> listCollectionsIfChanged(KintoTimestamp since) {
		return listCollectionsIfChanged(since, UnaryOperator.identity());
	}

	public KintoCall<Optional<ListResult<Map<String, Object>>>> listCollectionsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return this.collectionLists.listIfChanged("listCollectionsIfChanged", since, query.apply(KintoQuery.all()));
	}

	public KintoSequence<KintoObject<Map<String, Object>>> streamCollections() {
		return streamCollections(UnaryOperator.identity());
	}

	public KintoSequence<KintoObject<Map<String, Object>>> streamCollections(UnaryOperator<KintoQuery> query) {
		return this.collectionLists.stream("streamCollections", query.apply(KintoQuery.all()));
	}

	public KintoFlow<List<KintoObject<Map<String, Object>>>> listAllCollections() {
		return listAllCollections(UnaryOperator.identity());
	}

	public KintoFlow<List<KintoObject<Map<String, Object>>>> listAllCollections(UnaryOperator<KintoQuery> query) {
		return this.collectionLists.stream("listAllCollections", query.apply(KintoQuery.all())).collect();
	}

	public KintoCall<Long> countCollections() {
		return countCollections(UnaryOperator.identity());
	}

	public KintoCall<Long> countCollections(UnaryOperator<KintoQuery> query) {
		return this.collectionLists.count("countCollections", query.apply(KintoQuery.all()));
	}

	public KintoCall<KintoTimestamp> getCollectionsTimestamp() {
		return this.collectionLists.timestamp("getCollectionsTimestamp");
	}

	public KintoFlow<List<KintoTombstone>> deleteCollections(UnaryOperator<KintoQuery> query) {
		return this.collectionLists.delete("deleteCollections", query.apply(KintoQuery.all())).collect();
	}

	public KintoFlow<List<KintoTombstone>> deleteAllCollections() {
		return this.collectionLists.deleteAll("deleteAllCollections").collect();
	}

	public KintoCall<KintoObject<KintoGroup>> createGroup(KintoGroup data) {
		return createGroup(data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> createGroup(KintoGroup data, UnaryOperator<KintoWriteOptions> options) {
		return this.groups.create("createGroup", null, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> createGroup(String id, KintoGroup data) {
		return createGroup(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> createGroup(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.create("createGroup", id, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoCreation<KintoGroup>> createGroupIfAbsent(String id, KintoGroup data) {
		return createGroupIfAbsent(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoCreation<KintoGroup>> createGroupIfAbsent(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.createIfAbsent("createGroupIfAbsent", id, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> getGroup(String id) {
		return getGroup(id, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> getGroup(String id, UnaryOperator<KintoReadOptions> options) {
		return this.groups.get("getGroup", id, options.apply(KintoReadOptions.none()));
	}

	public KintoCall<Optional<KintoObject<KintoGroup>>> findGroup(String id) {
		return findGroup(id, UnaryOperator.identity());
	}

	public KintoCall<Optional<KintoObject<KintoGroup>>> findGroup(String id, UnaryOperator<KintoReadOptions> options) {
		return this.groups.find("findGroup", id, options.apply(KintoReadOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> updateGroup(KintoObject<? extends KintoGroup> group) {
		return updateGroup(group, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> updateGroup(KintoObject<? extends KintoGroup> group,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.replace("updateGroup", group.id(), group, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> updateGroup(String id, KintoGroup data) {
		return updateGroup(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> updateGroup(String id, KintoGroup data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.replace("updateGroup", id, null, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoFlow<KintoObject<KintoGroup>> updateGroup(String id, UnaryOperator<KintoGroup> change) {
		return updateGroup(id, change, UnaryOperator.identity());
	}

	public KintoFlow<KintoObject<KintoGroup>> updateGroup(String id, UnaryOperator<KintoGroup> change,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.update("updateGroup", id, change, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> patchGroup(KintoObject<?> group, Object changes) {
		return patchGroup(group, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> patchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.patch("patchGroup", group.id(), group.lastModified(), changes,
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> patchGroup(String id, Object changes) {
		return patchGroup(id, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> patchGroup(String id, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.patch("patchGroup", id, null, changes, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> mergePatchGroup(KintoObject<?> group, Object changes) {
		return mergePatchGroup(group, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> mergePatchGroup(KintoObject<?> group, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.mergePatch("mergePatchGroup", group.id(), group.lastModified(), changes,
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> mergePatchGroup(String id, Object changes) {
		return mergePatchGroup(id, changes, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> mergePatchGroup(String id, Object changes,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.mergePatch("mergePatchGroup", id, null, changes, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> jsonPatchGroup(KintoObject<?> group, UnaryOperator<KintoPatch> patch) {
		return jsonPatchGroup(group, patch, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> jsonPatchGroup(KintoObject<?> group, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.jsonPatch("jsonPatchGroup", group.id(), group.lastModified(),
				patch.apply(KintoPatch.create()), options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<KintoGroup>> jsonPatchGroup(String id, UnaryOperator<KintoPatch> patch) {
		return jsonPatchGroup(id, patch, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<KintoGroup>> jsonPatchGroup(String id, UnaryOperator<KintoPatch> patch,
			UnaryOperator<KintoWriteOptions> options) {
		return this.groups.jsonPatch("jsonPatchGroup", id, null, patch.apply(KintoPatch.create()),
				options.apply(KintoWriteOptions.none()));
	}

	public KintoFlow<KintoObject<KintoGroup>> addMembers(String id, String... members) {
		List<String> added = KintoGroup.of(members).members();
		return this.groups.update("addMembers", id, (group) -> group.withMembers(added), KintoWriteOptions.none());
	}

	public KintoFlow<KintoObject<KintoGroup>> removeMembers(String id, String... members) {
		return this.groups.update("removeMembers", id, (group) -> group.withoutMembers(List.of(members)),
				KintoWriteOptions.none());
	}

	public PermissionCalls groupPermissions(String id) {
		return new PermissionCalls(this.scope, ObjectKind.GROUP, id);
	}

	public KintoCall<KintoTombstone> deleteGroup(String id) {
		return deleteGroup(id, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteGroup(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.groups.delete("deleteGroup", id, null, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoTombstone> deleteGroup(KintoObject<?> group) {
		return deleteGroup(group, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteGroup(KintoObject<?> group, UnaryOperator<KintoWriteOptions> options) {
		return this.groups.delete("deleteGroup", group.id(), group.lastModified(),
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<ListResult<KintoGroup>> listGroups() {
		return listGroups(UnaryOperator.identity());
	}

	public KintoCall<ListResult<KintoGroup>> listGroups(UnaryOperator<KintoQuery> query) {
		return this.groupLists.list("listGroups", query.apply(KintoQuery.all()));
	}

	public KintoCall<Optional<ListResult<KintoGroup>>> listGroupsIfChanged(KintoTimestamp since) {
		return listGroupsIfChanged(since, UnaryOperator.identity());
	}

	public KintoCall<Optional<ListResult<KintoGroup>>> listGroupsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return this.groupLists.listIfChanged("listGroupsIfChanged", since, query.apply(KintoQuery.all()));
	}

	public KintoSequence<KintoObject<KintoGroup>> streamGroups() {
		return streamGroups(UnaryOperator.identity());
	}

	public KintoSequence<KintoObject<KintoGroup>> streamGroups(UnaryOperator<KintoQuery> query) {
		return this.groupLists.stream("streamGroups", query.apply(KintoQuery.all()));
	}

	public KintoFlow<List<KintoObject<KintoGroup>>> listAllGroups() {
		return listAllGroups(UnaryOperator.identity());
	}

	public KintoFlow<List<KintoObject<KintoGroup>>> listAllGroups(UnaryOperator<KintoQuery> query) {
		return this.groupLists.stream("listAllGroups", query.apply(KintoQuery.all())).collect();
	}

	public KintoCall<Long> countGroups() {
		return countGroups(UnaryOperator.identity());
	}

	public KintoCall<Long> countGroups(UnaryOperator<KintoQuery> query) {
		return this.groupLists.count("countGroups", query.apply(KintoQuery.all()));
	}

	public KintoCall<KintoTimestamp> getGroupsTimestamp() {
		return this.groupLists.timestamp("getGroupsTimestamp");
	}

	public KintoFlow<List<KintoTombstone>> deleteGroups(UnaryOperator<KintoQuery> query) {
		return this.groupLists.delete("deleteGroups", query.apply(KintoQuery.all())).collect();
	}

	public KintoFlow<List<KintoTombstone>> deleteAllGroups() {
		return this.groupLists.deleteAll("deleteAllGroups").collect();
	}

	public KintoCall<ListResult<KintoHistoryEntry>> listHistory() {
		return listHistory(UnaryOperator.identity());
	}

	public KintoCall<ListResult<KintoHistoryEntry>> listHistory(UnaryOperator<KintoQuery> query) {
		return this.history.list("listHistory", query.apply(KintoQuery.all()));
	}

	public KintoSequence<KintoObject<KintoHistoryEntry>> streamHistory() {
		return streamHistory(UnaryOperator.identity());
	}

	public KintoSequence<KintoObject<KintoHistoryEntry>> streamHistory(UnaryOperator<KintoQuery> query) {
		return this.history.stream("streamHistory", query.apply(KintoQuery.all()));
	}

	public KintoFlow<List<KintoTombstone>> purgeHistory(UnaryOperator<KintoQuery> query) {
		return this.history.purge("purgeHistory", query.apply(KintoQuery.all()));
	}

	public KintoFlow<List<KintoTombstone>> purgeAllHistory() {
		return this.history.purgeAll("purgeAllHistory");
	}

}
