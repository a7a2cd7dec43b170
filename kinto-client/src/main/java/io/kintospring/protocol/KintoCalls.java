package io.kintospring.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTombstone;
import io.kintospring.json.KintoJson;
import io.kintospring.query.KintoQuery;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.server.KintoUser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls to a server. Immutable.
 */
public final class KintoCalls {

	private final ResourceContext root;

	private final String defaultBucket;

	/**
	 * Create the calls.
	 * @param mapper binds data
	 * @param options what all calls inherit
	 * @param defaultBucket the bucket that is meant where none is named
	 * @throws IllegalArgumentException if the bucket's id cannot be one
	 */
	public KintoCalls(JsonMapper mapper, KintoOptions options, String defaultBucket) {
		this.root = ResourceContext.root(new KintoJson(mapper), options);
		this.defaultBucket = defaultBucket;
		requireBucketId(defaultBucket);
	}

	/**
	 * Return calls that inherit no options, bind data with a plain mapper, and mean each
	 * user's own bucket where none is named.
	 * @return the calls
	 */
	public static KintoCalls defaults() {
		return new KintoCalls(JsonMapper.shared(), KintoOptions.of(), ObjectKind.DEFAULT_BUCKET);
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

	/**
	 * Read what the server says about itself: {@code GET /}.
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<KintoServerInfo> fetchServerInfo(KintoReadOptions.Customizer... options) {
		return serverInfo("fetchServerInfo", options);
	}

	/**
	 * Read the user that the credentials identify: {@code GET /}.
	 * @param options options of this call
	 * @return the call
	 */
	public KintoCall<Optional<KintoUser>> fetchUser(KintoReadOptions.Customizer... options) {
		return serverInfo("fetchUser", options).map((info) -> Optional.ofNullable(info.user()));
	}

	private KintoCall<KintoServerInfo> serverInfo(String operation, KintoReadOptions.Customizer... options) {
		return KintoCall.serverInfo(operation, this.root.headers(KintoReadOptions.of(options).options()));
	}

	/**
	 * Ask the server for the state of its backends: {@code GET /__heartbeat__}.
	 * @return the call
	 */
	public KintoCall<KintoHeartbeat> fetchHeartbeat() {
		return HeartbeatCalls.fetch("fetchHeartbeat", this.root);
	}

	/**
	 * Return the calls to all buckets.
	 * @return the calls
	 */
	public ContainerCalls buckets() {
		return new ContainerCalls(this.root, ObjectKind.BUCKET);
	}

	/**
	 * Return the calls to the default bucket of these calls.
	 * @return the calls
	 */
	public BucketCalls bucket() {
		return bucket(this.defaultBucket);
	}

	/**
	 * Return the calls to one bucket.
	 * @param id the id of the bucket
	 * @param options options that all calls inherit
	 * @return the calls
	 */
	public BucketCalls bucket(String id, KintoOptions.Customizer... options) {
		return new BucketCalls(this.root, id, KintoOptions.of(options));
	}

	/**
	 * Create an account: {@code PUT} with {@code If-None-Match: *}.
	 * @param name the name of the account
	 * @param password the password
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> createAccount(String name, String password) {
		return new AccountCalls(this.root).create(name, password);
	}

	/**
	 * Change the password of an account: {@code PATCH}.
	 * @param name the name of the account
	 * @param password the new password
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> changePassword(String name, String password) {
		return new AccountCalls(this.root).changePassword(name, password);
	}

	/**
	 * Delete an account: {@code DELETE}.
	 * @param name the name of the account
	 * @return the call
	 */
	public KintoCall<KintoTombstone> deleteAccount(String name) {
		return new AccountCalls(this.root).delete(name);
	}

	/**
	 * Read all permissions that the user has: {@code GET /permissions}.
	 * @param query the entries to list
	 * @return the flow
	 */
	public KintoFlow<List<KintoPermissionEntry>> listPermissions(KintoQuery.Customizer... query) {
		return new PermissionListCalls(this.root).stream("listPermissions", KintoQuery.of(query)).collect();
	}

	/**
	 * Read all permissions that the user has, one page ahead of the consumer.
	 * @param query the entries to list
	 * @return the sequence
	 */
	public KintoSequence<KintoPermissionEntry> streamPermissions(KintoQuery.Customizer... query) {
		return new PermissionListCalls(this.root).stream("streamPermissions", KintoQuery.of(query));
	}

	/**
	 * Send several calls in as few requests as the server allows.
	 * @param calls the calls
	 * @return the batch
	 */
	public KintoBatch batch(KintoCall<?>... calls) {
		return batch(List.of(calls));
	}

	/**
	 * Send several calls in as few requests as the server allows.
	 * @param calls the calls
	 * @param options options of the batch
	 * @return the batch
	 */
	public KintoBatch batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return new KintoBatch(this.root, calls, KintoBatchOptions.of(options));
	}

}
