package io.kintospring.boot.autoconfigure;

import java.util.List;
import java.util.function.Function;

import io.kintospring.boot.autoconfigure.InvalidKintoPropertiesException.Problem;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;

/**
 * Registrar for the clients and the templates of {@code kinto.clients.*}. The name of a
 * client is the qualifier of its beans. A bean that the application defines with this
 * qualifier replaces the bean of the same type.
 */
class NamedKintoClientRegistrar extends KintoBeanRegistrar {

	/**
	 * Its KintoTemplate would have the bean name of the primary ReactiveKintoTemplate.
	 */
	private static final String RESERVED = "reactive";

	@Override
	protected void registerBeans() {
		clientNames().forEach(this::registerBeans);
	}

	private void registerBeans(String client) {
		if (client.equals(RESERVED)) {
			String property = NamedKintoClients.prefix(client);
			throw new InvalidKintoPropertiesException(List
				.of(new Problem(property, property + " has the name of the primary client's ReactiveKintoTemplate.",
						"Choose another name for the client.")));
		}
		registerIfMissing(client, KintoClient.class, KintoClient.class, (name) -> clients().client(name));
		registerIfMissing(client, KintoCalls.class, KintoCalls.class, (name) -> clients().calls(name,
				beanFactory().getBeanProvider(JsonMapper.class).getIfAvailable(JsonMapper::new)));
		registerIfMissing(client, KintoOperations.class, KintoTemplate.class,
				(name) -> new KintoTemplate(bean(KintoClient.class, name), bean(KintoCalls.class, name)));
		registerIfMissing(client, ReactiveKintoOperations.class, ReactiveKintoTemplate.class,
				(name) -> new ReactiveKintoTemplate(bean(KintoClient.class, name), bean(KintoCalls.class, name)));
	}

	private <T> void registerIfMissing(String client, Class<?> missing, Class<T> type, Function<String, T> factory) {
		if (isMissing(missing, client)) {
			registerQualified(client + type.getSimpleName(), client, type, () -> factory.apply(client));
		}
	}

	private NamedKintoClients clients() {
		return beanFactory().getBean(NamedKintoClients.class);
	}

	private <T> T bean(Class<T> type, String client) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(beanFactory(), type, client);
	}

}
