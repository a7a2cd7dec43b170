package io.kintospring.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;

/**
 * Talks to one Kinto server and waits for its responses. It is immutable and thread-safe.
 * <p>
 * A template that was built by {@link #builder(String)} or {@link #mutate()} owns its
 * client, and closes it. After that, every call fails at once and every watch ends.
 *
 * @see ReactiveKintoTemplate
 */
public class KintoTemplate implements KintoOperations, AutoCloseable {

	private final KintoClient client;

	private final KintoCalls calls;

	private final boolean ownsClient;

	/**
	 * Create a template on a client that is closed by its owner.
	 * @param client runs the calls
	 * @param calls makes the calls
	 */
	public KintoTemplate(KintoClient client, KintoCalls calls) {
		this(client, calls, false);
	}

	KintoTemplate(KintoClient client, KintoCalls calls, boolean ownsClient) {
		this.client = client;
		this.calls = calls;
		this.ownsClient = ownsClient;
	}

	/**
	 * Return which server this talks to, for people to read.
	 * @return the address of the server's API, without credentials
	 */
	public String server() {
		return this.client.server();
	}

	/**
	 * Start building a template, with a client and settings of its own.
	 * @param url the root of the server's API, such as
	 * {@code https://kinto.example.com/v1}
	 * @return a builder with defaults: no authentication, each user's own bucket
	 * @throws IllegalArgumentException if the URL cannot be one
	 */
	public static KintoTemplateBuilder builder(String url) {
		return new KintoTemplateBuilder(KintoClient.builder(url));
	}

	/**
	 * Start building a template like this one, such as for a second server.
	 * @return a builder with the settings of this template
	 * @see KintoTemplateBuilder#url(String)
	 */
	public KintoTemplateBuilder mutate() {
		return new KintoTemplateBuilder(this.client, this.calls);
	}

	/**
	 * Close the client, if this template owns it.
	 */
	@Override
	public void close() {
		if (this.ownsClient) {
			this.client.close();
		}
	}

	/**
	 * Run a call, such as one of your own to an endpoint that this template does not
	 * know.
	 * @param <R> what the answer is read as
	 * @param call the call
	 * @return what it gives
	 * @see KintoCall#of(KintoRequest, java.util.function.Function)
	 */
	public <R> R execute(KintoCall<R> call) {
		return this.client.await(call);
	}

	@Override
	public KintoServerInfo fetchServerInfo() {
		return this.client.await(this.calls.fetchServerInfo());
	}

	@Override
	public KintoServerSettings fetchServerSettings() {
		return this.client.await(this.calls.fetchServerSettings());
	}

	@Override
	public Map<String, KintoCapability> fetchServerCapabilities() {
		return this.client.await(this.calls.fetchServerCapabilities());
	}

	@Override
	public Optional<KintoUser> fetchUser() {
		return this.client.await(this.calls.fetchUser());
	}

	@Override
	public KintoApiVersion fetchHttpApiVersion() {
		return this.client.await(this.calls.fetchHttpApiVersion());
	}

	@Override
	public KintoHeartbeat fetchHeartbeat() {
		return this.client.await(this.calls.fetchHeartbeat());
	}

	@Override
	public BucketOperations bucket() {
		return new DefaultBucketOperations(this.client, this.calls.bucket());
	}

	@Override
	public BucketOperations bucket(String id, UnaryOperator<KintoOptions> options) {
		return new DefaultBucketOperations(this.client, this.calls.bucket(id, options));
	}

	@Override
	public KintoObject<Map<String, Object>> createBucket(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createBucket(data, options));
	}

	@Override
	public KintoObject<Map<String, Object>> createBucket(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createBucket(id, data, options));
	}

	@Override
	public KintoCreation<Map<String, Object>> createBucketIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.createBucketIfAbsent(id, data, options));
	}

	@Override
	public KintoTombstone deleteBucket(String id, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteBucket(id, options));
	}

	@Override
	public KintoTombstone deleteBucket(KintoObject<?> bucket, UnaryOperator<KintoWriteOptions> options) {
		return this.client.await(this.calls.deleteBucket(bucket, options));
	}

	@Override
	public KintoPage<Map<String, Object>> listBuckets(UnaryOperator<KintoQuery> query) {
		return KintoPage.fetch(this.client, this.calls.listBuckets(query));
	}

	@Override
	public Optional<KintoPage<Map<String, Object>>> listBucketsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return KintoPage.fetchIfChanged(this.client, this.calls.listBucketsIfChanged(since, query));
	}

	@Override
	public Stream<KintoObject<Map<String, Object>>> streamBuckets(UnaryOperator<KintoQuery> query) {
		return this.client.awaitStream(this.calls.streamBuckets(query));
	}

	@Override
	public List<KintoObject<Map<String, Object>>> listAllBuckets(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.listAllBuckets(query));
	}

	@Override
	public long countBuckets(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.countBuckets(query));
	}

	@Override
	public KintoTimestamp getBucketsTimestamp() {
		return this.client.await(this.calls.getBucketsTimestamp());
	}

	@Override
	public List<KintoTombstone> deleteBuckets(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.deleteBuckets(query));
	}

	@Override
	public List<KintoTombstone> deleteAllBuckets() {
		return this.client.await(this.calls.deleteAllBuckets());
	}

	@Override
	public KintoObject<Map<String, Object>> createAccount(String name, String password) {
		return this.client.await(this.calls.createAccount(name, password));
	}

	@Override
	public KintoObject<Map<String, Object>> changePassword(String name, String password) {
		return this.client.await(this.calls.changePassword(name, password));
	}

	@Override
	public KintoTombstone deleteAccount(String name) {
		return this.client.await(this.calls.deleteAccount(name));
	}

	@Override
	public List<KintoPermissionEntry> listPermissions(UnaryOperator<KintoQuery> query) {
		return this.client.await(this.calls.listPermissions(query));
	}

	@Override
	public Stream<KintoPermissionEntry> streamPermissions(UnaryOperator<KintoQuery> query) {
		return this.client.awaitStream(this.calls.streamPermissions(query));
	}

	@Override
	public BatchResult batch(List<? extends KintoCall<?>> calls, UnaryOperator<KintoBatchOptions> options) {
		return this.client.await(this.calls.batch(calls, options));
	}

	@Override
	public KintoCalls calls() {
		return this.calls;
	}

}
