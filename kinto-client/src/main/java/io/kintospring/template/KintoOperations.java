package io.kintospring.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoApiVersion;
import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoCapability;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoException;
import io.kintospring.KintoHeartbeat;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoQuery;
import io.kintospring.KintoServerInfo;
import io.kintospring.KintoServerSettings;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.KintoUser;
import io.kintospring.KintoWriteOptions;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;

/**
 * What can be asked of a server as a whole: what it is, and its buckets.
 * <p>
 * Each method that talks to the server throws a {@link KintoException} if no answer comes
 * or one that is not what was asked for, an {@link IllegalArgumentException} for input
 * that Kinto cannot take, and an {@link IllegalStateException} on a thread that must not
 * wait; in the latter two cases nothing is sent.
 *
 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/index.html">Kinto's
 * HTTP API</a>
 */
public interface KintoOperations {

	/**
	 * Fetch what the server says of itself.
	 * @return the server's name, versions, settings, capabilities, and its user
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/utilities.html">Kinto's utility
	 * endpoints</a>
	 */
	KintoServerInfo fetchServerInfo();

	/**
	 * Fetch the server's settings that matter to clients.
	 * @return the settings
	 */
	KintoServerSettings fetchServerSettings();

	/**
	 * Fetch which plugins the server has.
	 * @return the capabilities by name
	 */
	Map<String, KintoCapability> fetchServerCapabilities();

	/**
	 * Fetch who the server takes the caller for.
	 * @return the user; empty without credentials, and with wrong ones, too
	 */
	Optional<KintoUser> fetchUser();

	/**
	 * Fetch which version of the HTTP API the server speaks.
	 * @return the version
	 */
	KintoApiVersion fetchHttpApiVersion();

	/**
	 * Fetch how the server is. A server that is not well answers with an error, which is
	 * a result here all the same.
	 * @return which of the server's backends work
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/utilities.html">Kinto's utility
	 * endpoints</a>
	 */
	KintoHeartbeat fetchHeartbeat();

	/**
	 * Return the handle of the default bucket. Nothing is sent.
	 * @return the bucket that {@code kinto.bucket} names, by default each user's own
	 */
	BucketOperations bucket();

	/**
	 * Return the handle of a bucket. Nothing is sent.
	 * @param id the id of the bucket
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no bucket can have that id
	 */
	default BucketOperations bucket(String id) {
		return bucket(id, UnaryOperator.identity());
	}

	/**
	 * Return the handle of a bucket. Nothing is sent.
	 * @param id the id of the bucket
	 * @param options what the bucket's operations inherit
	 * @return the handle, which is immutable: keep it
	 * @throws IllegalArgumentException if no bucket can have that id
	 */
	BucketOperations bucket(String id, UnaryOperator<KintoOptions> options);

	/**
	 * Create a bucket without attributes, of an id that the server chooses.
	 * @return the bucket
	 */
	default KintoObject<Map<String, Object>> createBucket() {
		return createBucket(Map.of(), UnaryOperator.identity());
	}

