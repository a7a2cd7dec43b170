package io.kintospring.json;

/**
 * Names of the fields that the server assigns in the data of an object.
 */
public final class ServerFields {

	/** The id within the parent. */
	public static final String ID = "id";

	/** The version. */
	public static final String LAST_MODIFIED = "last_modified";

	/** Whether this is a tombstone. */
	public static final String DELETED = "deleted";

	private ServerFields() {
	}

}
