package io.kintospring;

import java.util.function.Function;

/**
 * Object on the server, such as a bucket, a collection or a record. Its version allows a
 * later write to detect concurrent changes.
 *
 * @param <T> the type of the data
 * @param id the id of the object within its parent
 * @param lastModified the version of the object, which is its {@code ETag}
 * @param data the attributes; a {@code Map<String, Object>} unless you asked for another
 * type
 * @param permissions the permissions of the object. They are
 * {@linkplain KintoPermissions#none() empty} in lists and conflicts, and for users that
 * cannot write the object.
 */
public record KintoObject<T>(String id, KintoTimestamp lastModified, T data, KintoPermissions permissions) {

	/**
	 * Return a copy with other data and the same version. Pass it to an update of the
	 * object that you read.
	 * @param data the new data
	 * @return the copy
	 */
	public KintoObject<T> withData(T data) {
		return new KintoObject<>(this.id, this.lastModified, data, this.permissions);
	}

	/**
	 * Return a copy with data of another type and the same version.
	 * @param <S> the type of the other data
	 * @param view returns the other data
	 * @return the copy
	 */
	public <S> KintoObject<S> map(Function<? super T, ? extends S> view) {
		return new KintoObject<>(this.id, this.lastModified, view.apply(this.data), this.permissions);
	}

}
