package io.kintospring.boot.docker.compose;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Environment variables of a Kinto service.
 */
class KintoEnvironment {

	private static final String USERNAME = "KINTO_USERNAME";

	private static final String PASSWORD = "KINTO_PASSWORD";

	private static final int DEFAULT_PORT = 8888;

	private final int port;

	private final @Nullable String username;

	private final @Nullable String password;

	KintoEnvironment(Map<String, @Nullable String> env) {
		this.username = text(env.get(USERNAME));
		this.password = text(env.get(PASSWORD));
		Assert.state((this.username != null) == (this.password != null),
				() -> "The Kinto service of Docker Compose sets only one of %s and %s: set both, or neither for anonymous requests"
					.formatted(USERNAME, PASSWORD));
		this.port = port(text(env.get("PORT")));
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	private static int port(@Nullable String port) {
		try {
			return (port != null) ? Integer.parseInt(port) : DEFAULT_PORT;
		}
		catch (NumberFormatException ex) {
			throw new IllegalStateException(
					"PORT of the Kinto service of Docker Compose must be a number, but was '" + port + "'", ex);
		}
	}

	int getPort() {
		return this.port;
	}

	@Nullable String getUsername() {
		return this.username;
	}

	@Nullable String getPassword() {
		return this.password;
	}

}
