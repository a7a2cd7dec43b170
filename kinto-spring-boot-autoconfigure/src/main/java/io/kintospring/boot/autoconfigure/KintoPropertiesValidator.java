package io.kintospring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.KintoOptions;
import io.kintospring.boot.autoconfigure.InvalidKintoPropertiesException.Problem;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.protocol.KintoCalls;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Validator for {@link KintoProperties} that does not require a Bean Validation provider
 * and reports all problems at once. A report contains no passwords, tokens, or header
 * values.
 */
final class KintoPropertiesValidator {

	private static final Duration MIN_DURATION = Duration.ofMillis(1);

	private static final Duration MAX_DURATION = Duration.ofMillis(Integer.MAX_VALUE);

	private static final int MAX_PORT = 65535;

	private static final String ONE_WAY = " A request can have only one kind of credentials.";

	private final KintoProperties properties;

	private final List<Problem> problems = new ArrayList<>();

	private KintoPropertiesValidator(KintoProperties properties) {
		this.properties = properties;
	}

	/**
	 * Validate properties.
	 * @param properties the properties
	 * @throws InvalidKintoPropertiesException if at least one of them is invalid
	 */
	static void validate(KintoProperties properties) {
		new KintoPropertiesValidator(properties).validate();
	}

	private void validate() {
		validateDuration("kinto.timeout", this.properties.getTimeout());
		validateDuration("kinto.transfer-timeout", this.properties.getTransferTimeout());
		if (this.properties.getConnectTimeout() != null) {
			validateDuration("kinto.connect-timeout", this.properties.getConnectTimeout());
		}
		validateDuration("kinto.max-backoff", this.properties.getMaxBackoff());
		validateDuration("kinto.server-info-expiry", this.properties.getServerInfoExpiry());
		validateCount("kinto.max-connections", this.properties.getMaxConnections());
		validateCount("kinto.max-pending-requests", this.properties.getMaxPendingRequests());
		validateMaxInMemorySize(this.properties.getMaxInMemorySize());
		validatePort(this.properties.getEmbedded().getPort());
		validateBucket(this.properties.getBucket());
		this.properties.getHeaders().forEach(this::validateHeader);
		validateAuthentication(this.properties.getUsername(), this.properties.getPassword(),
				this.properties.getBearerToken());
		if (!this.problems.isEmpty()) {
			throw new InvalidKintoPropertiesException(this.problems);
		}
	}

	private void validateDuration(String property, Duration value) {
		if (value.compareTo(MIN_DURATION) < 0 || value.compareTo(MAX_DURATION) > 0) {
			add(property, property + " must be between 1ms and 24 days, but was " + text(value) + ".",
					"Set " + property + " to a duration such as 5s.");
		}
	}

	private static String text(Duration value) {
		return (value.getNano() == 0) ? value.getSeconds() + "s" : value.toString();
	}

	private void validateCount(String property, int value) {
		if (value < 1) {
			add(property, property + " must be at least 1, but was " + value + ".",
					"Set " + property + " to a positive number.");
		}
	}

	private void validateMaxInMemorySize(DataSize value) {
		if (value.toBytes() < 1 || value.toBytes() > Integer.MAX_VALUE) {
			add("kinto.max-in-memory-size",
					"kinto.max-in-memory-size must be at least 1B and less than 2GB, but was " + value + ".",
					"Set kinto.max-in-memory-size to a size such as 64MB.");
		}
	}

	private void validatePort(int value) {
		if (value < 0 || value > MAX_PORT) {
			add("kinto.embedded.port", "kinto.embedded.port must be between 0 and 65535, but was " + value + ".",
					"Set kinto.embedded.port to a port number, or to 0 for a random free port.");
		}
	}

	private void validateBucket(String value) {
		if (value.contains("${")) {
			add("kinto.bucket", "kinto.bucket contains a placeholder that cannot be resolved: " + value + ".",
					"Set the placeholder as a property or an environment variable, or correct kinto.bucket.");
			return;
		}
		validateUse("kinto.bucket", () -> KintoCalls.requireBucketId(value),
				"Set kinto.bucket to a valid bucket id, such as blog.");
	}

	private void validateHeader(String name, String value) {
		String property = "kinto.headers." + name;
		validateUse(property, () -> KintoOptions.of().header(name, value), "Correct or remove " + property + ".");
	}

	private void validateAuthentication(@Nullable String username, @Nullable String password, @Nullable String token) {
		if (hasAuthorizationHeader() && (token != null || username != null)) {
			add("kinto.headers.Authorization",
					"kinto.headers.Authorization is set in addition to kinto.bearer-token or kinto.username." + ONE_WAY,
					"Remove either kinto.headers.Authorization or the other credentials.");
		}
		else if (token != null && (username != null || password != null)) {
			add("kinto.bearer-token",
					"kinto.bearer-token and kinto.username with kinto.password are both set." + ONE_WAY,
					"Remove either kinto.bearer-token or kinto.username with kinto.password.");
		}
		else if (password != null && username == null) {
			add("kinto.password", "kinto.password is set, but kinto.username is not.",
					"Set both kinto.username and kinto.password, or neither.");
		}
		else if (username != null && password == null) {
			add("kinto.username", "kinto.username is set, but kinto.password is not.",
					"Set both kinto.username and kinto.password, or neither.");
		}
		else if (token != null) {
			validateUse("kinto.bearer-token", () -> KintoAuthentication.bearer(token),
					"Set kinto.bearer-token to a valid token, without a scheme such as Bearer.");
		}
		else if (username != null && password != null) {
			validateUse("kinto.username", () -> KintoAuthentication.basic(username, password),
					"Set kinto.username to a valid username, without a password.");
		}
	}

	private boolean hasAuthorizationHeader() {
		return this.properties.getHeaders().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
	}

	private void validateUse(String property, Runnable use, String action) {
		try {
			use.run();
		}
		catch (IllegalArgumentException ex) {
			add(property, property + " is invalid: " + ex.getMessage() + ".", action);
		}
	}

	private void add(String property, String description, String action) {
		this.problems.add(new Problem(property, description, action));
	}

}
