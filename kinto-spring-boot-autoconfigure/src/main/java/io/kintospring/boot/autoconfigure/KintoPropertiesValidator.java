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

	private final String prefix;

	private final KintoClientProperties properties;

	private final List<Problem> problems;

	private KintoPropertiesValidator(String prefix, KintoClientProperties properties, List<Problem> problems) {
		this.prefix = prefix;
		this.properties = properties;
		this.problems = problems;
	}

	/**
	 * Validate properties.
	 * @param properties the properties
	 * @throws InvalidKintoPropertiesException if at least one of them is invalid
	 */
	static void validate(KintoProperties properties) {
		List<Problem> problems = new ArrayList<>();
		KintoPropertiesValidator primary = new KintoPropertiesValidator("kinto", properties, problems);
		primary.validate();
		primary.validatePort(properties.getEmbedded().getPort());
		primary.validateDuration("lock.max-wait", properties.getLock().getMaxWait());
		primary.validateDuration("health.timeout", properties.getHealth().getTimeout());
		properties.getClients()
			.forEach((name, client) -> new KintoPropertiesValidator(NamedKintoClients.prefix(name), client, problems)
				.validate());
		throwIfInvalid(problems);
	}

	/**
	 * Validate the properties of imports.
	 * @param properties the properties
	 * @throws InvalidKintoPropertiesException if at least one of them is invalid
	 */
	static void validate(KintoConfigProperties properties) {
		List<Problem> problems = new ArrayList<>();
		KintoPropertiesValidator validator = new KintoPropertiesValidator("kinto.config", new KintoClientProperties(),
				problems);
		validator.validateDuration("timeout", properties.getTimeout());
		validator.validateDuration("watch.interval", properties.getWatch().getInterval());
		throwIfInvalid(problems);
	}

	private static void throwIfInvalid(List<Problem> problems) {
		if (!problems.isEmpty()) {
			throw new InvalidKintoPropertiesException(problems);
		}
	}

	private void validate() {
		validateDuration("timeout", this.properties.getTimeout());
		validateDuration("transfer-timeout", this.properties.getTransferTimeout());
		if (this.properties.getConnectTimeout() != null) {
			validateDuration("connect-timeout", this.properties.getConnectTimeout());
		}
		validateDuration("call-timeout", this.properties.getCallTimeout());
		validateRetry(this.properties.getRetry());
		validateDuration("max-backoff", this.properties.getMaxBackoff());
		validateDuration("server-info-expiry", this.properties.getServerInfoExpiry());
		validateSettleTime("changes.settle-time", this.properties.getChanges().getSettleTime());
		validateCount("max-connections", this.properties.getMaxConnections());
		validateCount("max-pending-requests", this.properties.getMaxPendingRequests());
		validateMaxInMemorySize("max-in-memory-size", this.properties.getMaxInMemorySize());
		validateBucket("bucket", this.properties.getBucket());
		this.properties.getHeaders().forEach(this::validateHeader);
		validateAuthentication(this.properties.getUsername(), this.properties.getPassword(),
				this.properties.getBearerToken());
	}

	private void validateRetry(KintoClientProperties.Retry retry) {
		validateDuration("retry.delay", retry.getDelay());
		validateDuration("retry.max-delay", retry.getMaxDelay());
		String maxRetries = property("retry.max-retries");
		if (retry.getMaxRetries() < 0) {
			add(maxRetries, maxRetries + " must be at least 0, but was " + retry.getMaxRetries() + ".",
					"Set " + maxRetries + " to a number such as 3, or to 0 to send each request once.");
		}
		String jitter = property("retry.jitter");
		if (!(retry.getJitter() >= 0 && retry.getJitter() <= 1)) {
			add(jitter, jitter + " must be between 0 and 1, but was " + retry.getJitter() + ".",
					"Set " + jitter + " to a number such as 0.5.");
		}
	}

	private void validateDuration(String name, Duration value) {
		String property = property(name);
		if (value.compareTo(MIN_DURATION) < 0 || value.compareTo(MAX_DURATION) > 0) {
			add(property, property + " must be between 1ms and 24 days, but was " + text(value) + ".",
					"Set " + property + " to a duration such as 5s.");
		}
	}

	private void validateSettleTime(String name, Duration value) {
		String property = property(name);
		validateUse(property, () -> KintoOptions.of().settleTime(value),
				"Set " + property + " to a duration such as 5s.");
	}

	private static String text(Duration value) {
		return (value.getNano() == 0) ? value.getSeconds() + "s" : value.toString();
	}

	private void validateCount(String name, int value) {
		String property = property(name);
		if (value < 1) {
			add(property, property + " must be at least 1, but was " + value + ".",
					"Set " + property + " to a positive number.");
		}
	}

	private void validateMaxInMemorySize(String name, DataSize value) {
		String property = property(name);
		if (value.toBytes() < 1 || value.toBytes() > Integer.MAX_VALUE) {
			add(property, property + " must be at least 1B and less than 2GB, but was " + value + ".",
					"Set " + property + " to a size such as 64MB.");
		}
	}

	private void validatePort(int value) {
		if (value < 0 || value > MAX_PORT) {
			add("kinto.embedded.port", "kinto.embedded.port must be between 0 and 65535, but was " + value + ".",
					"Set kinto.embedded.port to a port number, or to 0 for a random free port.");
		}
	}

	private void validateBucket(String name, String value) {
		String property = property(name);
		if (value.contains("${")) {
			add(property, property + " contains a placeholder that cannot be resolved: " + value + ".",
					"Set the placeholder as a property or an environment variable, or correct " + property + ".");
			return;
		}
		validateUse(property, () -> KintoCalls.requireBucketId(value),
				"Set " + property + " to a valid bucket id, such as blog.");
	}

	private void validateHeader(String name, String value) {
		String property = property("headers." + name);
		validateUse(property, () -> KintoOptions.of().header(name, value), "Correct or remove " + property + ".");
	}

	private void validateAuthentication(@Nullable String username, @Nullable String password, @Nullable String token) {
		String header = property("headers.Authorization");
		String tokenName = property("bearer-token");
		String usernameName = property("username");
		String passwordName = property("password");
		if (hasAuthorizationHeader() && (token != null || username != null)) {
			add(header, header + " is set in addition to " + tokenName + " or " + usernameName + "." + ONE_WAY,
					"Remove either " + header + " or the other credentials.");
		}
		else if (token != null && (username != null || password != null)) {
			add(tokenName, tokenName + " and " + usernameName + " with " + passwordName + " are both set." + ONE_WAY,
					"Remove either " + tokenName + " or " + usernameName + " with " + passwordName + ".");
		}
		else if (password != null && username == null) {
			add(passwordName, passwordName + " is set, but " + usernameName + " is not.",
					"Set both " + usernameName + " and " + passwordName + ", or neither.");
		}
		else if (username != null && password == null) {
			add(usernameName, usernameName + " is set, but " + passwordName + " is not.",
					"Set both " + usernameName + " and " + passwordName + ", or neither.");
		}
		else if (token != null) {
			validateUse(tokenName, () -> KintoAuthentication.bearer(token),
					"Set " + tokenName + " to a valid token, without a scheme such as Bearer.");
		}
		else if (username != null && password != null) {
			validateUse(usernameName, () -> KintoAuthentication.basic(username, password),
					"Set " + usernameName + " to a valid username, without a password.");
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

	private String property(String name) {
		return this.prefix + "." + name;
	}

	private void add(String property, String description, String action) {
		this.problems.add(new Problem(property, description, action));
	}

}
