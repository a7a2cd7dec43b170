package io.kintospring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoTransport;
import io.kintospring.protocol.KintoCalls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * Factory for the clients of {@code kinto.clients.*}. A bean that has the name of a
 * client as its qualifier replaces the properties of this client.
 */
final class NamedKintoClients {

	/** Prefix of the properties of the primary client. */
	static final String PRIMARY = "kinto";

	private static final String CLIENTS = "kinto.clients";

	private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]+");

	private static final Log logger = LogFactory.getLog(NamedKintoClients.class);

	private final KintoProperties properties;

	private final KintoClientBuilders builders;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	NamedKintoClients(KintoProperties properties, KintoClientBuilders builders,
			ConfigurableListableBeanFactory beanFactory, Environment environment) {
		this.properties = properties;
		this.builders = builders;
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	/**
	 * Return the names of the clients that have properties.
	 */
	static Set<String> names(Environment environment) {
		return Binder.get(environment)
			.bind(CLIENTS, Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of)
			.keySet();
	}

	/**
	 * Return the prefix of the properties of a client.
	 */
	static String prefix(String name) {
		return CLIENTS + "." + (PLAIN_NAME.matcher(name).matches() ? name : "[" + name + "]");
	}

	/**
	 * Create the client with the name.
	 */
	KintoClient client(String name) {
		String prefix = prefix(name);
		KintoClientProperties client = properties(name);
		KintoConnectionDetails details = qualified(KintoConnectionDetails.class, name);
		KintoClientBuilders.Beans beans = new KintoClientBuilders.Beans(
				(details != null) ? details : new PropertiesKintoConnectionDetails(prefix, client, this.environment),
				qualified(KintoTransport.class, name), qualified(KintoAuthentication.class, name), customizers(name));
		KintoClient.Builder builder = this.builders.builder(prefix, client, beans);
		if (client.getName() == null) {
			builder.name(name);
		}
		KintoClient built = builder.build();
		logger.info("Using the Kinto server at " + built.server() + " for " + prefix);
		return built;
	}

	/**
	 * Create the calls of the client with the name.
	 */
	KintoCalls calls(String name, JsonMapper mapper) {
		KintoClientProperties client = properties(name);
		return new KintoCalls(mapper, client.options(), client.getBucket());
	}

	private KintoClientProperties properties(String name) {
		KintoClientProperties client = this.properties.getClients().get(name);
		Assert.state(client != null, () -> "No properties " + prefix(name) + ".*");
		return client;
	}

	/**
	 * Return the customizers in the order that their bean methods declare, which only the
	 * bean factory knows.
	 */
	private Stream<KintoWebClientCustomizer> customizers(String name) {
		List<KintoWebClientCustomizer> customizers = allQualified(KintoWebClientCustomizer.class, name);
		return this.beanFactory.getBeanProvider(KintoWebClientCustomizer.class)
			.orderedStream()
			.filter(customizers::contains);
	}

	private <T> @Nullable T qualified(Class<T> type, String name) {
		List<T> beans = allQualified(type, name);
		Assert.state(beans.size() <= 1, () -> "Only one " + type.getSimpleName() + " bean can have the qualifier '"
				+ name + "', but " + beans.size() + " have it. Remove the others.");
		return beans.isEmpty() ? null : beans.get(0);
	}

	/**
	 * Return the beans that have the name of a client as their qualifier. A default
	 * candidate is rejected, because the primary client would use it as well, and send
	 * the credentials to the wrong server.
	 */
	private <T> List<T> allQualified(Class<T> type, String name) {
		Map<String, T> beans = new LinkedHashMap<>(
				BeanFactoryAnnotationUtils.qualifiedBeansOfType(this.beanFactory, type, name));
		beans.keySet().forEach((bean) -> {
			boolean defaultCandidate = !(this.beanFactory
				.getMergedBeanDefinition(bean) instanceof AbstractBeanDefinition definition)
					|| definition.isDefaultCandidate();
			Assert.state(!defaultCandidate, () -> "The bean '" + bean + "' has the qualifier '" + name
					+ "', but the primary client would use it as well. Declare it with @Bean(defaultCandidate = false).");
		});
		return List.copyOf(beans.values());
	}

}