	/**
	 * Create a bucket, of the id that the data has, or else of one that the server
	 * chooses.
	 * @param data the attributes
	 * @param options of this operation
	 * @return the bucket
	 * @throws KintoConflictException if the data has an id and there is a bucket of that
	 * id already, unless {@code safe(false)} lets it be replaced
	 */
	KintoObject<Map<String, Object>> createBucket(Map<String, ?> data, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a bucket without attributes.
	 * @param id the id of the bucket
	 * @return the bucket
	 * @throws KintoConflictException if there is a bucket of that id already
	 */
	default KintoObject<Map<String, Object>> createBucket(String id) {
		return createBucket(id, Map.of(), UnaryOperator.identity());
	}

	/**
	 * Create a bucket.
	 * @param id the id of the bucket, whatever id the data has
	 * @param data the attributes
	 * @return the bucket
	 * @throws KintoConflictException if there is a bucket of that id already
	 */
	default KintoObject<Map<String, Object>> createBucket(String id, Map<String, ?> data) {
		return createBucket(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a bucket.
	 * @param id the id of the bucket, whatever id the data has
	 * @param data the attributes
	 * @param options of this operation
	 * @return the bucket
	 * @throws KintoConflictException if there is a bucket of that id already, unless
	 * {@code safe(false)} lets it be replaced
	 */
	KintoObject<Map<String, Object>> createBucket(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Create a bucket without attributes, or get the one of that id that is there
	 * already, which is left as it is.
	 * @param id the id of the bucket
	 * @return the bucket, and whether it was created
	 */
	default KintoCreation<Map<String, Object>> createBucketIfAbsent(String id) {
		return createBucketIfAbsent(id, Map.of(), UnaryOperator.identity());
	}

	/**
	 * Create a bucket, or get the one of that id that is there already, which is left as
	 * it is.
	 * @param id the id of the bucket, whatever id the data has
	 * @param data the attributes if it is not there
	 * @return the bucket, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	default KintoCreation<Map<String, Object>> createBucketIfAbsent(String id, Map<String, ?> data) {
		return createBucketIfAbsent(id, data, UnaryOperator.identity());
	}

	/**
	 * Create a bucket, or get the one of that id that is there already, which is left as
	 * it is.
	 * @param id the id of the bucket, whatever id the data has
	 * @param data the attributes if it is not there
	 * @param options of this operation
	 * @return the bucket, and whether it was created
	 * @throws KintoAccessDeniedException if it is there and the user may not read it
	 */
	KintoCreation<Map<String, Object>> createBucketIfAbsent(String id, Map<String, ?> data,
			UnaryOperator<KintoWriteOptions> options);

	/**
	 * Delete a bucket and all that is in it.
	 * @param id the id of the bucket
	 * @return what is left of it
	 * @throws KintoAccessDeniedException if the user may not, and if there is none of
	 * that id
	 */
	default KintoTombstone deleteBucket(String id) {
		return deleteBucket(id, UnaryOperator.identity());
	}

	/**
	 * Delete a bucket and all that is in it.
	 * @param id the id of the bucket
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoAccessDeniedException if the user may not, and if there is none of
	 * that id
	 * @throws KintoConflictException if it is not of the version that the options name
	 */
	KintoTombstone deleteBucket(String id, UnaryOperator<KintoWriteOptions> options);

	/**
	 * Delete a bucket and all that is in it, if nobody changed it itself since it was
	 * read.
	 * @param bucket what was read
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoAccessDeniedException if the user may not, and if there is none of
	 * that id
	 */
	default KintoTombstone deleteBucket(KintoObject<?> bucket) {
		return deleteBucket(bucket, UnaryOperator.identity());
	}

	/**
	 * Delete a bucket and all that is in it, if nobody changed it itself since it was
	 * read.
	 * @param bucket what was read
	 * @param options of this operation
	 * @return what is left of it
	 * @throws KintoConflictException if it was changed since
	 * @throws KintoAccessDeniedException if the user may not, and if there is none of
	 * that id
	 */
	KintoTombstone deleteBucket(KintoObject<?> bucket, UnaryOperator<KintoWriteOptions> options);

	/**
	 * List buckets that the user may read, the latest change first unless the query says
	 * otherwise.
	 * @return the first page, as large as the server makes it
	 */
	default KintoPage<Map<String, Object>> listBuckets() {
		return listBuckets(UnaryOperator.identity());
	}

	/**
	 * List buckets that the user may read, the latest change first unless the query says
	 * otherwise.
	 * @param query what to list
	 * @return the first page, as large as the server makes it
	 */
	KintoPage<Map<String, Object>> listBuckets(UnaryOperator<KintoQuery> query);

	/**
	 * List buckets, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known: {@link KintoPage#timestamp()}
	 * @return the first page, or empty if nothing has changed
	 */
	default Optional<KintoPage<Map<String, Object>>> listBucketsIfChanged(KintoTimestamp since) {
		return listBucketsIfChanged(since, UnaryOperator.identity());
	}

	/**
	 * List buckets, if one of them was changed, created or deleted since.
	 * @param since the version of the list that is known: {@link KintoPage#timestamp()}
	 * @param query what to list
	 * @return the first page, or empty if nothing has changed
	 */
	Optional<KintoPage<Map<String, Object>>> listBucketsIfChanged(KintoTimestamp since,
			UnaryOperator<KintoQuery> query);

	/**
	 * List all buckets that the user may read, page by page as they are consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @return the buckets; close it if it is not consumed to its end
	 */
	default Stream<KintoObject<Map<String, Object>>> streamBuckets() {
		return streamBuckets(UnaryOperator.identity());
	}

	/**
	 * List all buckets that the user may read, page by page as they are consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @param query what to list
	 * @return the buckets; close it if it is not consumed to its end
	 */
	Stream<KintoObject<Map<String, Object>>> streamBuckets(UnaryOperator<KintoQuery> query);

	/**
	 * List all buckets that the user may read, however many pages they are.
	 * @return the buckets
	 */
	default List<KintoObject<Map<String, Object>>> listAllBuckets() {
		return listAllBuckets(UnaryOperator.identity());
	}

	/**
	 * List all buckets that the user may read, however many pages they are.
	 * @param query what to list
	 * @return the buckets
	 */
	List<KintoObject<Map<String, Object>>> listAllBuckets(UnaryOperator<KintoQuery> query);

	/**
	 * Count buckets that the user may read.
	 * @return the number, without those that are deleted
	 */
	default long countBuckets() {
		return countBuckets(UnaryOperator.identity());
	}

	/**
	 * Count buckets that the user may read.
	 * @param query which to count, without a limit and a number of pages
	 * @return the number, without those that are deleted
	 * @throws IllegalArgumentException if the query has what it cannot have
	 */
	long countBuckets(UnaryOperator<KintoQuery> query);

	/**
	 * Ask for the version of the list of buckets.
	 * @return the version, which grows with each change of one of them
	 */
	KintoTimestamp getBucketsTimestamp();

	/**
	 * Delete the buckets that match, as far as the user may, however many they are.
	 * @param query which to delete; at least one filter
	 * @return what is left of them
	 * @throws IllegalArgumentException if the query has no filter; see
	 * {@link #deleteAllBuckets()}
	 */
	List<KintoTombstone> deleteBuckets(UnaryOperator<KintoQuery> query);

	/**
	 * Delete all buckets, as far as the user may.
	 * @return what is left of them
	 */
	List<KintoTombstone> deleteAllBuckets();

	/**
	 * Create an account: a user with a password. Who asks may be nobody, where the server
	 * allows it; an administrator can create any account, other users none.
	 * @param name the user's name, which may be an address of e-mail; the user id is
	 * {@code account:} with that name
	 * @param password the password, of at most 72 bytes
	 * @return the account, without the password
	 * @throws KintoUnsupportedException if the server has no accounts
	 * @throws KintoConflictException if there is an account of that name already, unless
	 * {@code safe(false)} lets it be replaced
	 * @throws KintoInvalidRequestException if the user is somebody else
	 * @throws KintoAccessDeniedException if the user may not
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/accounts.html">Kinto's
	 * accounts</a>
	 */
	KintoObject<Map<String, Object>> createAccount(String name, String password);

	/**
	 * Change the password of an account, one's own unless the user is an administrator.
	 * Other attributes of the account are kept. The server may take the old password for
	 * some seconds more.
	 * @param name the user's name
	 * @param password the new password, of at most 72 bytes
	 * @return the account, without the password
	 * @throws KintoUnsupportedException if the server has no accounts
	 * @throws KintoAccessDeniedException if the user may not
	 */
	KintoObject<Map<String, Object>> changePassword(String name, String password);

	/**
	 * Delete an account, one's own unless the user is an administrator. What the user has
	 * stored stays.
	 * @param name the user's name
	 * @return what is left of the account
	 * @throws KintoUnsupportedException if the server has no accounts
	 * @throws KintoAccessDeniedException if the user may not
	 */
	KintoTombstone deleteAccount(String name);

	/**
	 * List what the user may do with which objects, however many pages they are.
	 * @return an entry for each object
	 * @throws KintoUnsupportedException if the server has no endpoint for it
	 */
	default List<KintoPermissionEntry> listPermissions() {
		return listPermissions(UnaryOperator.identity());
	}

	/**
	 * List what the user may do with which objects, however many pages they are.
	 * @param query what to list, such as entries of which {@code resource_name} or
	 * {@code bucket_id} is something; Kinto refuses names that entries do not have, and
	 * {@code permissions}
	 * @return an entry for each object
	 * @throws KintoUnsupportedException if the server has no endpoint for it
	 * @throws IllegalArgumentException if the query selects fields
	 */
	List<KintoPermissionEntry> listPermissions(UnaryOperator<KintoQuery> query);

	/**
	 * List what the user may do with which objects, page by page as it is consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @return an entry for each object; close it if it is not consumed to its end
	 * @throws KintoUnsupportedException if the server has no endpoint for it
	 */
	default Stream<KintoPermissionEntry> streamPermissions() {
		return streamPermissions(UnaryOperator.identity());
	}

	/**
	 * List what the user may do with which objects, page by page as it is consumed: the
	 * next page is fetched while one is consumed, and no more is held.
	 * @param query what to list; Kinto refuses names that entries do not have
	 * @return an entry for each object; close it if it is not consumed to its end
	 * @throws KintoUnsupportedException if the server has no endpoint for it
	 * @throws IllegalArgumentException if the query selects fields
	 */
	Stream<KintoPermissionEntry> streamPermissions(UnaryOperator<KintoQuery> query);

	/**
	 * Send several calls at once, in as few requests as the server allows. Those that the
	 * server cannot take in a batch are sent by themselves, in their place in the order.
	 * @param calls calls that were not sent, such as
	 * {@code posts.calls().createRecord(post)}
	 * @return what became of each; failures of single calls are told there
	 * @throws IllegalArgumentException if the same call is there twice
	 * @see <a href= "https://docs.kinto-storage.org/en/stable/api/1.x/batch.html">Kinto's
	 * batch operations</a>
	 */
	default BatchResult batch(KintoCall<?>... calls) {
		return batch(List.of(calls));
	}

	/**
	 * Send several calls at once, in as few requests as the server allows.
	 * @param calls calls that were not sent
	 * @return what became of each; failures of single calls are told there
	 * @throws IllegalArgumentException if the same call is there twice
	 * @see #batch(KintoCall...)
	 */
	default BatchResult batch(List<? extends KintoCall<?>> calls) {
		return batch(calls, UnaryOperator.identity());
	}

	/**
	 * Send several calls at once, in as few requests as the server and the options allow.
	 * @param calls calls that were not sent
	 * @param options of this operation
	 * @return what became of each
	 * @throws IllegalArgumentException if the same call is there twice
	 * @see #batch(KintoCall...)
	 */
	BatchResult batch(List<? extends KintoCall<?>> calls, UnaryOperator<KintoBatchOptions> options);

	/**
	 * Return the same methods as calls, which are values and not sent.
	 * @return the calls
	 */
	KintoCalls calls();

}
