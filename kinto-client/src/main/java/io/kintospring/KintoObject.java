package io.kintospring;

/**
 * An object as the server has it: a bucket, a collection or a record, with its version,
 * so that a later write can tell whether somebody else was faster.
 *
 * @param <T> the type of the data
 * @param id the id of the object within its parent
 * @param lastModified the version of the object
 * @param data the attributes; of type {@code Map<String, Object>} where no other was
 * asked for
 * @param permissions who may do what with the object; {@linkplain KintoPermissions#none()
 * none} where the server does not tell: in lists and conflicts, and to those who may not
 * write the object
 */
public record KintoObject<T>(String id, KintoTimestamp lastModified, T data, KintoPermissions permissions) {

	/**
	 * Return this object, of the same version, with other data: what to write in the
	 * place of what was read.
	 * @param data the new data
	 * @return a copy with that data
	 */
	public KintoObject<T> withData(T data) {
		return new KintoObject<>(this.id, this.lastModified, data, this.permissions);
	}

}
