package io.kintospring;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Error response of a server, or a response that cannot be read.
 *
 * @param operation the name of the call, such as {@code getRecord}
 * @param method the HTTP method
 * @param path the path below the root of the API, without a query
 * @param status the HTTP status
 * @param errno Kinto's error number, or {@code null}
 * @param error Kinto's name for the status, or {@code null}
 * @param message the message of the server, or {@code null}
 * @param details the problems of the request; empty if the server does not report any
 * @param body the body, cut off after 16 KiB; empty if there is none
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/errors.html">Kinto's
 * error responses</a>
 */
public record KintoErrorResponse(String operation, String method, String path, int status, @Nullable Integer errno,
		@Nullable String error, @Nullable String message, List<KintoErrorDetail> details,
		String body) implements Serializable {

	private static final int PARENT_UNKNOWN = 111;

	/**
	 * Return whether the bucket or collection that would contain the object does not
	 * exist, or Kinto does not know the path of the request (errno 111).
	 * @return {@code false} if only the object does not exist
	 */
	public boolean isParentUnknown() {
		return Objects.equals(this.errno, PARENT_UNKNOWN);
	}

	/**
	 * Return a description that is safe to log: it does not contain the body.
	 */
	@Override
	public String toString() {
		return this.operation + " " + this.method + " " + this.path + ": " + this.status;
	}

}
