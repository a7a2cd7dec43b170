package io.kintospring.boot.autoconfigure.embedded;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.boot.autoconfigure.KintoClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Connection details of the embedded server. The server accepts any username and
 * password. If none are set, a default user owns the objects that the application
 * creates.
 */
public final class EmbeddedKintoConnectionDetails implements KintoConnectionDetails {

	private static final String USER = "embedded";

	private final String url;

	private final KintoClientProperties properties;

	EmbeddedKintoConnectionDetails(String url, KintoClientProperties properties) {
		this.url = url;
		this.properties = properties;
	}

	@Override
	public String getUrl() {
		return this.url;
	}

	@Override
	public @Nullable String getUsername() {
		return resolved(this.properties.getUsername(), USER);
	}

	@Override
	public @Nullable String getPassword() {
		return resolved(this.properties.getPassword(), USER);
	}

	@Override
	public @Nullable String getBearerToken() {
		return resolved(this.properties.getBearerToken(), null);
	}

	/**
	 * Return a value, unless it contains a placeholder that cannot be resolved. Such a
	 * placeholder is for the credentials of the server that the embedded one replaces.
	 */
	private static @Nullable String resolved(@Nullable String value, @Nullable String otherwise) {
		return (value == null || value.contains("${")) ? otherwise : value;
	}

}
