package io.kintospring.boot.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoOptions;
import io.kintospring.KintoRetry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for a client of a Kinto server. A blank text value counts as
 * not set.
 */
public class KintoClientProperties {

	/**
	 * URL of the Kinto server, including the API version, such as
	 * https://kinto.example.com/v1. If kinto.url is not set, an embedded server is
	 * started if available.
	 */
	private @Nullable String url;

	/**
	 * Bucket to use if none is specified. The bucket 'default' is personal to each user.
	 */
	private String bucket = "default";

	/**
	 * Whether to reject creates of existing objects, and updates and deletions of objects
	 * that changed since they were read.
	 */
	private boolean safe = true;

	/**
	 * Additional headers to send with each request.
	 */
	private Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * Timeout of a request, from authenticating and acquiring a connection to the last
	 * byte of the response.
	 */
	private Duration timeout = Duration.ofSeconds(5);

	/**
	 * Maximum duration of a request, with all its attempts and the pauses between them.
	 * It is never less than the timeout.
	 */
	private Duration callTimeout = Duration.ofSeconds(30);

	/**
	 * Maximum idle time during a file transfer.
	 */
	private Duration transferTimeout = Duration.ofSeconds(30);

	/**
	 * Timeout of connecting to the server. Defaults to
	 * spring.http.clients.connect-timeout, or to 2 seconds if that is not set.
	 */
	private @Nullable Duration connectTimeout;

	/**
	 * Maximum number of concurrent requests.
	 */
	private int maxConnections = 64;

	/**
	 * Maximum number of requests that wait for a connection. Further requests fail
	 * immediately.
	 */
	private int maxPendingRequests = 1000;

	/**
	 * Maximum duration of a backoff that the server requests with a Backoff header.
	 */
	private Duration maxBackoff = Duration.ofMinutes(10);

	/**
	 * Time-to-live of cached server settings and capabilities.
	 */
	private Duration serverInfoExpiry = Duration.ofMinutes(5);

	/**
	 * Name of the server in metrics. Defaults to the host and port of its URL, or to the
	 * name of the client in kinto.clients.
	 */
	private @Nullable String name;

	/**
	 * Username for authentication.
	 */
	private @Nullable String username;

	/**
	 * Password for authentication.
	 */
	private @Nullable String password;

	/**
	 * Bearer token for authentication, as an alternative to username and password.
	 */
	private @Nullable String bearerToken;

	/**
	 * Maximum size of a response, before and after decompression.
	 */
	private DataSize maxInMemorySize = DataSize.ofMegabytes(64);

	private final Retry retry = new Retry();

	private final Backoff backoff = new Backoff();

	private final Changes changes = new Changes();

	private final Ssl ssl = new Ssl();

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

	public Duration getCallTimeout() {
		return this.callTimeout;
	}

	public void setCallTimeout(Duration callTimeout) {
		this.callTimeout = callTimeout;
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

	public Retry getRetry() {
		return this.retry;
	}

	public Backoff getBackoff() {
		return this.backoff;
	}

	public Changes getChanges() {
		return this.changes;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	/**
	 * Return the options inherited by all operations.
	 * @return the options
	 * @throws IllegalArgumentException if a header or the settle time is invalid
	 */
	KintoOptions options() {
		KintoOptions options = KintoOptions.of().settleTime(this.changes.getSettleTime());
		options = this.safe ? options : options.safe(false);
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			options = options.header(header.getKey(), header.getValue());
		}
		return options;
	}

	/**
	 * Configuration of retries.
	 */
	public static class Retry {

		/**
		 * Maximum number of times that a failed request is sent again. Use 0 to send each
		 * request once.
		 */
		private int maxRetries = 3;

		/**
		 * Pause before the first retry. Later pauses double.
		 */
		private Duration delay = Duration.ofMillis(100);

		/**
		 * Maximum pause before a retry. If the server asks for a longer one, the call
		 * fails immediately.
		 */
		private Duration maxDelay = Duration.ofSeconds(10);

		/**
		 * Random part of a pause, between 0 and 1.
		 */
		private double jitter = 0.5;

		public int getMaxRetries() {
			return this.maxRetries;
		}

		public void setMaxRetries(int maxRetries) {
			this.maxRetries = maxRetries;
		}

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public double getJitter() {
			return this.jitter;
		}

		public void setJitter(double jitter) {
			this.jitter = jitter;
		}

		KintoRetry toRetry() {
			return new KintoRetry(this.maxRetries, this.delay, this.maxDelay, this.jitter);
		}

	}

	/**
	 * Configuration of backoffs.
	 */
	public static class Backoff {

		/**
		 * What to do while the server asks to back off.
		 */
		private KintoBackoffMode mode = KintoBackoffMode.NOTIFY;

		public KintoBackoffMode getMode() {
			return this.mode;
		}

		public void setMode(KintoBackoffMode mode) {
			this.mode = mode;
		}

	}

	/**
	 * Configuration of following changes.
	 */
	public static class Changes {

		/**
		 * Maximum time from the moment that Kinto assigns the version of a write until
		 * others can read it. Must be more than the duration of the longest write. Use 0
		 * if the server makes writes visible in the order of their versions.
		 */
		private Duration settleTime = Duration.ofSeconds(5);

		public Duration getSettleTime() {
			return this.settleTime;
		}

		public void setSettleTime(Duration settleTime) {
			this.settleTime = settleTime;
		}

	}

	/**
	 * SSL configuration.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle to use. Defaults to spring.http.clients.ssl.bundle.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = unlessBlank(bundle);
		}

	}

}
