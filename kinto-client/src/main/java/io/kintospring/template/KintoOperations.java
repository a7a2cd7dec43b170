package io.kintospring.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoReadOptions;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.client.KintoExecutor;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.query.KintoQuery;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.server.KintoUser;

/**
 * Operations on a Kinto server, implemented by {@link KintoTemplate}.
 * <p>
 * Each method that sends a request throws
 * <ul>
 * <li>a {@link KintoException} if the request fails or the response is not the expected
 * one,</li>
 * <li>an {@link IllegalArgumentException} for input that Kinto cannot accept. Nothing is
 * sent.</li>
 * <li>an {@link IllegalStateException} on a thread that must not be blocked. Nothing is
 * sent.</li>
 * </ul>
 *
 * @see ReactiveKintoOperations
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/index.html">Kinto's
 * HTTP API</a>
 */
public interface KintoOperations {

	/**
	 * Read the server's name, versions, settings and capabilities, and the user that the
	 * credentials identify.
	 * @param options options of this operation
	 * @return the server info; without a user if the credentials are missing or wrong
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/utilities.html">Kinto's utility
	 * endpoints</a>
	 */
	default KintoServerInfo fetchServerInfo(KintoReadOptions.Customizer... options) {
		return execute(calls().fetchServerInfo(options));
	}

	/**
	 * Read the user that the credentials identify.
	 * @param options options of this operation
	 * @return the user, or empty if the credentials are missing or wrong
	 */
	default Optional<KintoUser> fetchUser(KintoReadOptions.Customizer... options) {
		return execute(calls().fetchUser(options));
	}

	/**
	 * Read the state of the server's backends. An unhealthy server is a result, not an
	 * exception.
	 * @return the heartbeat
	 */
	default KintoHeartbeat fetchHeartbeat() {
		return execute(calls().fetchHeartbeat());
	}

	/**
	 * Return a handle for all buckets.
	 * @return the handle
	 */
	default ContainerOperations buckets() {
		return new ContainerOperations.Handle(executor(), calls().buckets());
	}

	/**
	 * Return a handle for the default bucket, which is set by {@code kinto.bucket} or
	 * {@link KintoTemplateBuilder#defaultBucket(String)}. If none is set, it is Kinto's
	 * bucket {@code default}, which is personal to each user.
	 * @return the handle
	 */
	default BucketOperations bucket() {
		return new BucketOperations.Handle(executor(), calls().bucket());
	}

	/**
	 * Return a handle for a bucket. Nothing is sent.
	 * @param id the id of the bucket
	 * @param options options that all operations of the handle inherit
	 * @return the handle
	 * @throws IllegalArgumentException if the id is not valid
	 */
	default BucketOperations bucket(String id, KintoOptions.Customizer... options) {
		return new BucketOperations.Handle(executor(), calls().bucket(id, options));
	}

	/**
	 * Create an account, which is a user with a password. The server can allow anonymous
	 * users to create accounts. Administrators can create any account.
	 * @param name the name of the user, which can be an email address. The user id is
	 * {@code account:} followed by the name.
	 * @param password the password, at most 72 bytes
	 * @return the account, without the password
	 * @throws KintoUnsupportedException if the server does not have the capability
	 * {@code accounts}
	 * @throws KintoConflictException if an account with this name exists, unless
	 * {@code safe(false)} of the template allows it to be replaced
	 * @throws KintoInvalidRequestException if the request is authenticated as another
	 * user, except an administrator
	 * @throws KintoAccessDeniedException if the user does not have permission
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/accounts.html">Kinto's
	 * accounts</a>
	 */
	default KintoObject<Map<String, Object>> createAccount(String name, String password) {
		return execute(calls().createAccount(name, password));
	}

	/**
	 * Change the password of an account and keep its other attributes. Users can change
	 * their own password, administrators can change any. The server may accept the old
	 * password for some seconds.
	 * @param name the name of the user
	 * @param password the new password, at most 72 bytes
	 * @return the account, without the password
	 * @throws KintoUnsupportedException if the server does not have the capability
	 * {@code accounts}
	 * @throws KintoAccessDeniedException if the user does not have permission
	 */
	default KintoObject<Map<String, Object>> changePassword(String name, String password) {
		return execute(calls().changePassword(name, password));
	}

