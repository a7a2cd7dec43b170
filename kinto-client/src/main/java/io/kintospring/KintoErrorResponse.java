package io.kintospring;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An answer that is not what was asked for.
 *
 * @param operation the name of the call, such as {@code getRecord}
 * @param method the HTTP method
 * @param path the path below the API's root, without a query
 * @param status the HTTP status
 * @param errno Kinto's number for the error, or {@code null} if there is none
 * @param error Kinto's name for the status, or {@code null} if there is none
 * @param message the server's message, or {@code null} if there is none
 * @param details what was wrong, one by one; empty if the server did not say
 * @param body the answer's body as it came, at most 16 KiB of it; empty if there was none
 */
public record KintoErrorResponse(String operation, String method, String path, int status, @Nullable Integer errno,
		@Nullable String error, @Nullable String message, List<KintoErrorDetail> details,
		String body) implements Serializable {

	/**
	 * Return what is safe to log: not the body, which holds data.
	 */
	@Override
	public String toString() {
		return this.operation + " " + this.method + " " + this.path + ": " + this.status;
	}

}
