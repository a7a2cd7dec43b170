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
 * Entry point to all calls to a Kinto server. Immutable. It creates calls and sends
 * nothing.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/index.html">Kinto's HTTP
 * API</a>
 */
public final class KintoCalls {

	private final ResourceContext root;

	private final String defaultBucket;

	/**
	 * Create the calls.
	 * @param mapper the mapper for data
	 * @param options the options that all calls inherit
	 * @param defaultBucket the id of the default bucket
	 * @throws IllegalArgumentException if no bucket can have that id
	 */
	public KintoCalls(JsonMapper mapper, KintoOptions options, String defaultBucket) {
		this.root = ResourceContext.root(new KintoJson(mapper), options);
		this.defaultBucket = defaultBucket;
		requireBucketId(defaultBucket);
	}

	/**
	 * Return calls without options, with a plain {@code JsonMapper} and Kinto's bucket
	 * {@code default}, which is personal to each user.
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
	 * Return the options that all calls inherit.
	 * @return the options
	 */
	public KintoOptions options() {
		return this.root.options();
	}

	/**
	 * Return calls with changed options.
	 * @param options a function that adds to the current options
	 * @return the calls
	 */
	public KintoCalls withOptions(UnaryOperator<KintoOptions> options) {
		return new KintoCalls(this.root.json().mapper(), options.apply(options()), this.defaultBucket);
	}

	/**
	 * Return calls with another default bucket.
	 * @param id the id of the default bucket
	 * @return the calls
	 * @throws IllegalArgumentException if no bucket can have that id
	 */
	public KintoCalls withDefaultBucket(String id) {
		return new KintoCalls(this.root.json().mapper(), options(), id);
	}

	/**
	 * Return calls with another mapper.
	 * @param mapper the mapper for data
	 * @return the calls
	 */
	public KintoCalls withMapper(JsonMapper mapper) {
		return new KintoCalls(mapper, options(), this.defaultBucket);
	}

	/**
	 * Read the server information: {@code GET /}.
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
		KintoOptions applied = KintoReadOptions.of(options).options();
		return KintoCall.serverInfo(operation, this.root.headers(applied), this.root.retry(applied));
	}

	/**
	 * Read the state of the server's backends: {@code GET /__heartbeat__}.
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
	 * Return the calls to the default bucket.
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
	 * @throws IllegalArgumentException if the id is not valid
	 */
	public BucketCalls bucket(String id, KintoOptions.Customizer... options) {
		return new BucketCalls(this.root, id, KintoOptions.of(options));
	}

	/**
	 * Create an account: {@code PUT} with {@code If-None-Match: *}. The call requires the
	 * capability {@code accounts}.
	 * @param name the name of the account
	 * @param password the password
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> createAccount(String name, String password) {
		return new AccountCalls(this.root).create(name, password);
	}

	/**
	 * Change the password of an account: {@code PATCH}. The call requires the capability
	 * {@code accounts}.
	 * @param name the name of the account
	 * @param password the new password
	 * @return the call
	 */
	public KintoCall<KintoObject<Map<String, Object>>> changePassword(String name, String password) {
		return new AccountCalls(this.root).changePassword(name, password);
	}

	/**
	 * Delete an account: {@code DELETE}. The call requires the capability
	 * {@code accounts}.
	 * @param name the name of the account
	 * @return the call
	 */
	public KintoCall<KintoTombstone> deleteAccount(String name) {
		return new AccountCalls(this.root).delete(name);
	}

	/**
	 * Read all permissions that the user has: {@code GET /permissions}. The flow requires
	 * the capability {@code permissions_endpoint}.
	 * @param query the entries to list, without {@code fields}
	 * @return the flow
	 */
	public KintoFlow<List<KintoPermissionEntry>> listPermissions(KintoQuery.Customizer... query) {
		return new PermissionListCalls(this.root).stream("listPermissions", KintoQuery.of(query)).collect();
	}

	/**
	 * Read all permissions that the user has, one page ahead of the consumer. The
	 * sequence requires the capability {@code permissions_endpoint}.
	 * @param query the entries to list, without {@code fields}
	 * @return the sequence
	 */
	public KintoSequence<KintoPermissionEntry> streamPermissions(KintoQuery.Customizer... query) {
		return new PermissionListCalls(this.root).stream("streamPermissions", KintoQuery.of(query));
	}

	/**
	 * Create a batch, which is sent in as few requests as the server allows.
	 * @param calls the calls
	 * @return the batch
	 */
	public KintoBatch batch(KintoCall<?>... calls) {
		return batch(List.of(calls));
	}

	/**
	 * Create a batch, which is sent in as few requests as the server allows.
	 * @param calls the calls
	 * @param options options of the batch
	 * @return the batch
	 */
	public KintoBatch batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return new KintoBatch(this.root, calls, KintoBatchOptions.of(options));
	}

}
