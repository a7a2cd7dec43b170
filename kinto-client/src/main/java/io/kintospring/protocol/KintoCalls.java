package io.kintospring.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.kintospring.KintoApiVersion;
import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoCapability;
import io.kintospring.KintoCreation;
import io.kintospring.KintoHeartbeat;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoQuery;
import io.kintospring.KintoServerInfo;
import io.kintospring.KintoServerSettings;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUser;
import io.kintospring.KintoWriteOptions;
import io.kintospring.json.KintoJson;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls to a server as a whole: what it is, and its buckets. What each call does is
 * told by the interface of the same methods, {@code KintoOperations}.
 */
public final class KintoCalls {

	private final Scope root;

	private final String defaultBucket;

	private final ObjectCalls<Map<String, Object>> buckets;

	private final ListCalls<Map<String, Object>> bucketLists;

	private final AccountCalls accounts;

	private final PermissionListCalls permissions;

	/**
	 * Create the calls.
	 * @param mapper binds data
	 * @param options what all calls inherit
	 * @param defaultBucket the bucket that is meant where none is named
	 * @throws IllegalArgumentException if the bucket's id cannot be one
	 */
	public KintoCalls(JsonMapper mapper, KintoOptions options, String defaultBucket) {
		this.root = Scope.root(new KintoJson(mapper), options);
		this.buckets = new ObjectCalls<>(this.root, ObjectKind.BUCKET, this.root.json().attributes());
		this.bucketLists = new ListCalls<>(this.root, ObjectKind.BUCKET, this.root.json().attributes());
		this.accounts = new AccountCalls(this.root);
		this.permissions = new PermissionListCalls(this.root);
		this.defaultBucket = defaultBucket;
		requireBucketId(defaultBucket);
	}

	/**
	 * Return calls that inherit no options, bind data with a plain mapper, and mean each
	 * user's own bucket where none is named.
	 * @return the calls
	 */
	public static KintoCalls defaults() {
		return new KintoCalls(JsonMapper.shared(), KintoOptions.none(), ObjectKind.DEFAULT_BUCKET);
	}

	/**
	 * Check that a bucket can have an id.
	 * @param id the id
	 * @throws IllegalArgumentException if no bucket can have that id
	 */
	public static void requireBucketId(String id) {
		ObjectKind.BUCKET.object("", id);
	}

	/**
	 * Return calls of which all inherit further options.
	 * @param options adds to the options that they have
	 * @return the calls
	 */
	public KintoCalls withOptions(UnaryOperator<KintoOptions> options) {
		return new KintoCalls(this.root.json().mapper(), options.apply(this.root.options()), this.defaultBucket);
	}

	/**
	 * Return calls with another default bucket.
	 * @param id the bucket that is meant where none is named
	 * @return the calls
	 * @throws IllegalArgumentException if no bucket can have that id
	 */
	public KintoCalls withDefaultBucket(String id) {
		return new KintoCalls(this.root.json().mapper(), this.root.options(), id);
	}

	/**
	 * Return calls that bind data otherwise.
	 * @param mapper binds data
	 * @return the calls
	 */
	public KintoCalls withMapper(JsonMapper mapper) {
		return new KintoCalls(mapper, this.root.options(), this.defaultBucket);
	}

	public KintoCall<KintoServerInfo> fetchServerInfo() {
		return serverInfo("fetchServerInfo");
	}

	public KintoCall<KintoServerSettings> fetchServerSettings() {
		return serverInfo("fetchServerSettings").map(KintoServerInfo::settings);
	}

	public KintoCall<Map<String, KintoCapability>> fetchServerCapabilities() {
		return serverInfo("fetchServerCapabilities").map(KintoServerInfo::capabilities);
	}

	public KintoCall<Optional<KintoUser>> fetchUser() {
		return serverInfo("fetchUser").map((info) -> Optional.ofNullable(info.user()));
	}

	public KintoCall<KintoApiVersion> fetchHttpApiVersion() {
		return serverInfo("fetchHttpApiVersion").map(KintoServerInfo::httpApiVersion);
	}

	public KintoCall<KintoHeartbeat> fetchHeartbeat() {
		return HeartbeatCalls.fetch("fetchHeartbeat", this.root);
	}

	public BucketCalls bucket() {
		return bucket(this.defaultBucket);
	}

	public BucketCalls bucket(String id) {
		return bucket(id, UnaryOperator.identity());
	}

