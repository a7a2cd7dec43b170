package io.kintospring;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The object is not as the caller believed (412): it was changed or deleted since it was
 * read, or it exists already. Nothing was written.
 * <p>
 * To go on, apply the change to what the server has ({@link #existing(Class)}, or read it
 * again) and write that.
 */
public final class KintoConflictException extends KintoResponseException {

	private final transient @Nullable KintoObject<?> existing;

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param response what the server answered
	 * @param existing what the server has, or {@code null} if it did not tell
	 */
	public KintoConflictException(String message, KintoErrorResponse response, @Nullable KintoObject<?> existing) {
		super(message, response, null);
		this.existing = existing;
	}

	/**
	 * Return the object that the server has, with data of the type of the operation that
	 * failed.
	 * @return the object, empty if it was deleted meanwhile, or is not of that type
	 */
	public Optional<KintoObject<?>> existing() {
		return Optional.ofNullable(this.existing);
	}

	/**
	 * Return the object that the server has.
	 * @param <T> the type of the data
	 * @param type the type of the data, that of the operation that failed
	 * @return the object, empty if it was deleted meanwhile, or is not of the operation's
	 * type
	 * @throws ClassCastException if the data is of another type
	 */
	public <T> Optional<KintoObject<T>> existing(Class<T> type) {
		KintoObject<?> object = this.existing;
		return (object == null) ? Optional.empty() : Optional
			.of(new KintoObject<>(object.id(), object.lastModified(), type.cast(object.data()), object.permissions()));
	}

}
