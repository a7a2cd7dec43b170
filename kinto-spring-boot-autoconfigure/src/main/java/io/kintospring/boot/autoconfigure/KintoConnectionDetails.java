package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the Kinto server is, and who asks: the one seam that properties, the embedded
 * server, Docker Compose and Testcontainers come in by.
 */
public interface KintoConnectionDetails extends ConnectionDetails {

	/**
	 * Return the root of the server's API.
	 * @return such as {@code https://kinto.example.com/v1}
	 */
	String getUrl();

	/**
	 * Return the name to authenticate with.
	 * @return the name, or {@code null} for none
	 */
	default @Nullable String getUsername() {
		return null;
	}

	/**
	 * Return the password of that name.
	 * @return the password, or {@code null} for none
	 */
	default @Nullable String getPassword() {
		return null;
	}

	/**
	 * Return the token to authenticate with instead.
	 * @return the token, or {@code null} for none
	 */
	default @Nullable String getBearerToken() {
		return null;
	}

}
