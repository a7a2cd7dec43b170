package io.kintospring.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Ids in the path of a request, such as for traces.
 *
 * @param bucket the id of the bucket, or {@code null} if the path contains none
 * @param collection the id of the collection, or {@code null} if the path contains none
 * @param id the id of the group or record, or {@code null} if the path contains none
 * @see KintoRequest#ids()
 */
public record RequestedIds(@Nullable String bucket, @Nullable String collection, @Nullable String id) {

	private static final RequestedIds NONE = new RequestedIds(null, null, null);

	/**
	 * Read a path such as
	 * <code>/buckets/{bucket}/collections/{collection}/records/{record}</code>.
	 */
	static RequestedIds of(String path) {
		String[] segments = path.split("/");
		String bucket = idIn("buckets", segments, 1);
		if (bucket == null) {
			return NONE;
		}
		String collection = idIn("collections", segments, 3);
		return new RequestedIds(bucket, collection,
				(collection != null) ? idIn("records", segments, 5) : idIn("groups", segments, 3));
	}

	private static @Nullable String idIn(String list, String[] segments, int index) {
		return (segments.length > index + 1 && segments[index].equals(list)) ? segments[index + 1] : null;
	}

}
