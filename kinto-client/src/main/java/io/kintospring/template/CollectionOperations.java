package io.kintospring.template;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoChangeOptions;
import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoException;
import io.kintospring.KintoObject;
import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoUnsupportedException;
import io.kintospring.client.KintoExecutor;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoCall;
import org.jspecify.annotations.Nullable;

/**
 * Operations on one collection. The inherited operations are those on its records.
 *
 * @param <T> the type of the records' data
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/collections.html">Kinto's
 * collections</a>
 */
public interface CollectionOperations<T> extends ObjectOperations<T> {

	/**
	 * Return the id of the collection.
	 * @return the id
	 */
	default String id() {
		return calls().id();
	}

	/**
	 * Return a handle for the attributes of the collection, such as its {@code schema}.
	 * @return the handle
	 */
	default AttributeOperations attributes() {
		return new AttributeOperations.Handle(executor(), calls().attributes());
	}

	/**
	 * Return a handle for the permissions of the collection.
	 * @return the handle
	 */
	default PermissionOperations permissions() {
		return new PermissionOperations.Handle(executor(), calls().permissions());
	}

	/**
	 * Return a handle for the files that are attached to records.
	 * @return the handle
	 */
	default AttachmentOperations<T> attachments() {
		return new AttachmentOperations.Handle<>(executor(), calls().attachments());
	}

	/**
	 * Read the records that were created, updated or deleted since a checkpoint. Each
	 * version of a record is delivered once, also if it becomes visible late, within the
	 * {@linkplain KintoOptions#settleTime(Duration) settle time}. The result does not
	 * contain purged tombstones or records that were created with a version in the past.
	 * @param checkpoint the {@linkplain KintoChanges#checkpoint() checkpoint} of an
	 * earlier read, that of a {@linkplain KintoCheckpoint#of(KintoTimestamp) version}, or
	 * {@code null} to read all records
	 * @param options options of this operation
	 * @return the changes, with the checkpoint to continue from
	 * @throws IllegalArgumentException if the checkpoint is of another collection
	 */
	default KintoChanges<T> changes(@Nullable KintoCheckpoint checkpoint, KintoChangeOptions.Customizer... options) {
		return executor().execute(calls().changes(checkpoint, options));
	}

	/**
	 * Stream the changes since a checkpoint, then poll for further changes until you
	 * close the stream. Each version of a record is delivered once, also if it becomes
	 * visible late. Polls read the changes of the
	 * {@linkplain KintoOptions#settleTime(Duration) settle time} again. After a time of
	 * this length without changes, polls have an {@code If-None-Match} header, so little
	 * is transferred.
	 * @param checkpoint the {@linkplain KintoChanges#checkpoint() checkpoint} of an
	 * earlier read, that of a {@linkplain KintoCheckpoint#of(KintoTimestamp) version}, or
	 * {@code null} to start with all records
	 * @param interval the time between two polls, positive. If the server sends a
	 * {@code Backoff} header, the client waits at least that long.
	 * @param options options of this operation
	 * @return the changes, one element for each page with changes. You can continue from
	 * the checkpoint of each element. Close the stream to stop polling. Consuming the
	 * stream fails with a {@link KintoException} if a poll fails.
	 * @throws IllegalArgumentException if the interval is not positive, or if the
	 * checkpoint is of another collection
	 */
	default Stream<KintoChanges<T>> watch(@Nullable KintoCheckpoint checkpoint, Duration interval,
			KintoChangeOptions.Customizer... options) {
		return executor().stream(calls().watch(checkpoint, interval, options));
	}

	/**
	 * Read the records as they were at a version, the latest change first. Kinto computes
	 * them from the history of the bucket, so changes whose history was deleted are
	 * missing. A collection that does not exist has no records.
	 * @param version the version of a record or of the list, or the milliseconds since
	 * the epoch
	 * @return all records
	 * @throws KintoUnsupportedException if the server does not have the capability
	 * {@code history}
	 * @see <a href=
	 * "https://docs.kinto-storage.org/en/stable/api/1.x/history.html">Kinto's history</a>
	 */
	default List<KintoObject<T>> snapshot(KintoTimestamp version) {
		return execute(calls().snapshot(version));
	}

	/**
	 * Send several calls in a batch, with the headers of this handle.
	 * @param calls the calls
	 * @param options options of the batch
	 * @return the outcome of each call
	 * @see KintoOperations#batch(List, KintoBatchOptions.Customizer...)
	 */
	default BatchResult batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return executor().execute(calls().batch(calls, options));
	}

	@Override
	CollectionCalls<T> calls();

	/**
	 * Default implementation that runs the calls on an executor.
	 *
	 * @param <T> the type of the records' data
	 * @param executor runs the calls
	 * @param calls the calls
	 */
	record Handle<T>(KintoExecutor executor, CollectionCalls<T> calls) implements CollectionOperations<T> {
	}

}
