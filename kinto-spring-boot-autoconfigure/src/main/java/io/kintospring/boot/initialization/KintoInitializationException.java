package io.kintospring.boot.initialization;

import io.kintospring.KintoException;

/**
 * Exception for an object that could not be read, created or changed. Objects that come
 * earlier in the definition may have been written.
 */
public final class KintoInitializationException extends RuntimeException {

	private final String source;

	private final String path;

	private final KintoException failure;

	/**
	 * Create the exception.
	 * @param source describes where the definition comes from
	 * @param path the path of the object in the definition
	 * @param failure the exception of the client
	 */
	public KintoInitializationException(String source, String path, KintoException failure) {
		super(source + ": " + path + " could not be initialized: " + failure.getMessage(), failure);
		this.source = source;
		this.path = path;
		this.failure = failure;
	}

	/**
	 * Return where the definition comes from.
	 * @return the description, such as the name of a file
	 */
	public String source() {
		return this.source;
	}

	/**
	 * Return the path of the object in the definition.
	 * @return the path, such as {@code buckets.blog.collections.posts}
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return the exception of the client.
	 * @return the exception, which is also the cause
	 */
	public KintoException failure() {
		return this.failure;
	}

}
