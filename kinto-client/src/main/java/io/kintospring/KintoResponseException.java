package io.kintospring;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The server answered, but not with what was asked for: an error, or something that
 * cannot be read.
 * <p>
 * There is a subclass for each answer that a program reacts to.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/errors.html">Kinto's
 * error responses</a>
 */
public sealed class KintoResponseException extends KintoException
		permits KintoNotFoundException, KintoConflictException, KintoAccessDeniedException,
		KintoInvalidRequestException, KintoUnavailableException, KintoGoneException {

	private final KintoErrorResponse response;

	/**
	 * Create the exception.
	 * @param message what went wrong, with which call
	 * @param response what the server answered
	 * @param cause why the answer cannot be read, or {@code null} if it is an error that
	 * could be read
	 */
	public KintoResponseException(String message, KintoErrorResponse response, @Nullable Throwable cause) {
		super(message, cause);
		this.response = response;
	}

	/**
	 * Return what the server answered.
	 * @return the answer
	 */
	public KintoErrorResponse response() {
		return this.response;
	}

	/**
	 * Return the HTTP status.
	 * @return such as 404
	 */
	public int status() {
		return this.response.status();
	}

	/**
	 * Return Kinto's number for the error.
	 * @return such as 110, or {@code null} if the server gave none
	 */
	public @Nullable Integer errno() {
		return this.response.errno();
	}

	/**
	 * Return the server's own message.
	 * @return the message, or {@code null} if the server gave none
	 */
	public @Nullable String serverMessage() {
		return this.response.message();
	}

	/**
	 * Return what was wrong with the request, one by one.
	 * @return the details, empty if the server gave none
	 */
	public List<KintoErrorDetail> details() {
		return this.response.details();
	}

}
