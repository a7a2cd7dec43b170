package io.kintospring.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.kintospring.embedded.endpoint.KintoApplication;
import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.file.DataFileException;
import io.kintospring.embedded.file.PersistentData;
import io.kintospring.embedded.http.KintoHttpServer;
import io.kintospring.embedded.resource.InitialData;
import io.kintospring.embedded.settings.Concurrency;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import org.jspecify.annotations.Nullable;

/**
 * In-memory Kinto server for development and tests; not for production.
 * <p>
 * By default, the server listens on a free port of the loopback interface and accepts any
 * username with any password. The data is lost when the server is closed, unless it has a
 * data file.
 * <p>
 * Several servers can run side by side. Thread-safe.
 */
public final class EmbeddedKintoServer implements AutoCloseable {

	private final KintoApplication application;

	private final Faults faults;

	private final KintoHttpServer server;

	private final @Nullable PersistentData data;

	private final String url;

	private EmbeddedKintoServer(Builder builder) {
		KintoServerSettings settings = builder.settings;
		this.application = new KintoApplication(settings, builder.clock, builder.initialData, builder.tokens);
		this.faults = new Faults(Duration.ofSeconds(settings.get(KintoSetting.RETRY_AFTER_SECONDS)));
		this.data = (builder.dataFile != null) ? PersistentData.open(builder.dataFile, this.application) : null;
		try {
			this.server = new KintoHttpServer(builder.host, builder.port, this.application, this.faults, settings,
					builder.clock);
		}
		catch (RuntimeException ex) {
			closeData();
			throw ex;
		}
		startData();
		this.url = "http://%s:%d%s/v1".formatted(builder.host.contains(":") ? "[" + builder.host + "]" : builder.host,
				this.server.port(), settings.get(KintoSetting.BASE_PATH));
	}

	/**
	 * Start a server with the default settings.
	 * @return the running server
	 */
	public static EmbeddedKintoServer start() {
		return builder().start();
	}

	/**
	 * Create a builder with the default settings.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the URL of the API.
	 * @return the URL with the version, such as {@code http://127.0.0.1:41234/v1}
	 */
	public String url() {
		return this.url;
	}

	/**
	 * Return the port that the server listens on.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Return the faults that the server injects.
	 * @return the faults, empty at first
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * Return the file that contains the data.
	 * @return the absolute path of the file, or {@code null} if the data is in memory
	 * only
	 */
	public @Nullable Path dataFile() {
		return (this.data != null) ? this.data.file() : null;
	}

	/**
	 * Reset the data to the initial data, also in the data file. Faults are kept.
	 */
	public void flush() {
		this.application.flush();
	}

	/**
	 * Stop the server, close its connections, and save its data. The port and the data
	 * file are free when this method returns.
	 * @throws DataFileException if the data file cannot be written
	 */
	@Override
	public void close() {
		try {
			this.server.close();
		}
		finally {
			closeData();
		}
	}

