package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Connection details from {@link KintoProperties}. A getter fails if the property
 * contains a placeholder that cannot be resolved. The constructor does not fail, because
 * another bean may replace the property.
 */
class PropertiesKintoConnectionDetails implements KintoConnectionDetails {

	private final KintoProperties properties;

	private final Environment environment;

	PropertiesKintoConnectionDetails(KintoProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	@Override
	public String getUrl() {
		String url = resolved("kinto.url", this.properties.getUrl());
		if (url == null) {
			throw new KintoServerNotFoundException();
		}
		return url;
	}

	@Override
	public @Nullable String getUsername() {
		return resolved("kinto.username", this.properties.getUsername());
	}

	@Override
	public @Nullable String getPassword() {
		return resolved("kinto.password", this.properties.getPassword());
	}

	@Override
	public @Nullable String getBearerToken() {
		return resolved("kinto.bearer-token", this.properties.getBearerToken());
	}

	/**
	 * Return a value, or fail if it contains an unresolved placeholder. The binder keeps
	 * such placeholders, but the environment rejects them.
	 */
	private @Nullable String resolved(String property, @Nullable String value) {
		try {
			this.environment.getProperty(property);
			return value;
		}
		catch (PlaceholderResolutionException ex) {
			throw new UnresolvedKintoPropertyException(property, ex.getPlaceholder());
		}
	}

}
