package io.kintospring.template;

import java.util.List;
import java.util.Map;
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
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Talks to one Kinto server without waiting for its responses. It is immutable and
 * thread-safe.
 * <p>
 * A template that was built by {@link #builder(String)} or {@link #mutate()} owns its
 * client, and closes it. After that, every call fails at once and every watch ends.
 *
 * @see KintoTemplate
 */
public class ReactiveKintoTemplate implements ReactiveKintoOperations, AutoCloseable {

	private final KintoClient client;

	private final KintoCalls calls;

	private final boolean ownsClient;

	/**
	 * Create a template on a client that is closed by its owner.
	 * @param client runs the calls
	 * @param calls makes the calls
	 */
	public ReactiveKintoTemplate(KintoClient client, KintoCalls calls) {
		this(client, calls, false);
	}

	ReactiveKintoTemplate(KintoClient client, KintoCalls calls, boolean ownsClient) {
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
	public <R> Mono<R> execute(KintoCall<R> call) {
		return this.client.execute(call);
	}

	@Override
	public Mono<KintoServerInfo> fetchServerInfo() {
		return Mono.defer(() -> this.client.execute(this.calls.fetchServerInfo()));
	}

	@Override
	public Mono<KintoServerSettings> fetchServerSettings() {
		return Mono.defer(() -> this.client.execute(this.calls.fetchServerSettings()));
	}

	@Override
	public Mono<Map<String, KintoCapability>> fetchServerCapabilities() {
		return Mono.defer(() -> this.client.execute(this.calls.fetchServerCapabilities()));
	}

	@Override
	public Mono<KintoUser> fetchUser() {
		return Mono.defer(() -> this.client.execute(this.calls.fetchUser())).flatMap(Mono::justOrEmpty);
	}

	@Override
	public Mono<KintoApiVersion> fetchHttpApiVersion() {
		return Mono.defer(() -> this.client.execute(this.calls.fetchHttpApiVersion()));
	}

	@Override
	public Mono<KintoHeartbeat> fetchHeartbeat() {
		return Mono.defer(() -> this.client.execute(this.calls.fetchHeartbeat()));
	}

	@Override
	public ReactiveBucketOperations bucket() {
		return new DefaultReactiveBucketOperations(this.client, this.calls.bucket());
	}

	@Override
	public ReactiveBucketOperations bucket(String id, UnaryOperator<KintoOptions> options) {
		return new DefaultReactiveBucketOperations(this.client, this.calls.bucket(id, options));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> createBucket(Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createBucket(data, options)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> createBucket(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createBucket(id, data, options)));
	}

	@Override
	public Mono<KintoCreation<Map<String, Object>>> createBucketIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.createBucketIfAbsent(id, data, options)));
	}

	@Override
	public Mono<KintoTombstone> deleteBucket(String id, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteBucket(id, options)));
	}

	@Override
	public Mono<KintoTombstone> deleteBucket(KintoObject<?> bucket, UnaryOperator<KintoWriteOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteBucket(bucket, options)));
	}

	@Override
	public Mono<ReactiveKintoPage<Map<String, Object>>> listBuckets(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> ReactiveKintoPage.fetch(this.client, this.calls.listBuckets(query)));
	}

	@Override
	public Mono<ReactiveKintoPage<Map<String, Object>>> listBucketsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query) {
		return Mono
			.defer(() -> ReactiveKintoPage.fetchIfChanged(this.client, this.calls.listBucketsIfChanged(since, query)));
	}

	@Override
	public Flux<KintoObject<Map<String, Object>>> streamBuckets(UnaryOperator<KintoQuery> query) {
		return Flux.defer(() -> this.client.stream(this.calls.streamBuckets(query)));
	}

	@Override
	public Mono<List<KintoObject<Map<String, Object>>>> listAllBuckets(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.listAllBuckets(query)));
	}

	@Override
	public Mono<Long> countBuckets(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.countBuckets(query)));
	}

	@Override
	public Mono<KintoTimestamp> getBucketsTimestamp() {
		return Mono.defer(() -> this.client.execute(this.calls.getBucketsTimestamp()));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteBuckets(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteBuckets(query)));
	}

	@Override
	public Mono<List<KintoTombstone>> deleteAllBuckets() {
		return Mono.defer(() -> this.client.execute(this.calls.deleteAllBuckets()));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> createAccount(String name, String password) {
		return Mono.defer(() -> this.client.execute(this.calls.createAccount(name, password)));
	}

	@Override
	public Mono<KintoObject<Map<String, Object>>> changePassword(String name, String password) {
		return Mono.defer(() -> this.client.execute(this.calls.changePassword(name, password)));
	}

	@Override
	public Mono<KintoTombstone> deleteAccount(String name) {
		return Mono.defer(() -> this.client.execute(this.calls.deleteAccount(name)));
	}

	@Override
	public Mono<List<KintoPermissionEntry>> listPermissions(UnaryOperator<KintoQuery> query) {
		return Mono.defer(() -> this.client.execute(this.calls.listPermissions(query)));
	}

	@Override
	public Flux<KintoPermissionEntry> streamPermissions(UnaryOperator<KintoQuery> query) {
		return Flux.defer(() -> this.client.stream(this.calls.streamPermissions(query)));
	}

	@Override
	public Mono<BatchResult> batch(List<? extends KintoCall<?>> calls, UnaryOperator<KintoBatchOptions> options) {
		return Mono.defer(() -> this.client.execute(this.calls.batch(calls, options)));
	}

	@Override
	public KintoCalls calls() {
		return this.calls;
	}

}
