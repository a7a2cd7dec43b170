package io.kintospring.boot.autoconfigure.embedded;

import java.util.function.Supplier;

import io.kintospring.boot.autoconfigure.KintoBeanRegistrar;
import io.kintospring.boot.autoconfigure.KintoClientProperties;
import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.KintoProperties;
import io.kintospring.client.KintoTransport;
import org.springframework.util.Assert;

/**
 * Registrar for an embedded server for each client of {@code kinto.clients.*}, in tests.
 * A client whose connection details or transport the application defines gets no server.
 */
public final class NamedEmbeddedKintoRegistrar extends KintoBeanRegistrar {

	@Override
	protected void registerBeans() {
		if (isPresent(EmbeddedKintoConnectionRegistrar.SERVER)) {
			clientNames().stream()
				.filter((client) -> isMissing(KintoConnectionDetails.class, client)
						&& isMissing(KintoTransport.class, client))
				.forEach((client) -> EmbeddedKinto.register(this, client));
		}
	}

	<T> void registerBean(String name, String client, Class<T> type, Supplier<T> supplier) {
		registerQualified(name, client, type, supplier);
	}

	<T> T bean(Class<T> type) {
		return beanFactory().getBean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return beanFactory().getBean(name, type);
	}

	KintoClientProperties properties(String client) {
		KintoClientProperties properties = bean(KintoProperties.class).getClients().get(client);
		Assert.state(properties != null, "No properties of the client");
		return properties;
	}

}
