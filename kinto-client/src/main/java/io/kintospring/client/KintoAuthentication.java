package io.kintospring.client;

import java.nio.charset.StandardCharsets;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * Strategy for authenticating requests with an {@code Authorization} header. The client
 * invokes it for each request, so tokens can be renewed. A reactive batch, and a reactive
 * operation of several requests that is not a stream, invoke it once.
 * <p>
 * A blocking call always invokes it on the calling thread, so a {@code ThreadLocal} such
 * as a security context is available. A reactive call invokes it for its first request on
 * the subscribing thread, and always in the Reactor context of the subscriber.
 * <p>
 * If it is empty for a later request of a batch, a stream or a flow, the request has the
 * previous credentials. It is never sent anonymously.
 * <p>
 * A retry has the credentials of the first attempt. After a {@code 401}, or a {@code 401}
 * to every call of a batch, the strategy is invoked once more, and the request is sent
 * again if it returns other credentials.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/authentication.html">Kinto's
 * authentication</a>
 */
@FunctionalInterface
public interface KintoAuthentication {

	/**
	 * Return the value of the {@code Authorization} header.
	 * @return the value, or empty for an anonymous request. If it fails, the call fails
	 * with a {@link io.kintospring.KintoNotSentException}.
	 */
	Mono<String> authorization();

	/**
	 * Return the kind of authentication, for diagnostics such as an Actuator endpoint. It
	 * must not contain credentials.
	 * @return {@code none}, {@code basic} or {@code bearer} for the authentications of
	 * this interface, and by default {@code custom}
	 */
	default String scheme() {
		return "custom";
	}

	/**
	 * Send anonymous requests.
	 * @return an authentication without credentials
	 */
	static KintoAuthentication none() {
		return constant("none", Mono.empty());
	}

	/**
	 * Authenticate with a username and a password (HTTP Basic).
	 * @param username the username
	 * @param password the password
	 * @return the authentication
	 * @throws IllegalArgumentException if the username is empty or contains a colon
	 */
	static KintoAuthentication basic(String username, String password) {
		if (username.isEmpty()) {
			throw new IllegalArgumentException(
					"The username must not be empty, because Kinto treats it as anonymous: use none() for anonymous requests");
		}
		if (username.indexOf(':') >= 0) {
			throw new IllegalArgumentException(
					"The username must not contain a colon, which separates it from the password");
		}
		return constant("basic",
				Mono.just("Basic " + HttpHeaders.encodeBasicAuth(username, password, StandardCharsets.UTF_8)));
	}

	/**
	 * Authenticate with a constant token (HTTP Bearer).
	 * @param token the token
	 * @return the authentication
	 * @throws IllegalArgumentException if the token is empty, or contains whitespace,
	 * control characters or non-ASCII characters
	 */
	static KintoAuthentication bearer(String token) {
		if (token.isEmpty() || token.chars().anyMatch((character) -> character <= ' ' || character >= 127)) {
			throw new IllegalArgumentException("The token must not be empty or contain whitespace, non-ASCII"
					+ " or control characters: check for a line break at its end");
		}
		return constant("bearer", Mono.just("Bearer " + token));
	}

	private static KintoAuthentication constant(String scheme, Mono<String> authorization) {
		return new KintoAuthentication() {

			@Override
			public Mono<String> authorization() {
				return authorization;
			}

			@Override
			public String scheme() {
				return scheme;
			}

			/**
			 * Return the scheme, and not the credentials.
			 */
			@Override
			public String toString() {
				return scheme;
			}

		};
	}

}
