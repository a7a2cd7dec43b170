package io.kintospring.boot.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.kintospring.KintoOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for the connection to a Kinto server. They are validated after
 * they are bound, with or without a Bean Validation provider. Blank text counts as not
 * set.
 */
@ConfigurationProperties("kinto")
public class KintoProperties implements InitializingBean {

	/**
	 * Root of the server's API, with its version, such as https://kinto.example.com/v1.
	 * Where it is not set, an embedded server is started if there is one.
	 */
	private @Nullable String url;

	/**
	 * Bucket that is used where none is named; 'default' is each user's own.
	 */
	private String bucket = "default";

	/**
	 * Whether writes guard against concurrent changes.
	 */
	private boolean safe = true;

	/**
	 * Headers to send with each request.
	 */
	private Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * How long an exchange may take, from asking for a connection to the last byte of the
	 * response.
	 */
	private Duration timeout = Duration.ofSeconds(5);

	/**
	 * How long the transfer of a file may stand still.
	 */
	private Duration transferTimeout = Duration.ofSeconds(30);

	/**
	 * How long connecting may take. By default as long as
	 * spring.http.clients.connect-timeout says, or else 2 seconds.
	 */
	private @Nullable Duration connectTimeout;

	/**
	 * How many requests can be under way at the same time.
	 */
	private int maxConnections = 64;

	/**
	 * How many requests can wait until another one is done; further ones fail at once.
	 */
	private int maxPendingRequests = 1000;

	/**
	 * For how long a Backoff header of the server counts at the most.
	 */
	private Duration maxBackoff = Duration.ofMinutes(10);

	/**
	 * How long the settings and capabilities of the server are remembered.
	 */
	private Duration serverInfoExpiry = Duration.ofMinutes(5);

	/**
	 * Name of the server in metrics. By default host and port of its URL.
	 */
	private @Nullable String name;

	/**
	 * Name to authenticate with.
	 */
	private @Nullable String username;

	/**
	 * Password to authenticate with.
	 */
	private @Nullable String password;

	/**
	 * Token to authenticate with, instead of a name and a password.
	 */
	private @Nullable String bearerToken;

	/**
	 * How large a response may be, also after decompression.
	 */
	private DataSize maxInMemorySize = DataSize.ofMegabytes(64);

	private final Ssl ssl = new Ssl();

	private final Embedded embedded = new Embedded();

	public @Nullable String getUrl() {
		return this.url;
	}

	public void setUrl(@Nullable String url) {
		this.url = unlessBlank(url);
	}

	public String getBucket() {
		return this.bucket;
	}

	public void setBucket(String bucket) {
		if (StringUtils.hasText(bucket)) {
			this.bucket = bucket;
		}
	}

	public boolean isSafe() {
		return this.safe;
	}

	public void setSafe(boolean safe) {
		this.safe = safe;
	}

	public Map<String, String> getHeaders() {
		return this.headers;
	}

	public void setHeaders(Map<String, String> headers) {
		Map<String, String> copy = new LinkedHashMap<>(headers);
		copy.values().removeIf((value) -> !StringUtils.hasText(value));
		this.headers = copy;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getTransferTimeout() {
		return this.transferTimeout;
	}

	public void setTransferTimeout(Duration transferTimeout) {
		this.transferTimeout = transferTimeout;
	}

	public @Nullable Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(@Nullable Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public int getMaxPendingRequests() {
		return this.maxPendingRequests;
	}

	public void setMaxPendingRequests(int maxPendingRequests) {
		this.maxPendingRequests = maxPendingRequests;
	}

	public Duration getMaxBackoff() {
		return this.maxBackoff;
	}

	public void setMaxBackoff(Duration maxBackoff) {
		this.maxBackoff = maxBackoff;
	}

	public Duration getServerInfoExpiry() {
		return this.serverInfoExpiry;
	}

	public void setServerInfoExpiry(Duration serverInfoExpiry) {
		this.serverInfoExpiry = serverInfoExpiry;
	}

	public @Nullable String getName() {
		return this.name;
	}

	public void setName(@Nullable String name) {
		this.name = unlessBlank(name);
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = unlessBlank(username);
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = unlessBlank(password);
	}

	public @Nullable String getBearerToken() {
		return this.bearerToken;
	}

	public void setBearerToken(@Nullable String bearerToken) {
		this.bearerToken = unlessBlank(bearerToken);
	}

	private static @Nullable String unlessBlank(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	public DataSize getMaxInMemorySize() {
		return this.maxInMemorySize;
	}

	public void setMaxInMemorySize(DataSize maxInMemorySize) {
		this.maxInMemorySize = maxInMemorySize;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Embedded getEmbedded() {
		return this.embedded;
	}

	/**
	 * Return the options that all operations inherit.
	 * @return the options
	 * @throws IllegalArgumentException if HTTP does not allow one of the headers
	 */
	KintoOptions options() {
		KintoOptions options = this.safe ? KintoOptions.of() : KintoOptions.of().safe(false);
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			options = options.header(header.getKey(), header.getValue());
		}
		return options;
	}

	@Override
	public void afterPropertiesSet() {
		KintoPropertiesValidator.validate(this);
	}

	/**
	 * Configuration of TLS.
	 */
	public static class Ssl {

		/**
		 * SSL bundle to use. By default that of spring.http.clients.ssl.bundle.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = unlessBlank(bundle);
		}

	}

	/**
	 * Configuration of the embedded server.
	 */
	public static class Embedded {

		/**
		 * Whether to start an embedded server where no URL is set and the server is on
		 * the class path.
		 */
		private boolean enabled = true;

		/**
		 * Port to listen on, of the loopback interface; 0 for any that is free.
		 */
		private int port;

		/**
		 * Settings of the server by their names in Kinto's own configuration, with dashes
		 * or underscores, such as 'paginate-by', 'readonly' or 'backoff'.
		 */
		private Map<String, String> settings = new LinkedHashMap<>();

		/**
		 * Passwords of accounts that are there from the start, by name.
		 */
		private Map<String, String> accounts = new LinkedHashMap<>();

		/**
		 * JSON file of buckets, groups, collections and records that are there from the
		 * start.
		 */
		private @Nullable Resource initialData;

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

	}

}
