package io.kintospring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Connection details from {@link KintoProperties}.
 */
class PropertiesKintoConnectionDetails implements KintoConnectionDetails {

	private final KintoProperties properties;

	PropertiesKintoConnectionDetails(KintoProperties properties) {
		this.properties = properties;
	}

	@Override
	public String getUrl() {
		String url = this.properties.getUrl();
		if (url == null) {
			throw new KintoServerNotFoundException();
		}
		return url;
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
