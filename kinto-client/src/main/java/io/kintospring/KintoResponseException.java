package io.kintospring;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if the response is an error or cannot be read. Subclasses exist for
 * the statuses that applications commonly handle.
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
	 * @param message the message, which names the call
	 * @param response the response
	 * @param cause the reason why the response cannot be read, or {@code null} for an
	 * error response
	 */
	public KintoResponseException(String message, KintoErrorResponse response, @Nullable Throwable cause) {
		super(message, cause);
		this.response = response;
	}

	/**
	 * Return the response.
	 * @return the response
	 */
	public KintoErrorResponse response() {
		return this.response;
	}

	/**
	 * Return the HTTP status.
	 * @return the status, such as 404
	 */
	public int status() {
		return this.response.status();
	}

	/**
	 * Return Kinto's error number.
	 * @return the number, such as 110, or {@code null} if the response has none
	 */
	public @Nullable Integer errno() {
		return this.response.errno();
	}

	/**
	 * Return the message of the server.
	 * @return the message, or {@code null} if the response has none
	 */
	public @Nullable String serverMessage() {
		return this.response.message();
	}

	/**
	 * Return the problems of the request.
	 * @return the problems, empty if the server does not report any
	 */
	public List<KintoErrorDetail> details() {
		return this.response.details();
	}

}