	private void startData() {
		try {
			if (this.data != null) {
				this.data.start();
			}
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private void closeData() {
		if (this.data != null) {
			this.data.close();
		}
	}

	@Override
	public String toString() {
		return "Embedded Kinto server at " + this.url;
	}

	/**
	 * Builder for servers. You can start several servers with one builder. Not
	 * thread-safe.
	 */
	public static final class Builder {

		private String host = "127.0.0.1";

		private int port;

		private KintoServerSettings settings = KintoServerSettings.defaults();

		private Clock clock = Clock.systemUTC();

		private InitialData initialData = InitialData.none();

		private final Map<String, String> tokens = new LinkedHashMap<>();

		private @Nullable Path dataFile;

		private Builder() {
		}

		/**
		 * Set the host or address to listen on. The default is {@code 127.0.0.1}.
		 * @param host a host name or an address of this machine
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = host;
			return this;
		}

		/**
		 * Set the port to listen on. The default is 0, which selects a free port.
		 * @param port the port
		 * @return this builder
		 * @throws IllegalArgumentException if the port is out of range
		 */
		public Builder port(int port) {
			if (port < 0 || port > 65535) {
				throw new IllegalArgumentException("port must be from 0 to 65535, but was " + port);
			}
			this.port = port;
			return this;
		}

		/**
		 * Replace all settings. The defaults are those of Kinto.
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(KintoServerSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Set one setting, named as in Kinto's configuration file.
		 * @param name the name of the setting, with or without the prefix {@code kinto.}
		 * @param value the text of the value
		 * @return this builder
		 * @throws IllegalArgumentException if the setting is unsupported or the value is
		 * invalid
		 */
		public Builder setting(String name, String value) {
			return settings(this.settings.with(name, value));
		}

		/**
		 * Set how the server handles requests that are in flight at the same time. By
		 * default, it handles them one after another.
		 * @param concurrency the way to handle concurrent requests
		 * @param seed the seed of the random decisions about them, which is not negative
		 * @return this builder
		 * @throws IllegalArgumentException if the seed is negative
		 */
		public Builder concurrency(Concurrency concurrency, int seed) {
			setting(KintoSetting.CONCURRENCY.name(), concurrency.toString());
			return setting(KintoSetting.CONCURRENCY_SEED.name(), String.valueOf(seed));
		}

		/**
		 * Add an account to the initial data.
		 * @param name the name of the user
		 * @param password the password
		 * @return this builder
		 */
		public Builder account(String name, String password) {
			this.initialData = this.initialData.withAccount(name, password);
			return this;
		}

		/**
		 * Add buckets, collections, groups, records and accounts to the initial data.
		 * @param file a JSON file, as described by {@link InitialData}
		 * @return this builder
		 * @throws UncheckedIOException if the file cannot be read
		 * @throws IllegalArgumentException if the file does not contain a JSON object
		 */
		public Builder initialData(Path file) {
			try (InputStream in = Files.newInputStream(file)) {
				return initialData(in);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/**
		 * Add buckets, collections, groups, records and accounts to the initial data.
		 * @param json JSON, as described by {@link InitialData}. The stream is not
		 * closed.
		 * @return this builder
		 * @throws UncheckedIOException if the stream cannot be read
		 * @throws IllegalArgumentException if the stream does not contain a JSON object
		 */
		public Builder initialData(InputStream json) {
			try {
				this.initialData = this.initialData.with(json.readAllBytes());
				return this;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/**
		 * Accept a bearer token. The user id is the subject with the prefix
		 * {@code openid:}, as with Kinto's OpenID plugin.
		 * @param token the token
		 * @param subject the subject, such as {@code alice}
		 * @return this builder
		 * @throws IllegalArgumentException if the token is not a single word of visible
		 * ASCII characters, belongs to another subject, or the subject is blank
		 */
		public Builder bearerToken(String token, String subject) {
			if (subject.isBlank()) {
				throw new IllegalArgumentException("The subject of a bearer token must not be blank");
			}
			if (!token.matches("[!-~]+")) {
				throw new IllegalArgumentException(
						"The bearer token of '%s' must consist of visible ASCII characters, without spaces"
							.formatted(subject));
			}
			String other = this.tokens.putIfAbsent(token, subject);
			if (other != null && !other.equals(subject)) {
				throw new IllegalArgumentException(
						"'%s' and '%s' have the same bearer token".formatted(other, subject));
			}
			return this;
		}

		/**
		 * Keep the data in a file. By default, the data is in memory only.
		 * <p>
		 * If the file exists, the server starts with its data. Otherwise, the server
		 * starts with the initial data and creates the file, including missing
		 * directories. It saves changes within about a second, and when it is closed.
		 * Each save replaces the file atomically.
		 * <p>
		 * The file contains password hashes, and is readable only for its owner if the
		 * file system supports this. Only one server can use a file at a time; it locks a
		 * file with the additional extension {@code .lock}.
		 * @param file a JSON file
		 * @return this builder
		 */
		public Builder dataFile(Path file) {
			this.dataFile = file;
			return this;
		}

		/**
		 * Set the clock. The default is the system clock. Timestamps increase strictly
		 * even if the clock does not.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Start a server.
		 * @return the running server
		 * @throws IllegalStateException if the server cannot listen on the host and port
		 * @throws IllegalArgumentException if the initial data is invalid, or settings
		 * contradict each other
		 * @throws DataFileException if the data file cannot be read or written, or
		 * another server uses it
		 */
		public EmbeddedKintoServer start() {
			return new EmbeddedKintoServer(this);
		}

	}

}
