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
 * The application's HTTP client settings, with those of {@code kinto.*} over them.
 */
final class KintoHttpClientSettings implements Supplier<HttpClientSettings> {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private final HttpClientSettings application;

	private final @Nullable Duration connectTimeout;

	private final @Nullable String bundle;

	private final @Nullable SslBundles bundles;

	/** The bundles keep each handler forever, so they have only one. */
	private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();

	/**
	 * Create the settings.
	 * @param properties those of Kinto
	 * @param application those of the application
	 * @param applicationProperties where those of the application come from, if known
	 * @param bundles the SSL bundles, if there are any
	 */
	KintoHttpClientSettings(KintoProperties properties, HttpClientSettings application,
			@Nullable HttpClientsProperties applicationProperties, @Nullable SslBundles bundles) {
		this.application = application;
		this.connectTimeout = properties.getConnectTimeout();
		this.bundle = bundle(properties, application, applicationProperties);
		this.bundles = bundles;
		if (this.bundle != null && bundles != null) {
			bundles.addBundleUpdateHandler(this.bundle, (updated) -> this.actions.forEach(Runnable::run));
		}
	}

	private static @Nullable String bundle(KintoProperties properties, HttpClientSettings application,
			@Nullable HttpClientsProperties applicationProperties) {
		if (properties.getSsl().getBundle() != null) {
			return properties.getSsl().getBundle();
		}
		return (applicationProperties != null && application.sslBundle() != null)
				? applicationProperties.getSsl().getBundle() : null;
	}

	/**
	 * Return the settings, with the SSL bundle as it is now.
	 */
	@Override
	public HttpClientSettings get() {
		HttpClientSettings settings = this.application.withRedirects(HttpRedirects.DONT_FOLLOW);
		if (this.connectTimeout != null) {
			settings = settings.withConnectTimeout(this.connectTimeout);
		}
		else if (settings.connectTimeout() == null) {
			settings = settings.withConnectTimeout(CONNECT_TIMEOUT);
		}
		return (this.bundle != null && this.bundles != null)
				? settings.withSslBundle(this.bundles.getBundle(this.bundle)) : settings;
	}

	/**
	 * Register what is to be done when the SSL bundle was reloaded.
	 * @param action what to do
	 * @return what removes the action
	 */
	Disposable onSslBundleUpdate(Runnable action) {
		this.actions.add(action);
		return () -> this.actions.remove(action);
	}

}
