package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoChangeOptions;
import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.json.DataMapping;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one collection and its records. Immutable.
 *
 * @param <T> the type of the records' data
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/records.html">Kinto's
 * records</a>
 */
public final class CollectionCalls<T> extends ObjectCalls<T> {

	private final String id;

	private final ResourceContext bucket;

	private final DataMapping<T> mapping;

	CollectionCalls(ResourceContext bucket, String id, DataMapping<T> mapping) {
		super(bucket.in(ObjectKind.COLLECTION, id), ObjectKind.RECORD, mapping);
		this.id = id;
		this.bucket = bucket;
		this.mapping = mapping;
	}

	/**
	 * Return the id of the collection.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the calls to the attributes of the collection.
	 * @return the calls
	 */
	public AttributeCalls attributes() {
		return new AttributeCalls(new ContainerCalls(this.bucket, ObjectKind.COLLECTION), this.id);
	}

	/**
	 * Return the calls to the permissions of the collection.
	 * @return the calls
	 */
	public PermissionCalls permissions() {
		return new PermissionCalls(this.bucket, ObjectKind.COLLECTION, this.id);
	}

	/**
	 * Return the calls to the attachments of records.
	 * @return the calls
	 */
	public AttachmentCalls<T> attachments() {
		return new AttachmentCalls<>(parent(), this.mapping);
	}

	/**
	 * Read the changes since a checkpoint.
	 * @param checkpoint the checkpoint, or {@code null} to read all records
	 * @param options options of this operation
	 * @return the flow
	 * @throws IllegalArgumentException if the checkpoint is of another collection
	 */
	public KintoFlow<KintoChanges<T>> changes(@Nullable KintoCheckpoint checkpoint,
			KintoChangeOptions.Customizer... options) {
		return changeCalls(options).changes("changes", checkpoint);
	}

	/**
	 * Poll for changes since a checkpoint, in an endless sequence. If nothing changed for
	 * the settle time, polls send {@code If-None-Match}.
	 * @param checkpoint the checkpoint, or {@code null} to start with all records
	 * @param interval the time between two polls, positive
	 * @param options options of this operation
	 * @return the sequence
	 * @throws IllegalArgumentException if the interval is not positive, or if the
	 * checkpoint is of another collection
	 */
	public KintoSequence<KintoChanges<T>> watch(@Nullable KintoCheckpoint checkpoint, Duration interval,
			KintoChangeOptions.Customizer... options) {
		return changeCalls(options).watch("watchChanges", checkpoint, interval);
	}

	private ChangeCalls<T> changeCalls(KintoChangeOptions.Customizer... options) {
		ResourceContext context = parent().with(KintoChangeOptions.of(options).options());
		return new ChangeCalls<>(context, ObjectKind.BUCKET.id(this.bucket.path()) + "/" + this.id, this.mapping);
	}

	/**
	 * Read the records as they were at a version. The call requires the capability
	 * {@code history}.
	 * @param version the version of a record or of the list
	 * @return the call
	 */
	public KintoCall<List<KintoObject<T>>> snapshot(KintoTimestamp version) {
		return lists()
			.listUnpaged("listSnapshot",
					ObjectKind.COLLECTION.object(this.bucket.path() + "/snapshot", this.id) + "@" + version)
			.requiring(Capabilities.HISTORY);
	}

	/**
	 * Create a batch of calls with the options of this collection.
	 * @param calls the calls
	 * @param options options of the batch
	 * @return the batch
	 */
	public KintoBatch batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return new KintoBatch(parent(), calls, KintoBatchOptions.of(options));
	}

}
