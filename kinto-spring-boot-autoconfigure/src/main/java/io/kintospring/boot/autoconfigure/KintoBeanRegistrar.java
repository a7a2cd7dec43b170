package io.kintospring.boot.autoconfigure;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Base class for registrars of beans that depend on the properties and the class path of
 * the running application.
 * <p>
 * Conditions cannot register these beans, because ahead-of-time processing evaluates
 * conditions at build time. A registrar registers its beans while configuration classes
 * are parsed, so later conditions see the beans. Ahead-of-time processing registers the
 * registrar instead, and the registrar registers the beans when the application starts.
 */
public abstract class KintoBeanRegistrar implements ImportBeanDefinitionRegistrar, BeanDefinitionRegistryPostProcessor,
		BeanFactoryAware, EnvironmentAware {

	private @Nullable DefaultListableBeanFactory beanFactory;

	private @Nullable Environment environment;

	@Override
	public final void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (DefaultListableBeanFactory) beanFactory;
	}

	@Override
	public final void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public final void registerBeanDefinitions(AnnotationMetadata importingClassMetadata,
			BeanDefinitionRegistry registry) {
		if (isProcessingAheadOfTime()) {
			RootBeanDefinition registrar = new RootBeanDefinition(getClass());
			registrar.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
			registry.registerBeanDefinition(getClass().getName(), registrar);
		}
		else {
			registerBeans();
		}
	}

	@Override
	public final void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!isProcessingAheadOfTime()) {
			registerBeans();
			registerBeansOfProcessedApplication();
		}
	}

	private static boolean isProcessingAheadOfTime() {
		return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
	}

	/**
	 * Register the beans, if the properties and the class path allow it.
	 */
	protected abstract void registerBeans();

	/**
	 * Register other beans that depend on the registered beans, in an application that
	 * was processed ahead of time. In other applications, conditions register these
	 * beans. Does nothing by default.
	 */
	protected void registerBeansOfProcessedApplication() {
	}

	/**
	 * Return the bean factory.
	 * @return the bean factory to register beans with
	 */
	protected final DefaultListableBeanFactory beanFactory() {
		Assert.state(this.beanFactory != null, "No bean factory");
		return this.beanFactory;
	}

	/**
	 * Return the environment.
	 * @return the environment of the application
	 */
	protected final Environment environment() {
		Assert.state(this.environment != null, "No environment");
		return this.environment;
	}

	/**
	 * Return the names of the clients in {@code kinto.clients}.
	 * @return the names
	 */
	protected final Set<String> clientNames() {
		return NamedKintoClients.names(environment());
	}

	/**
	 * Return whether a class is present for both the application and this registrar.
	 * @param name the name of the class
	 * @return whether the registrar can use the class
	 */
	protected final boolean isPresent(String name) {
		return ClassUtils.isPresent(name, beanFactory().getBeanClassLoader())
				&& ClassUtils.isPresent(name, getClass().getClassLoader());
	}

	/**
	 * Return whether the bean factory and its ancestors define no bean of a type that can
	 * be injected without a qualifier.
	 * @param type the type
	 * @return whether no such bean is defined
	 */
	protected final boolean isMissing(Class<?> type) {
		return isMissing(type, this::isDefaultCandidate);
	}

	/**
	 * Return whether the bean factory and its ancestors define no bean of a type that has
	 * a qualifier.
	 * @param type the type
	 * @param qualifier the value of the qualifier
	 * @return whether no such bean is defined
	 */
	protected final boolean isMissing(Class<?> type, String qualifier) {
		return isMissing(type,
				(name) -> BeanFactoryAnnotationUtils.isQualifierMatch(qualifier::equals, name, beanFactory()));
	}

	private boolean isMissing(Class<?> type, Predicate<String> candidate) {
		return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory(), type, true, false))
			.noneMatch(candidate);
	}

	private boolean isDefaultCandidate(String name) {
		ConfigurableListableBeanFactory factory = beanFactory();
		while (!factory.containsLocalBean(name)
				&& factory.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent) {
			factory = parent;
		}
		return !factory.containsBeanDefinition(name)
				|| !(factory.getBeanDefinition(name) instanceof AbstractBeanDefinition definition)
				|| definition.isDefaultCandidate();
	}

	/**
	 * Register a bean.
	 * @param <T> the type of the bean
	 * @param name the name of the bean
	 * @param type the type of the bean
	 * @param supplier creates the bean
	 * @return the definition of the bean
	 */
	protected final <T> RootBeanDefinition register(String name, Class<T> type, Supplier<T> supplier) {
		RootBeanDefinition bean = bean(type, supplier);
		beanFactory().registerBeanDefinition(name, bean);
		return bean;
	}

	/**
	 * Register a bean that is only injected where its qualifier is present.
	 * @param <T> the type of the bean
	 * @param name the name of the bean
	 * @param qualifier the value of the qualifier
	 * @param type the type of the bean
	 * @param supplier creates the bean
	 */
	protected final <T> void registerQualified(String name, String qualifier, Class<T> type, Supplier<T> supplier) {
		RootBeanDefinition bean = bean(type, supplier);
		bean.setDefaultCandidate(false);
		bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, qualifier));
		beanFactory().registerBeanDefinition(name, bean);
	}

	private <T> RootBeanDefinition bean(Class<T> type, Supplier<T> supplier) {
		RootBeanDefinition bean = new RootBeanDefinition(type, supplier);
		bean.setResourceDescription(getClass().getName());
		return bean;
	}

}
