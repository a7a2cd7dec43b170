package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details required to connect to a Kinto server. They come from properties, the embedded
 * server, or a service connection of Docker Compose or Testcontainers.
 * <p>
 * A blank username, password or bearer token counts as not set. The client cannot be
 * created if there is a username without a password, or a password without a username.
 */
public interface KintoConnectionDetails extends ConnectionDetails {

	/**
	 * Return the root URL of the Kinto API.
	 * @return the URL, such as {@code https://kinto.example.com/v1}
	 */
	String getUrl();

	/**
	 * Return the username for authentication.
	 * @return the username, or {@code null} for none
	 */
	default @Nullable String getUsername() {
		return null;
	}

	/**
	 * Return the password for authentication.
	 * @return the password, or {@code null} for none
	 */
	default @Nullable String getPassword() {
		return null;
	}

	/**
	 * Return the bearer token for authentication, as an alternative to username and
	 * password.
	 * @return the token, or {@code null} for none
	 */
	default @Nullable String getBearerToken() {
		return null;
	}

	/**
	 * Return the SSL bundle for connections to the server. It takes precedence over
	 * {@code kinto.ssl.bundle} and {@code spring.http.clients.ssl.bundle}.
	 * @return the SSL bundle, or {@code null} to use the properties
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

}
