package io.kintospring.boot.autoconfigure.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.file.DataFileException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Bean definitions for the embedded server. No other class in this package uses the
 * classes of {@code kinto-embedded}, which is an optional dependency.
 */
final class EmbeddedKinto {

	private static final Log logger = LogFactory.getLog(EmbeddedKinto.class);

	private EmbeddedKinto() {
	}

	/**
	 * Register the connection details, and the server if the application does not define
	 * one.
	 */
	static void register(EmbeddedKintoConnectionRegistrar registrar) {
		if (registrar.isBeanMissing(EmbeddedKintoServer.class)) {
			registrar.registerServer(EmbeddedKintoServer.class,
					() -> server(registrar.bean(KintoProperties.class).getEmbedded(), registrar.isDataFileUsed()));
		}
		registrar.registerBean("kintoConnectionDetails", EmbeddedKintoConnectionDetails.class,
				() -> new EmbeddedKintoConnectionDetails(registrar.bean(EmbeddedKintoServer.class).url(),
						registrar.bean(KintoProperties.class)));
	}

	/**
	 * Register a server and connection details for a named client. The server has the
	 * settings, accounts and tokens of the primary one, but a random port, no initial
	 * data and no data file.
	 */
	static void register(NamedEmbeddedKintoRegistrar registrar, String client) {
		String server = client + "EmbeddedKintoServer";
		registrar.registerBean(server, client, EmbeddedKintoServer.class,
				() -> start(registrar.bean(KintoProperties.class).getEmbedded(), (builder) -> {
				}));
		registrar.registerBean(client + "KintoConnectionDetails", client, EmbeddedKintoConnectionDetails.class,
				() -> new EmbeddedKintoConnectionDetails(registrar.bean(server, EmbeddedKintoServer.class).url(),
						registrar.properties(client)));
	}

	private static ConfiguredServer<EmbeddedKintoServer> server(KintoProperties.Embedded properties,
			boolean dataFileUsed) {
		byte[] initialData = initialData(properties);
		return new ConfiguredServer<>(configuration(properties, initialData),
				() -> start(properties, initialData, dataFileUsed));
	}

	/**
	 * Return an object that is equal for equal properties and initial data.
	 */
	private static Object configuration(KintoProperties.Embedded properties, byte[] initialData) {
		return List.of(properties.getPort(), properties.getSettings(), properties.getAccounts(),
				properties.getBearerTokens(), Optional.ofNullable(properties.getDataFile()),
				ByteBuffer.wrap(initialData));
	}

	private static EmbeddedKintoServer start(KintoProperties.Embedded properties, byte[] initialData,
			boolean dataFileUsed) {
		EmbeddedKintoServer server = start(properties, (builder) -> {
			builder.port(properties.getPort());
			if (properties.getInitialData() != null) {
				builder.initialData(new ByteArrayInputStream(initialData));
			}
			if (properties.getDataFile() != null && dataFileUsed) {
				builder.dataFile(properties.getDataFile());
			}
		});
		logger.warn("An embedded Kinto server is running at " + server.url()
				+ ". It is for development and tests only, and stores its data in "
				+ ((server.dataFile() != null) ? server.dataFile() : "memory") + ".");
		return server;
	}

	private static EmbeddedKintoServer start(KintoProperties.Embedded properties,
			Consumer<EmbeddedKintoServer.Builder> more) {
		try {
			EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder();
			properties.getSettings().forEach((name, value) -> builder.setting(nameInKinto(name), value));
			properties.getAccounts().forEach(builder::account);
			properties.getBearerTokens().forEach((user, token) -> builder.bearerToken(token, user));
			more.accept(builder);
			return builder.start();
		}
		catch (DataFileException ex) {
			throw new EmbeddedKintoNotStartedException(ex,
					"Set kinto.embedded.data-file to another file, or solve the problem with " + ex.file() + ".");
		}
		catch (IllegalStateException ex) {
			throw new EmbeddedKintoNotStartedException(ex,
					"Stop the process that listens on port " + properties.getPort()
							+ ", or set kinto.embedded.port to another port, or to 0 for a random free port. To use a"
							+ " server that is already running, set kinto.url.");
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex);
		}
	}

	/**
	 * Replace dashes with underscores after the last dot. What precedes it can be the ids
	 * of a bucket and a collection, and has no underscores otherwise.
	 */
	private static String nameInKinto(String name) {
		int own = name.lastIndexOf('.') + 1;
		return name.substring(0, own) + name.substring(own).replace('-', '_');
	}

	private static byte[] initialData(KintoProperties.Embedded properties) {
		if (properties.getInitialData() == null) {
			return new byte[0];
		}
		try {
			return properties.getInitialData().getContentAsByteArray();
		}
		catch (IOException ex) {
			throw invalid(new IllegalArgumentException("The initial data cannot be read: " + ex.getMessage(), ex));
		}
	}

	private static EmbeddedKintoNotStartedException invalid(IllegalArgumentException cause) {
		return new EmbeddedKintoNotStartedException(cause, "Correct kinto.embedded.settings, kinto.embedded.accounts,"
				+ " kinto.embedded.bearer-tokens or kinto.embedded.initial-data.");
	}

}
