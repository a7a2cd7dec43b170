package io.kintospring.boot.autoconfigure;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.KintoUrl;
import io.kintospring.client.KintoClient;
import io.kintospring.protocol.KintoCalls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientSettingsPropertyMapper;
import org.springframework.boot.http.client.autoconfigure.HttpClientsProperties;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Connection to the server that {@code kinto.*} properties describe, for use before the
 * application context exists. Beans such as {@link KintoConnectionDetails} or
 * {@link KintoWebClientCustomizer} have no effect on it. Immutable and thread-safe.
 */
public final class KintoBootstrapConnection {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)(?::[^}]*)?\\}");

	private final KintoUrl url;

	private final KintoProperties properties;

	private final KintoConfigProperties configProperties;

	private final HttpClientsProperties httpProperties;

	private final SslProperties sslProperties;

	private KintoBootstrapConnection(KintoUrl url, Binder binder, KintoProperties properties) {
		this.url = url;
		this.properties = properties;
		this.configProperties = bind(binder, "kinto.config", KintoConfigProperties.class, KintoConfigProperties::new);
		this.configProperties.afterPropertiesSet();
		this.httpProperties = bind(binder, "spring.http.clients", HttpClientsProperties.class,
				HttpClientsProperties::new);
		this.sslProperties = bind(binder, "spring.ssl", SslProperties.class, SslProperties::new);
	}

	/**
	 * Bind the properties.
	 * @param binder the binder of the properties that are known so far
	 * @return the connection, or {@code null} if {@code kinto.url} is not set or is blank
	 * @throws RuntimeException if a property is invalid; a failure analyzer describes the
	 * problem
	 */
	public static @Nullable KintoBootstrapConnection of(Binder binder) {
		KintoProperties properties = bind(binder, "kinto", KintoProperties.class, KintoProperties::new);
		String url = properties.getUrl();
		if (url == null) {
			return null;
		}
		requireResolved("kinto.url", url);
		requireResolved("kinto.username", properties.getUsername());
		requireResolved("kinto.password", properties.getPassword());
		requireResolved("kinto.bearer-token", properties.getBearerToken());
		properties.afterPropertiesSet();
		return new KintoBootstrapConnection(KintoClientBuilders.url(NamedKintoClients.PRIMARY, url), binder,
				properties);
	}

	private static <T> T bind(Binder binder, String prefix, Class<T> type, Supplier<T> defaults) {
		return binder.bind(prefix, type).orElseGet(defaults);
	}

	private static void requireResolved(String property, @Nullable String value) {
		Matcher placeholder = PLACEHOLDER.matcher(Objects.requireNonNullElse(value, ""));
		if (placeholder.find()) {
			throw new UnresolvedKintoPropertyException(property, placeholder.group(1));
		}
	}

	/**
	 * Return the URL of the server.
	 * @return the URL, without credentials
	 */
	public String server() {
		return this.url.toString();
	}

	/**
	 * Return the time limit for reading configuration.
	 * @return the value of {@code kinto.config.timeout}
	 */
	public Duration configTimeout() {
		return this.configProperties.getTimeout();
	}

	/**
	 * Return how long a change can take to become visible.
	 * @return the value of {@code kinto.changes.settle-time}
	 */
	public Duration settleTime() {
		return this.properties.getChanges().getSettleTime();
	}

	/**
	 * Return calls with the inherited options, such as {@code kinto.headers}.
	 * @return the calls
	 */
	public KintoCalls calls() {
		return new KintoCalls(JsonMapper.shared(), this.properties.options(), this.properties.getBucket());
	}

	/**
	 * Open a client with its own connections.
	 * @return the client, which the caller must close
	 */
	public KintoClient open() {
		SslBundles bundles = sslBundles();
		HttpClientSettings settings = new HttpClientSettingsPropertyMapper(bundles, null).map(this.httpProperties);
		KintoHttpClientSettings kintoSettings = new KintoHttpClientSettings(this.properties, settings,
				this.httpProperties, bundles);
		KintoClient.Builder builder = KintoClient.builder(KintoTransports.transport(this.url, this.properties,
				WebClient.builder(), ClientHttpConnectorBuilder.detect(), kintoSettings));
		return KintoClientBuilders.configure(builder, this.properties)
			.authentication(KintoClientBuilders.authentication(this.properties.getUsername(),
					this.properties.getPassword(), this.properties.getBearerToken()))
			.callTimeout(callTimeout())
			.build();
	}

	/**
	 * A request that cannot be repeated in time fails at once, with its own reason.
	 */
	private Duration callTimeout() {
		Duration callTimeout = this.properties.getCallTimeout();
		Duration configTimeout = configTimeout();
		return (configTimeout.compareTo(callTimeout) < 0) ? configTimeout : callTimeout;
	}

	/**
	 * Return the SSL bundles that the client refers to. Other bundles are not loaded.
	 */
	private SslBundles sslBundles() {
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
		register(bundles, this.properties.getSsl().getBundle());
		register(bundles, this.httpProperties.getSsl().getBundle());
		return bundles;
	}

	private void register(DefaultSslBundleRegistry bundles, @Nullable String name) {
		if (name == null || bundles.getBundleNames().contains(name)) {
			return;
		}
		PemSslBundleProperties pem = this.sslProperties.getBundle().getPem().get(name);
		JksSslBundleProperties jks = this.sslProperties.getBundle().getJks().get(name);
		if (pem != null) {
			bundles.registerBundle(name, PropertiesSslBundle.get(pem));
		}
		else if (jks != null) {
			bundles.registerBundle(name, PropertiesSslBundle.get(jks));
		}
	}

}
