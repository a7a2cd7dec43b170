package io.kintospring.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import io.kintospring.embedded.fault.Faults;
import io.kintospring.embedded.http.KintoHttpServer;
import io.kintospring.embedded.resource.InitialData;
import io.kintospring.embedded.resource.KintoApplication;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;

/**
 * A Kinto server in this process, which keeps everything in memory and forgets it when it
 * is closed. For development and tests; not for production.
 * <p>
 * By default it listens on the loopback interface, on any port that is free. Any user
 * name with any password is a user. Several servers can run side by side. Safe for use by
 * several threads.
 */
public final class EmbeddedKintoServer implements AutoCloseable {

	private final KintoApplication application;

	private final Faults faults;

	private final KintoHttpServer server;

	private final String url;

	private EmbeddedKintoServer(Builder builder) {
		KintoServerSettings settings = builder.settings;
		this.application = new KintoApplication(settings, builder.clock, builder.initialData);
		this.faults = new Faults(Duration.ofSeconds(settings.get(KintoSetting.RETRY_AFTER_SECONDS)));
		this.server = new KintoHttpServer(builder.host, builder.port, this.application, this.faults, settings,
				builder.clock);
		this.url = "http://%s:%d%s/v1".formatted(builder.host.contains(":") ? "[" + builder.host + "]" : builder.host,
				this.server.port(), settings.get(KintoSetting.BASE_PATH));
	}

	/**
	 * Starts a server with the default settings.
	 * @return the server, which listens
	 */
	public static EmbeddedKintoServer start() {
		return builder().start();
	}

	/**
	 * Configures a server.
	 * @return a builder with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The URL of the API.
	 * @return the URL with the version, as in <code>http://127.0.0.1:41234/v1</code>
	 */
	public String url() {
		return this.url;
	}

	/**
	 * The port.
	 * @return the port that the server listens on
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * What goes wrong on purpose.
	 * @return the faults, none at first
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * Removes all data but the initial ones, as if the server had just been started.
	 */
	public void flush() {
		this.application.flush();
	}

	/**
	 * Stops the server and ends its connections. The port is free when this returns.
	 */
	@Override
	public void close() {
		this.server.close();
	}

	@Override
	public String toString() {
		return "Embedded Kinto server at " + this.url;
	}

	/**
	 * Configures a server. Can be used for several ones.
	 */
	public static final class Builder {

		private String host = "127.0.0.1";

		private int port;

		private KintoServerSettings settings = KintoServerSettings.defaults();

		private Clock clock = Clock.systemUTC();

		private InitialData initialData = InitialData.none();

		private Builder() {
		}

		/**
		 * Where to listen: <code>127.0.0.1</code> by default.
		 * @param host a host name or an address of this machine
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = host;
			return this;
		}

		/**
		 * The port to listen on: 0 by default, which is any that is free.
		 * @param port the port
		 * @return this builder
		 * @throws IllegalArgumentException if there can't be such a port
		 */
		public Builder port(int port) {
			if (port < 0 || port > 65535) {
				throw new IllegalArgumentException("A port is from 0 to 65535, not " + port);
			}
			this.port = port;
			return this;
		}

		/**
		 * The settings: those of Kinto by default.
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(KintoServerSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Changes one setting, by the name that it has in Kinto's configuration file.
		 * @param name the name of the setting, with or without the prefix
		 * <code>kinto.</code>
		 * @param value the text of its value
		 * @return this builder
		 * @throws IllegalArgumentException if there is no such setting, or the value
		 * can't be one of it
		 */
		public Builder setting(String name, String value) {
			return settings(this.settings.with(name, value));
		}

		/**
		 * Adds an account that exists from the start.
		 * @param name the name of the user
		 * @param password the password
		 * @return this builder
		 */
		public Builder account(String name, String password) {
			this.initialData = this.initialData.withAccount(name, password);
			return this;
		}

		/**
		 * Adds buckets, collections, groups, records and accounts that exist from the
		 * start.
		 * @param file a file of JSON, see {@link InitialData}
		 * @return this builder
		 * @throws UncheckedIOException if it can't be read
		 * @throws IllegalArgumentException if it is not JSON
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
		 * Adds buckets, collections, groups, records and accounts that exist from the
		 * start.
		 * @param json JSON, see {@link InitialData}; is read, but not closed
		 * @return this builder
		 * @throws UncheckedIOException if it can't be read
		 * @throws IllegalArgumentException if it is not JSON
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
		 * What time it is: that of the system by default. Timestamps strictly grow
		 * whatever the clock does.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Starts a server.
		 * @return the server, which listens
		 * @throws IllegalStateException if it can't listen there
		 * @throws IllegalArgumentException if the initial data can't be stored
		 */
		public EmbeddedKintoServer start() {
			return new EmbeddedKintoServer(this);
		}

	}

}
