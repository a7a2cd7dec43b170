package io.kintospring;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if a precondition failed (412). The version in an {@code If-Match}
 * header is not the current {@code ETag} of the object, or {@code If-None-Match} found an
 * existing object. Nothing was written.
 * <p>
 * To retry, apply your change to the {@linkplain #existing(Class) existing object}, or
 * read it again, and write the result.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/timestamps.html">Server
 * timestamps</a>
 */
public final class KintoConflictException extends KintoResponseException {

	private final boolean duplicate;

	private final transient @Nullable KintoObject<?> existing;

	/**
	 * Create the exception.
	 * @param message the message, which names the call
	 * @param response the error response
	 * @param duplicate whether the request required that the object does not exist
	 * @param existing the object on the server, or {@code null} if the response does not
	 * contain it
	 */
	public KintoConflictException(String message, KintoErrorResponse response, boolean duplicate,
			@Nullable KintoObject<?> existing) {
		super(message, response, null);
		this.duplicate = duplicate;
		this.existing = existing;
	}

	/**
	 * Return whether the object exists already, although the write required that it does
	 * not ({@code If-None-Match}). A create is such a write.
	 * @return {@code false} if the object was changed or deleted
	 */
	public boolean isDuplicate() {
		return this.duplicate;
	}

	/**
	 * Return the object on the server. Its data has the type of the failed operation.
	 * @return the object, or empty if the response does not contain it, such as after a
	 * deletion, or if its data is not of that type
	 */
	public Optional<KintoObject<?>> existing() {
		return Optional.ofNullable(this.existing);
	}

	/**
	 * Return the object on the server.
	 * @param <T> the type of the data
	 * @param type the data type of the failed operation
	 * @return the object, or empty if the response does not contain it, such as after a
	 * deletion, or if its data is not of that type
	 * @throws ClassCastException if the failed operation has another data type
	 */
	public <T> Optional<KintoObject<T>> existing(Class<T> type) {
		KintoObject<?> object = this.existing;
		return (object == null) ? Optional.empty() : Optional
			.of(new KintoObject<>(object.id(), object.lastModified(), type.cast(object.data()), object.permissions()));
	}

}
