package io.kintospring.boot.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.kintospring.KintoUrl;
import io.kintospring.boot.autoconfigure.InvalidKintoPropertiesException.Problem;
import io.kintospring.boot.event.KintoSignalPublisher;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoLock;
import io.kintospring.client.KintoObservationConvention;
import io.kintospring.client.KintoTransport;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Factory for builders of the primary client and of named clients. It contains what all
 * clients of the application share.
 */
final class KintoClientBuilders {

	private final ObjectProvider<KintoTransports> transports;

	private final ObjectProvider<ObservationRegistry> observationRegistry;

	private final ObjectProvider<KintoObservationConvention> observationConvention;

	private final ObjectProvider<KintoLock> lock;

	private final KintoProperties.Lock lockProperties;

	private final ApplicationEventPublisher eventPublisher;

	private final Environment environment;

	KintoClientBuilders(ObjectProvider<KintoTransports> transports,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<KintoObservationConvention> observationConvention, ObjectProvider<KintoLock> lock,
			KintoProperties.Lock lockProperties, ApplicationEventPublisher eventPublisher, Environment environment) {
		this.transports = transports;
		this.observationRegistry = observationRegistry;
		this.observationConvention = observationConvention;
		this.lock = lock;
		this.lockProperties = lockProperties;
		this.eventPublisher = eventPublisher;
		this.environment = environment;
	}

	/**
	 * Return a builder of a client.
	 * @param prefix the prefix of the properties of the client, such as {@code kinto}
	 * @param properties the properties of the client
	 * @param beans the beans that replace properties of this client
	 * @throws KintoServerNotFoundException if no server is configured
	 */
	KintoClient.Builder builder(String prefix, KintoClientProperties properties, Beans beans) {
		KintoClient.Builder builder = builderOfServer(prefix, properties, beans);
		if (properties.getName() != null) {
			builder.name(properties.getName());
		}
		this.lock.ifAvailable(builder::lock);
		return configure(builder, properties).authentication(authentication(prefix, properties, beans))
			.lockMaxWait(this.lockProperties.getMaxWait())
			.observationRegistry(this.observationRegistry.getIfAvailable(() -> ObservationRegistry.NOOP))
			.observationConvention(this.observationConvention.getIfAvailable())
			.signalListener(new KintoSignalPublisher(this.eventPublisher));
	}

	/**
	 * Apply the properties that need no bean.
	 */
	static KintoClient.Builder configure(KintoClient.Builder builder, KintoClientProperties properties) {
		return builder.timeout(properties.getTimeout())
			.callTimeout(properties.getCallTimeout())
			.transferTimeout(properties.getTransferTimeout())
			.retry(properties.getRetry().toRetry())
			.backoffMode(properties.getBackoff().getMode())
			.serverInfoExpiry(properties.getServerInfoExpiry())
			.maxBackoff(properties.getMaxBackoff());
	}

	private KintoClient.Builder builderOfServer(String prefix, KintoClientProperties properties, Beans beans) {
		if (beans.transport() != null) {
			return KintoClient.builder(beans.transport()).sharedTransport(beans.transport());
		}
		if (beans.connectionDetails() == null) {
			throw new KintoServerNotFoundException(prefix);
		}
		KintoConnectionDetails details = beans.connectionDetails();
		return KintoClient.builder(this.transports.getObject()
			.transport(url(prefix, details.getUrl()), details.getSslBundle(), properties,
					beans.webClientCustomizers()));
	}

	static KintoUrl url(String prefix, String url) {
		try {
			return KintoUrl.of(url);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKintoUrlException(prefix, ex);
		}
	}

	private KintoAuthentication authentication(String prefix, KintoClientProperties properties, Beans beans) {
		if (beans.authentication() != null) {
			return beans.authentication();
		}
		KintoConnectionDetails details = beans.connectionDetails();
		return authentication(prefix, (details != null) ? details
				: new PropertiesKintoConnectionDetails(prefix, properties, this.environment));
	}

	private static KintoAuthentication authentication(String prefix, KintoConnectionDetails details) {
		String username = text(details.getUsername());
		String password = text(details.getPassword());
		if ((username != null) != (password != null)) {
			throw new InvalidKintoPropertiesException(List.of(new Problem(prefix,
					"The connection details for " + prefix + " contain "
							+ ((username != null) ? "a username, but no password." : "a password, but no username."),
					"Set both, or neither for anonymous requests. In a container or a service of Docker Compose, set the"
							+ " variables KINTO_USERNAME and KINTO_PASSWORD.")));
		}
		return authentication(username, password, text(details.getBearerToken()));
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	static KintoAuthentication authentication(@Nullable String username, @Nullable String password,
			@Nullable String bearerToken) {
		if (bearerToken != null) {
			return KintoAuthentication.bearer(bearerToken);
		}
		if (username != null && password != null) {
			return KintoAuthentication.basic(username, password);
		}
		return KintoAuthentication.none();
	}

	/**
	 * Beans that replace properties of a client.
	 *
	 * @param connectionDetails the server and the credentials, or {@code null} if unknown
	 * @param transport the transport, or {@code null} to use a {@code WebClient}
	 * @param authentication the authentication, or {@code null} to use the connection
	 * details
	 * @param webClientCustomizers the customizers of the {@code WebClient}
	 */
	record Beans(@Nullable KintoConnectionDetails connectionDetails, @Nullable KintoTransport transport,
			@Nullable KintoAuthentication authentication, Stream<KintoWebClientCustomizer> webClientCustomizers) {
	}

}
