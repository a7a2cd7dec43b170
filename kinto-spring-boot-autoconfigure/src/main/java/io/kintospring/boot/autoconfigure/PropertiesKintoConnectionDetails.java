package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Connection details as {@link KintoProperties} have them.
 */
class PropertiesKintoConnectionDetails implements KintoConnectionDetails {

	private final String url;

	private final KintoProperties properties;

	PropertiesKintoConnectionDetails(String url, KintoProperties properties) {
		this.url = url;
		this.properties = properties;
	}

	@Override
	public String getUrl() {
		return this.url;
	}

	@Override
	public @Nullable String getUsername() {
		return this.properties.getUsername();
	}

	@Override
	public @Nullable String getPassword() {
		return this.properties.getPassword();
	}

	@Override
	public @Nullable String getBearerToken() {
		return this.properties.getBearerToken();
	}

}
