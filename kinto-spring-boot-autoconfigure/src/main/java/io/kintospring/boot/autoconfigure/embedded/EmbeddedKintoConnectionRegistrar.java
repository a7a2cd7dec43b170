package io.kintospring.boot.autoconfigure.embedded;

import java.util.function.Supplier;

import io.kintospring.boot.autoconfigure.KintoConnectionRegistrar;
import io.kintospring.client.KintoTransport;

import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Registrar for an embedded server and its connection details, if {@code kinto-embedded}
 * is on the class path. This class does not refer to classes of {@code kinto-embedded},
 * so it can be loaded without them.
 */
public class EmbeddedKintoConnectionRegistrar extends KintoConnectionRegistrar {

	static final String SERVER = "io.kintospring.embedded.EmbeddedKintoServer";

	static final String RESTARTER = "org.springframework.boot.devtools.restart.Restarter";

	private static final String SERVER_BEAN = "embeddedKintoServer";

	private static final String RESTARTED_SERVER = "restartedEmbeddedKintoServer";

	@Override
	protected final void registerConnection() {
		if (isServerWanted() && isPresent(SERVER)) {
			EmbeddedKinto.register(this);
		}
	}

	/**
	 * Return whether to use an embedded server. By default, an embedded server is used if
	 * it is enabled, no URL is set, and no transport is defined. A transport would
	 * otherwise receive the credentials of the embedded server.
	 * @return whether to use an embedded server
	 */
	protected boolean isServerWanted() {
		return !isUrlSet() && isMissing(KintoTransport.class)
				&& property("kinto.embedded.enabled", Boolean.class).orElse(true);
	}

	/**
	 * Return whether the server keeps its data in {@code kinto.embedded.data-file}.
	 * Returns {@code true} by default.
	 * @return whether to use the data file
	 */
	protected boolean isDataFileUsed() {
		return true;
	}

	/**
	 * Register the server. If Spring Boot's developer tools can restart the application,
	 * the server is kept over restarts.
	 * @param <T> the type of the server
	 * @param type the type of the server
	 * @param server supplies the server to start
	 */
	final <T extends AutoCloseable> void registerServer(Class<T> type, Supplier<ConfiguredServer<T>> server) {
		if (isPresent(RESTARTER) && RestartedServer.isRestartEnabled()) {
			register(RESTARTED_SERVER, RestartedServer.class, RestartedServer::new);
			RootBeanDefinition definition = register(SERVER_BEAN, type,
					() -> bean(RestartedServer.class).get(type, server.get()));
			definition.setDependsOn(RESTARTED_SERVER);
			definition.setDestroyMethodName("");
		}
		else {
			register(SERVER_BEAN, type, () -> server.get().start().get());
		}
	}

	final <T> void registerBean(String name, Class<T> type, Supplier<T> supplier) {
		register(name, type, supplier);
	}

	final boolean isBeanMissing(Class<?> type) {
		return isMissing(type);
	}

	final <T> T bean(Class<T> type) {
		return beanFactory().getBean(type);
	}

}
