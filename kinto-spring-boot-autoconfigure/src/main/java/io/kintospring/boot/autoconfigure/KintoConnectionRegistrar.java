package io.kintospring.boot.autoconfigure;

import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.StringUtils;

/**
 * Base class for registrars of {@link KintoConnectionDetails} and of the server that they
 * refer to.
 */
public abstract class KintoConnectionRegistrar extends KintoBeanRegistrar {

	@Override
	protected final void registerBeans() {
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

}
