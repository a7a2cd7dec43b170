package io.kintospring.boot.autoconfigure.embedded;

import java.util.function.Supplier;

import io.kintospring.boot.autoconfigure.KintoConnectionRegistrar;
import io.kintospring.client.KintoTransport;

/**
 * Registrar for an embedded server and its connection details, if {@code kinto-embedded}
 * is on the class path. This class does not refer to classes of {@code kinto-embedded},
 * so it can be loaded without them.
 */
public class EmbeddedKintoConnectionRegistrar extends KintoConnectionRegistrar {

	static final String SERVER = "io.kintospring.embedded.EmbeddedKintoServer";

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
