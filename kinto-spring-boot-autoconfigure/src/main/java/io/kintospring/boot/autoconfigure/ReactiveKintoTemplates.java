package io.kintospring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.util.StringUtils;

/**
 * Lookup of the {@link ReactiveKintoTemplate} beans of all clients, for Actuator and the
 * check of capabilities.
 */
public final class ReactiveKintoTemplates {

	private static final String TEMPLATE = ReactiveKintoTemplate.class.getSimpleName();

	private static final String PRIMARY = StringUtils.uncapitalize(TEMPLATE);

	private ReactiveKintoTemplates() {
	}

	/**
	 * Return the templates of the primary client, of named clients and of the
	 * application, by the name of the client.
	 * @param beanFactory the bean factory
	 * @return the templates: {@code kinto} for the primary client, otherwise the name of
	 * the bean without its suffix {@code ReactiveKintoTemplate}
	 */
	public static Map<String, ReactiveKintoTemplate> byClient(ConfigurableListableBeanFactory beanFactory) {
		Map<String, ReactiveKintoTemplate> templates = new LinkedHashMap<>();
		SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, ReactiveKintoTemplate.class)
			.forEach((bean, template) -> {
				String client = client(bean);
				templates.put(templates.containsKey(client) ? bean : client, template);
			});
		return templates;
	}

	private static String client(String bean) {
		if (bean.equals(PRIMARY)) {
			return "kinto";
		}
		return bean.endsWith(TEMPLATE) ? bean.substring(0, bean.length() - TEMPLATE.length()) : bean;
	}

}
