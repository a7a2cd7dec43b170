package io.kintospring.boot.autoconfigure;

import io.kintospring.client.KintoClient;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoOperations;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Registrar for the connection details of {@code kinto.url}, if set.
 */
class PropertiesKintoConnectionRegistrar extends KintoConnectionRegistrar {

	@Override
	protected void registerConnection() {
		if (isUrlSet()) {
			register("kintoConnectionDetails", PropertiesKintoConnectionDetails.class,
					() -> new PropertiesKintoConnectionDetails(NamedKintoClients.PRIMARY,
							beanFactory().getBean(KintoProperties.class), environment()));
		}
	}

	/**
	 * Register the client and the template that the application does not define itself.
	 * Conditions at build time do not see connection details that come from
	 * {@code kinto.url}.
	 */
	@Override
	protected void registerBeansOfProcessedApplication() {
		if (!isMissing(KintoConnectionDetails.class)) {
			registerIfMissing(KintoClient.class, KintoClient.class, "kintoClient");
			registerIfMissing(KintoOperations.class, KintoTemplate.class, "kintoTemplate");
			registerIfMissing(ReactiveKintoOperations.class, ReactiveKintoTemplate.class, "reactiveKintoTemplate");
		}
	}

	private void registerIfMissing(Class<?> missing, Class<?> type, String method) {
		if (isMissing(missing)) {
			RootBeanDefinition bean = new RootBeanDefinition();
			bean.setTargetType(type);
			bean.setFactoryBeanName(beanFactory().getBeanNamesForType(KintoAutoConfiguration.class, true, false)[0]);
			bean.setUniqueFactoryMethodName(method);
			bean.setAutowireMode(AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR);
			beanFactory().registerBeanDefinition(method, bean);
		}
	}

}
