package io.kintospring.boot.autoconfigure.embedded;

import java.io.IOException;
import java.io.InputStream;

import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.embedded.EmbeddedKintoServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * Bean definitions for the embedded server. No other class in this package uses the
 * classes of {@code kinto-embedded}, which is an optional dependency.
 */
final class EmbeddedKinto {

	private static final Log logger = LogFactory.getLog(EmbeddedKinto.class);

	private static final String OF_RESOURCE = "attachment.resources.";

	private EmbeddedKinto() {
	}

	/**
	 * Register the connection details, and the server if the application does not define
	 * one.
	 */
	static void register(EmbeddedKintoConnectionRegistrar registrar) {
		if (registrar.isBeanMissing(EmbeddedKintoServer.class)) {
			registrar.registerBean("embeddedKintoServer", EmbeddedKintoServer.class,
					() -> embeddedKintoServer(registrar.bean(KintoProperties.class)));
		}
		registrar.registerBean("kintoConnectionDetails", EmbeddedKintoConnectionDetails.class,
				() -> new EmbeddedKintoConnectionDetails(registrar.bean(EmbeddedKintoServer.class).url(),
						registrar.bean(KintoProperties.class)));
	}

	/**
	 * Register a server and connection details for a named client. The server has the
	 * settings and accounts of the primary one, but a random port and no initial data.
	 */
	static void register(NamedEmbeddedKintoRegistrar registrar, String client) {
		String server = client + "EmbeddedKintoServer";
		registrar.registerBean(server, client, EmbeddedKintoServer.class,
				() -> start(registrar.bean(KintoProperties.class).getEmbedded(), 0, null));
		registrar.registerBean(client + "KintoConnectionDetails", client, EmbeddedKintoConnectionDetails.class,
				() -> new EmbeddedKintoConnectionDetails(registrar.bean(server, EmbeddedKintoServer.class).url(),
						registrar.properties(client)));
	}

	private static EmbeddedKintoServer embeddedKintoServer(KintoProperties properties) {
		KintoProperties.Embedded embedded = properties.getEmbedded();
		EmbeddedKintoServer server = start(embedded, embedded.getPort(), embedded.getInitialData());
		logger.warn("An embedded Kinto server is running at " + server.url()
				+ ". It is for development and tests only, and stores its data in memory.");
		return server;
	}

	private static EmbeddedKintoServer start(KintoProperties.Embedded properties, int port,
			@Nullable Resource initialData) {
		try {
			EmbeddedKintoServer.Builder builder = EmbeddedKintoServer.builder().port(port);
			properties.getSettings().forEach((name, value) -> builder.setting(nameInKinto(name), value));
			properties.getAccounts().forEach(builder::account);
			load(initialData, builder);
			return builder.start();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new EmbeddedKintoNotStartedException(port, ex);
		}
	}

	/**
	 * Replace dashes with underscores, except in the ids of buckets and collections.
	 */
	private static String nameInKinto(String name) {
		int own = name.contains(OF_RESOURCE) ? name.lastIndexOf('.') : 0;
		return name.substring(0, own) + name.substring(own).replace('-', '_');
	}

	private static void load(@Nullable Resource initialData, EmbeddedKintoServer.Builder builder) {
		if (initialData != null) {
			try (InputStream json = initialData.getInputStream()) {
				builder.initialData(json);
			}
			catch (IOException ex) {
				throw new IllegalArgumentException("The initial data cannot be read: " + ex.getMessage(), ex);
			}
		}
	}

}
