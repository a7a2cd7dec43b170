package io.kintospring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/**
 * Configuration properties for Kinto: those of the primary client, of further clients,
 * and of the integrations. They are validated after binding, with or without a Bean
 * Validation provider.
 */
@ConfigurationProperties("kinto")
public class KintoProperties extends KintoClientProperties implements InitializingBean {

	/**
	 * Clients of further servers, by name. Inject their templates with the name as the
	 * qualifier.
	 */
	private Map<String, KintoClientProperties> clients = new LinkedHashMap<>();

	/**
	 * Names of the capabilities that each server must have. The application does not
	 * start if a server lacks one of them, or does not respond.
	 */
	private List<String> requiredCapabilities = new ArrayList<>();

	private final Embedded embedded = new Embedded();

	private final Lock lock = new Lock();

	private final Health health = new Health();

	private final Web web = new Web();

	private final ExceptionTranslation exceptionTranslation = new ExceptionTranslation();

	public Map<String, KintoClientProperties> getClients() {
		return this.clients;
	}

	public void setClients(Map<String, KintoClientProperties> clients) {
		this.clients = clients;
	}

	public List<String> getRequiredCapabilities() {
		return this.requiredCapabilities;
	}

	public void setRequiredCapabilities(List<String> requiredCapabilities) {
		this.requiredCapabilities = requiredCapabilities.stream().filter(StringUtils::hasText).toList();
	}

	public Embedded getEmbedded() {
		return this.embedded;
	}

	public Lock getLock() {
		return this.lock;
	}

	public Health getHealth() {
		return this.health;
	}

	public Web getWeb() {
		return this.web;
	}

	public ExceptionTranslation getExceptionTranslation() {
		return this.exceptionTranslation;
	}

	@Override
	public void afterPropertiesSet() {
		KintoPropertiesValidator.validate(this);
	}

	/**
	 * Embedded server configuration.
	 */
	public static class Embedded {

		/**
		 * Whether to start an embedded server if no URL is set and 'kinto-embedded' is on
		 * the class path.
		 */
		private boolean enabled = true;

		/**
		 * Port of the embedded server on the loopback interface. Use 0 for a random free
		 * port.
		 */
		private int port;

		/**
		 * Kinto settings of the embedded server, such as 'paginate-by', 'readonly' or
		 * 'backoff'. Names can contain dashes or underscores.
		 */
		private Map<String, String> settings = new LinkedHashMap<>();

		/**
		 * Passwords of initial accounts, by username.
		 */
		private Map<String, String> accounts = new LinkedHashMap<>();

		/**
		 * Location of a JSON file with initial buckets, groups, collections and records.
		 */
		private @Nullable Resource initialData;

		/**
		 * JSON file that keeps the data over restarts of the application. If it exists,
		 * initial accounts and initial data are ignored.
		 */
		private @Nullable Path dataFile;

		/**
		 * Bearer tokens of users, by the part of the user id after 'openid:'.
		 */
		private Map<String, String> bearerTokens = new LinkedHashMap<>();

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public int getPort() {
			return this.port;
		}

		public void setPort(int port) {
			this.port = port;
		}

		public Map<String, String> getSettings() {
			return this.settings;
		}

		public void setSettings(Map<String, String> settings) {
			this.settings = settings;
		}

		public Map<String, String> getAccounts() {
			return this.accounts;
		}

		public void setAccounts(Map<String, String> accounts) {
			this.accounts = accounts;
		}

		public @Nullable Resource getInitialData() {
			return this.initialData;
		}

		public void setInitialData(@Nullable Resource initialData) {
			this.initialData = initialData;
		}

		public @Nullable Path getDataFile() {
			return this.dataFile;
		}

		public void setDataFile(@Nullable Path dataFile) {
			this.dataFile = dataFile;
		}

		public Map<String, String> getBearerTokens() {
			return this.bearerTokens;
		}

		public void setBearerTokens(Map<String, String> bearerTokens) {
			this.bearerTokens = bearerTokens;
		}

	}

	/**
	 * Configuration of the lock of updates by function, and of changes of permissions and
	 * members.
	 */
	public static class Lock {

		/**
		 * Lock that excludes concurrent updates of an object.
		 */
		private KintoLockType type = KintoLockType.LOCAL;

		/**
		 * Maximum time that an update waits for other updates of the same object.
		 */
		private Duration maxWait = Duration.ofSeconds(30);

		public KintoLockType getType() {
			return this.type;
		}

		public void setType(KintoLockType type) {
			this.type = type;
		}

		public Duration getMaxWait() {
			return this.maxWait;
		}

		public void setMaxWait(Duration maxWait) {
			this.maxWait = maxWait;
		}

	}

	/**
	 * Health check configuration.
	 */
	public static class Health {

		/**
		 * Whether to request the heartbeat of the server, which checks its backends,
		 * instead of the server information.
		 */
		private boolean heartbeat;

		/**
		 * Maximum duration of a health check.
		 */
		private Duration timeout = Duration.ofSeconds(2);

		public boolean isHeartbeat() {
			return this.heartbeat;
		}

		public void setHeartbeat(boolean heartbeat) {
			this.heartbeat = heartbeat;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * Configuration of web applications.
	 */
	public static class Web {

		private final ProblemDetails problemDetails = new ProblemDetails();

		public ProblemDetails getProblemDetails() {
			return this.problemDetails;
		}

		/**
		 * Configuration of problem details.
		 */
		public static class ProblemDetails {

			/**
			 * Whether to respond to exceptions of Kinto with RFC 9457 problem details.
			 */
			private boolean enabled;

			public boolean isEnabled() {
				return this.enabled;
			}

			public void setEnabled(boolean enabled) {
				this.enabled = enabled;
			}

		}

	}

	/**
	 * Configuration of the translation of exceptions.
	 */
	public static class ExceptionTranslation {

		/**
		 * Whether to translate exceptions of Kinto to data access exceptions of Spring.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
