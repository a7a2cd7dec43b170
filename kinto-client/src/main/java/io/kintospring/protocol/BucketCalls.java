package io.kintospring.protocol;

import java.util.List;
import java.util.Map;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoOptions;
import io.kintospring.json.DataMapping;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Calls to one bucket. Immutable.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/buckets.html">Kinto's
 * buckets</a>
 */
public final class BucketCalls {

	private final String id;

	private final ResourceContext root;

	private final ResourceContext scope;

	BucketCalls(ResourceContext parent, String id, KintoOptions options) {
		this.id = id;
		this.root = parent.with(options);
		this.scope = this.root.in(ObjectKind.BUCKET, id);
	}

	/**
	 * Return the id of the bucket.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the calls to the attributes of the bucket.
	 * @return the calls
	 */
	public AttributeCalls attributes() {
		return new AttributeCalls(new ContainerCalls(this.root, ObjectKind.BUCKET), this.id);
	}

	/**
	 * Return the calls to the permissions of the bucket.
	 * @return the calls
	 */
	public PermissionCalls permissions() {
		return new PermissionCalls(this.root, ObjectKind.BUCKET, this.id);
	}

	/**
	 * Return the calls to the collections of the bucket.
	 * @return the calls
	 */
	public ContainerCalls collections() {
		return new ContainerCalls(this.scope, ObjectKind.COLLECTION);
	}

	/**
	 * Return the calls to one collection, whose records are maps.
	 * @param id the id of the collection
	 * @param options options that all calls inherit
	 * @return the calls
	 * @throws IllegalArgumentException if the id is not valid
	 */
	public CollectionCalls<Map<String, Object>> collection(String id, KintoOptions.Customizer... options) {
		return collection(id, this.scope.json().untyped(), options);
	}

	/**
	 * Return the calls to one collection.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data
	 * @param options options that all calls inherit
	 * @return the calls
	 * @throws IllegalArgumentException if the id is not valid
	 */
	public <T> CollectionCalls<T> collection(String id, Class<T> type, KintoOptions.Customizer... options) {
		return collection(id, this.scope.json().<T>mapping(type), options);
	}

	/**
	 * Return the calls to one collection.
	 * @param <T> the type of the records' data
	 * @param id the id of the collection
	 * @param type the type of the records' data
	 * @param options options that all calls inherit
	 * @return the calls
	 * @throws IllegalArgumentException if the id is not valid
	 */
	public <T> CollectionCalls<T> collection(String id, ParameterizedTypeReference<T> type,
			KintoOptions.Customizer... options) {
		return collection(id, this.scope.json().<T>mapping(type.getType()), options);
	}

	private <T> CollectionCalls<T> collection(String id, DataMapping<T> mapping, KintoOptions.Customizer... options) {
		return new CollectionCalls<>(this.scope.with(KintoOptions.of(options)), id, mapping);
	}

	/**
	 * Return the calls to the groups of the bucket.
	 * @return the calls
	 */
	public GroupCalls groups() {
		return new GroupCalls(this.scope);
	}

	/**
	 * Return the calls to the history of the bucket.
	 * @return the calls
	 */
	public HistoryCalls history() {
		return new HistoryCalls(this.scope);
	}

	/**
	 * Create a batch of calls with the options of this bucket.
	 * @param calls the calls
	 * @param options options of the batch
	 * @return the batch
	 */
	public KintoBatch batch(List<? extends KintoCall<?>> calls, KintoBatchOptions.Customizer... options) {
		return new KintoBatch(this.scope, calls, KintoBatchOptions.of(options));
	}

}
