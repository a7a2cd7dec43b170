package io.kintospring.boot.docker.compose;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Environment variables of a Kinto service.
 */
class KintoEnvironment {

	private static final int DEFAULT_PORT = 8888;

	private final int port;

	private final @Nullable String username;

	private final @Nullable String password;

	KintoEnvironment(Map<String, @Nullable String> env) {
		this.username = env.get("KINTO_USERNAME");
		this.password = env.get("KINTO_PASSWORD");
		this.port = port(env.get("PORT"));
	}

	private static int port(@Nullable String port) {
		try {
			return StringUtils.hasText(port) ? Integer.parseInt(port) : DEFAULT_PORT;
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
