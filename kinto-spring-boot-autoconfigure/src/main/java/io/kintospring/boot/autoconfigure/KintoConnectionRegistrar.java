package io.kintospring.boot.autoconfigure;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Base class for registrars of {@link KintoConnectionDetails} and of the server that they
 * refer to.
 * <p>
 * Connection details depend on the properties and the class path of the running
 * application. Conditions cannot register them, because ahead-of-time processing
 * evaluates conditions at build time. A registrar registers its beans while configuration
 * classes are parsed, so later conditions see the beans. Ahead-of-time processing
 * registers the registrar instead, and the registrar registers the beans when the
 * application starts.
 */
public abstract class KintoConnectionRegistrar implements ImportBeanDefinitionRegistrar,
		BeanDefinitionRegistryPostProcessor, BeanFactoryAware, EnvironmentAware {

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
			registerConnectionIfMissing();
		}
	}

	@Override
	public final void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!isProcessingAheadOfTime()) {
			registerConnectionIfMissing();
			registerBeansOfProcessedApplication();
		}
	}

	private static boolean isProcessingAheadOfTime() {
		return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
	}

	private void registerConnectionIfMissing() {
		if (isMissing(KintoConnectionDetails.class)) {
			registerConnection();
		}
	}

	/**
	 * Register connection details if the properties and the class path allow it. This
	 * method is called only if no connection details are defined.
	 */
	protected abstract void registerConnection();

	/**
	 * Register other beans that depend on the connection details, in an application that
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
	 * Return whether {@code kinto.url} is set. A blank URL counts as not set. A URL with
	 * a placeholder that cannot be resolved counts as set.
	 * @return whether the URL is set
	 */
	protected final boolean isUrlSet() {
		return property("kinto.url", String.class).map(StringUtils::hasText).orElse(false);
	}

	/**
	 * Bind a property. Placeholders that cannot be resolved are kept.
	 * @param <T> the type of the property
	 * @param name the name of the property
	 * @param type the type of the property
	 * @return the result
	 */
	protected final <T> BindResult<T> property(String name, Class<T> type) {
		return Binder.get(environment()).bind(name, type);
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
	 * Return whether no bean of a type is defined in the bean factory or its ancestors.
	 * @param type the type
	 * @return whether no bean of the type is defined
	 */
	protected final boolean isMissing(Class<?> type) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory(), type, true, false).length == 0;
	}

	/**
	 * Register a bean.
	 * @param <T> the type of the bean
	 * @param name the name of the bean
	 * @param type the type of the bean
	 * @param supplier creates the bean
	 */
	protected final <T> void register(String name, Class<T> type, Supplier<T> supplier) {
		RootBeanDefinition bean = new RootBeanDefinition(type, supplier);
		bean.setResourceDescription(getClass().getName());
		beanFactory().registerBeanDefinition(name, bean);
	}

}
