package io.kintospring.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import reactor.core.publisher.Mono;

/**
 * The credentials of requests. It is asked for each request anew, so that tokens may
 * change.
 * <p>
 * A blocking call asks for all its requests on the thread of the caller, where a
 * {@code ThreadLocal} such as that of a security context is known. A reactive call asks
 * for its first request on the thread that subscribes, and always in the Reactor context
 * of the subscriber. If there are no credentials for a later request of a batch, a stream
 * or a flow, it is sent with those of the request before, and never anonymously.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/authentication.html">Kinto's
 * authentication</a>
 */
@FunctionalInterface
public interface KintoAuthentication {

	/**
	 * Return what to send as the {@code Authorization} header.
	 * @return the header's value; empty for an anonymous request, which Kinto answers
	 * with what everybody may see
	 */
	Mono<String> authorization();

	/**
	 * Authenticate as nobody.
	 * @return the authentication that sends nothing
	 */
	static KintoAuthentication none() {
		return Mono::empty;
	}

	/**
	 * Authenticate with a name and a password.
	 * @param username the name, without a colon
	 * @param password the password
	 * @return HTTP's basic authentication
	 * @throws IllegalArgumentException if the name is empty or has a colon in it
	 */
	static KintoAuthentication basic(String username, String password) {
		if (username.isEmpty()) {
			throw new IllegalArgumentException(
					"The user name is empty, which Kinto takes for nobody whatever the password: if that is meant, use none()");
		}
		if (username.indexOf(':') >= 0) {
			throw new IllegalArgumentException("The user name must not contain a colon: HTTP ends the name there");
		}
		byte[] credentials = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
		return header("Basic " + Base64.getEncoder().encodeToString(credentials));
	}

	/**
	 * Authenticate with a token that stays the same.
	 * @param token the token
	 * @return HTTP's bearer authentication
	 * @throws IllegalArgumentException if the token is empty, or has a character in it
	 * that is not ASCII, white space or a control character, such as a line break at its
	 * end
	 */
	static KintoAuthentication bearer(String token) {
		if (token.isEmpty() || token.chars().anyMatch((character) -> character <= ' ' || character >= 127)) {
			throw new IllegalArgumentException("The token is empty, or has white space, a control character (such as"
					+ " a line break at its end) or a character in it that is not ASCII");
		}
		return header("Bearer " + token);
	}

	private static KintoAuthentication header(String value) {
		Mono<String> authorization = Mono.just(value);
		return () -> authorization;
	}

}