	public BucketCalls bucket(String id, UnaryOperator<KintoOptions> options) {
		return new BucketCalls(this.root, id, options.apply(KintoOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> createBucket() {
		return createBucket(Map.of(), UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> createBucket(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.buckets.create("createBucket", null, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoObject<Map<String, Object>>> createBucket(String id) {
		return createBucket(id, Map.of(), UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> createBucket(String id, Map<String, ?> data) {
		return createBucket(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoObject<Map<String, Object>>> createBucket(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.buckets.create("createBucket", id, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoCreation<Map<String, Object>>> createBucketIfAbsent(String id) {
		return createBucketIfAbsent(id, Map.of(), UnaryOperator.identity());
	}

	public KintoCall<KintoCreation<Map<String, Object>>> createBucketIfAbsent(String id, Map<String, ?> data) {
		return createBucketIfAbsent(id, data, UnaryOperator.identity());
	}

	public KintoCall<KintoCreation<Map<String, Object>>> createBucketIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.buckets.createIfAbsent("createBucketIfAbsent", id, data, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoTombstone> deleteBucket(String id) {
		return deleteBucket(id, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteBucket(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.buckets.delete("deleteBucket", id, null, options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<KintoTombstone> deleteBucket(KintoObject<?> bucket) {
		return deleteBucket(bucket, UnaryOperator.identity());
	}

	public KintoCall<KintoTombstone> deleteBucket(KintoObject<?> bucket, UnaryOperator<KintoWriteOptions> options) {
		return this.buckets.delete("deleteBucket", bucket.id(), bucket.lastModified(),
				options.apply(KintoWriteOptions.none()));
	}

	public KintoCall<ListResult<Map<String, Object>>> listBuckets() {
		return listBuckets(UnaryOperator.identity());
	}

	public KintoCall<ListResult<Map<String, Object>>> listBuckets(UnaryOperator<KintoQuery> query) {
		return this.bucketLists.list("listBuckets", query.apply(KintoQuery.all()));
	}

	public KintoCall<Optional<ListResult<Map<String, Object>>>> listBucketsIfChanged(KintoTimestamp since) {
		return listBucketsIfChanged(since, UnaryOperator.identity());
	}

	public KintoCall<Optional<ListResult<Map<String, Object>>>> listBucketsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return this.bucketLists.listIfChanged("listBucketsIfChanged", since, query.apply(KintoQuery.all()));
	}

	public KintoSequence<KintoObject<Map<String, Object>>> streamBuckets() {
		return streamBuckets(UnaryOperator.identity());
	}

	public KintoSequence<KintoObject<Map<String, Object>>> streamBuckets(UnaryOperator<KintoQuery> query) {
		return this.bucketLists.stream("streamBuckets", query.apply(KintoQuery.all()));
	}

	public KintoFlow<List<KintoObject<Map<String, Object>>>> listAllBuckets() {
		return listAllBuckets(UnaryOperator.identity());
	}

	public KintoFlow<List<KintoObject<Map<String, Object>>>> listAllBuckets(UnaryOperator<KintoQuery> query) {
		return this.bucketLists.stream("listAllBuckets", query.apply(KintoQuery.all())).collect();
	}

	public KintoCall<Long> countBuckets() {
		return countBuckets(UnaryOperator.identity());
	}

	public KintoCall<Long> countBuckets(UnaryOperator<KintoQuery> query) {
		return this.bucketLists.count("countBuckets", query.apply(KintoQuery.all()));
	}

	public KintoCall<KintoTimestamp> getBucketsTimestamp() {
		return this.bucketLists.timestamp("getBucketsTimestamp");
	}

	public KintoFlow<List<KintoTombstone>> deleteBuckets(UnaryOperator<KintoQuery> query) {
		return this.bucketLists.delete("deleteBuckets", query.apply(KintoQuery.all())).collect();
	}

	public KintoFlow<List<KintoTombstone>> deleteAllBuckets() {
		return this.bucketLists.deleteAll("deleteAllBuckets").collect();
	}

	public KintoCall<KintoObject<Map<String, Object>>> createAccount(String name, String password) {
		return this.accounts.create("createAccount", name, password);
	}

	public KintoCall<KintoObject<Map<String, Object>>> changePassword(String name, String password) {
		return this.accounts.changePassword("changePassword", name, password);
	}

	public KintoCall<KintoTombstone> deleteAccount(String name) {
		return this.accounts.delete("deleteAccount", name);
	}

	public KintoFlow<List<KintoPermissionEntry>> listPermissions() {
		return listPermissions(UnaryOperator.identity());
	}

	public KintoFlow<List<KintoPermissionEntry>> listPermissions(UnaryOperator<KintoQuery> query) {
		return this.permissions.stream("listPermissions", query.apply(KintoQuery.all())).collect();
	}

	public KintoSequence<KintoPermissionEntry> streamPermissions() {
		return streamPermissions(UnaryOperator.identity());
	}

	public KintoSequence<KintoPermissionEntry> streamPermissions(UnaryOperator<KintoQuery> query) {
		return this.permissions.stream("streamPermissions", query.apply(KintoQuery.all()));
	}

	public KintoBatch batch(KintoCall<?>... calls) {
		return batch(List.of(calls));
	}

	public KintoBatch batch(List<? extends KintoCall<?>> calls) {
		return batch(calls, UnaryOperator.identity());
	}

	public KintoBatch batch(List<? extends KintoCall<?>> calls, UnaryOperator<KintoBatchOptions> options) {
		return new KintoBatch(this.root, calls, options.apply(KintoBatchOptions.defaults()));
	}

	private KintoCall<KintoServerInfo> serverInfo(String operation) {
		return ServerInfoReader.call(operation, this.root.headers(this.root.options()));
	}

}
