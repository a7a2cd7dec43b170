package io.kintospring.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.boot.ssl.SslBundles;

/**
 * HTTP client settings of the application, overridden by {@code kinto.*} properties.
 */
final class KintoHttpClientSettings implements Supplier<HttpClientSettings> {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private final HttpClientSettings withoutBundle;

	private final @Nullable String bundle;

	private final @Nullable SslBundles bundles;

	/** Actions of a single update handler. SSL bundles never remove their handlers. */
	private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();

	/**
	 * Create the settings.
	 * @param properties the properties of the Kinto client
	 * @param application the settings of the application
	 * @param applicationProperties the properties behind the settings of the application,
	 * or {@code null} if not available
	 * @param bundles the SSL bundles, or {@code null} if not available
	 */
	KintoHttpClientSettings(KintoClientProperties properties, HttpClientSettings application,
			@Nullable HttpClientsProperties applicationProperties, @Nullable SslBundles bundles) {
		this.withoutBundle = withoutBundle(properties, application);
		this.bundle = bundle(properties, application, applicationProperties);
		this.bundles = bundles;
		if (this.bundle != null && bundles != null) {
			bundles.addBundleUpdateHandler(this.bundle, (updated) -> this.actions.forEach(Runnable::run));
		}
	}

	private static @Nullable String bundle(KintoClientProperties properties, HttpClientSettings application,
			@Nullable HttpClientsProperties applicationProperties) {
		if (properties.getSsl().getBundle() != null) {
			return properties.getSsl().getBundle();
		}
		return (applicationProperties != null && application.sslBundle() != null)
				? applicationProperties.getSsl().getBundle() : null;
	}

	/**
	 * Return the settings with the current SSL bundle.
	 */
	@Override
	public HttpClientSettings get() {
		return (this.bundle != null && this.bundles != null)
				? this.withoutBundle.withSslBundle(this.bundles.getBundle(this.bundle)) : this.withoutBundle;
	}

	/**
	 * Return the settings without the SSL bundle of the Kinto client. They have that of
	 * the application.
	 * @param properties the properties of the Kinto client
	 * @param application the settings of the application
	 */
	static HttpClientSettings withoutBundle(KintoClientProperties properties, HttpClientSettings application) {
		HttpClientSettings settings = application.withRedirects(HttpRedirects.DONT_FOLLOW);
		if (properties.getConnectTimeout() != null) {
			settings = settings.withConnectTimeout(properties.getConnectTimeout());
		}
		else if (settings.connectTimeout() == null) {
			settings = settings.withConnectTimeout(CONNECT_TIMEOUT);
		}
		return settings;
	}

	/**
	 * Register an action to run after the SSL bundle is reloaded.
	 * @param action the action
	 * @return a handle to remove the action
	 */
	Disposable onSslBundleUpdate(Runnable action) {
		this.actions.add(action);
		return () -> this.actions.remove(action);
	}

}