	/**
	 * Delete an account. Users can delete their own account, administrators can delete
	 * any. Objects of the user are kept.
	 * @param name the name of the user
	 * @return the tombstone
	 * @throws KintoUnsupportedException if the server does not have the capability
	 * {@code accounts}
	 * @throws KintoAccessDeniedException if the user does not have permission
	 */
	default KintoTombstone deleteAccount(String name) {
		return execute(calls().deleteAccount(name));
	}

	/**
	 * Read the permissions of the user on all objects into a list.
	 * @param query the entries to list, without {@code fields}. Filters can be on fields
	 * such as {@code resource_name} or {@code bucket_id}; Kinto rejects filters on
	 * unknown fields and on {@code permissions}.
	 * @return an entry for each object
	 * @throws KintoUnsupportedException if the server does not have the capability
	 * {@code permissions_endpoint}
	 */
	default List<KintoPermissionEntry> listPermissions(KintoQuery.Customizer... query) {
		return executor().execute(calls().listPermissions(query));
	}

	/**
	 * Stream the permissions of the user on all objects. The next page is fetched while
	 * you consume the current one.
	 * @param query the entries to list, without {@code fields}
	 * @return an entry for each object. Close the stream if you do not consume it to its
	 * end.
	 * @throws KintoUnsupportedException if the server does not have the capability
	 * {@code permissions_endpoint}
	 */
	default Stream<KintoPermissionEntry> streamPermissions(KintoQuery.Customizer... query) {
		return executor().stream(calls().streamPermissions(query));
	}

	/**
	 * Send several calls in as few requests as the server allows. A call that Kinto does
	 * not support in a batch, such as a JSON Patch, is sent alone, in its place in the
	 * order.
	 * @param calls the calls, such as {@code posts.calls().create(post)}
	 * @return the outcome of each call
	 * @throws KintoBatchException at the end if a call failed; it contains the outcomes
	 * @throws IllegalArgumentException if the same call is passed twice
	 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/batch.html">Kinto's
	 * batch operations</a>
	 */
	default BatchResult batch(KintoCall<?>... calls) {
		return batch(List.of(calls));
	}

	/**
	 * Send several calls in as few requests as the server and the options allow.
	 * @param calls the calls
	 * @param options options of the batch
	 * @return the outcome of each call
	 * @throws KintoBatchException at the end if a call failed, unless the options collect
	 * errors
	 * @throws IllegalArgumentException if the same call is passed twice
	 */
	default BatchResult batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return executor().execute(calls().batch(calls, options));
	}

	/**
	 * Send any number of calls in consecutive batches of up to 1,000 calls. Only the
	 * calls and outcomes of one batch are in memory at a time. A failed call is an
	 * outcome and not an exception. An exception of the stream of calls, such as for a
	 * call with invalid data, is thrown to the consumer after the outcomes of the calls
	 * that were sent.
	 * @param <R> the type of the calls' results
	 * @param calls the calls; the stream is closed with the returned one
	 * @param options options of each batch. With {@code stopAtFailedRequest()}, the
	 * outcomes end with those of the batch that stopped. The progress listener counts all
	 * calls so far.
	 * @return the outcomes, in the order of the calls. Calls are sent as you consume the
	 * stream.
	 */
	default <R> Stream<Outcome<R>> batch(Stream<? extends KintoCall<R>> calls,
			KintoBatchOptions.Customizer... options) {
		return BatchWindows.stream(executor(), calls(), calls, KintoBatchOptions.of(options));
	}

	/**
	 * Run a call: one of {@link #calls()}, or a call that {@code KintoCall.of} creates
	 * for an endpoint that this client does not support.
	 * @param <R> the type of the result
	 * @param call the call
	 * @return the result
	 */
	default <R> R execute(KintoCall<R> call) {
		return executor().execute(call);
	}

	/**
	 * Return the same operations as calls. A call is a value that you can send in a
	 * batch.
	 * @return the calls
	 */
	KintoCalls calls();

	/**
	 * Return the executor that runs the calls.
	 * @return the executor
	 */
	KintoExecutor executor();

}
