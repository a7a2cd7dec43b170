package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Connection details from {@link KintoClientProperties}. A getter fails if the property
 * contains a placeholder that cannot be resolved. The constructor does not fail, because
 * another bean may replace the property.
 */
class PropertiesKintoConnectionDetails implements KintoConnectionDetails {

	private final String prefix;

	private final KintoClientProperties properties;

	private final Environment environment;

	/**
	 * Create the details.
	 * @param prefix the prefix of the properties, such as {@code kinto}
	 * @param properties the properties
	 * @param environment the environment
	 */
	PropertiesKintoConnectionDetails(String prefix, KintoClientProperties properties, Environment environment) {
		this.prefix = prefix;
		this.properties = properties;
		this.environment = environment;
	}

	@Override
	public String getUrl() {
		String url = resolved("url", this.properties.getUrl());
		if (url == null) {
			throw new KintoServerNotFoundException(this.prefix);
		}
		return url;
	}

	@Override
	public @Nullable String getUsername() {
		return resolved("username", this.properties.getUsername());
	}

	@Override
	public @Nullable String getPassword() {
		return resolved("password", this.properties.getPassword());
	}

	@Override
	public @Nullable String getBearerToken() {
		return resolved("bearer-token", this.properties.getBearerToken());
	}

	/**
	 * Return a value, or fail if it contains an unresolved placeholder. The binder keeps
	 * such placeholders, but the environment rejects them.
	 */
	private @Nullable String resolved(String name, @Nullable String value) {
		String property = this.prefix + "." + name;
		try {
			this.environment.getProperty(property);
			return value;
		}
		catch (PlaceholderResolutionException ex) {
			throw new UnresolvedKintoPropertyException(property, ex.getPlaceholder());
		}
	}

}
