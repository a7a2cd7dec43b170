package io.kintospring.boot.health;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.kintospring.KintoException;
import io.kintospring.client.KintoClient;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.ReactiveKintoTemplate;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health indicator for a Kinto server. It reads the server information and waits up to 2
 * seconds for the response. The indicator has its own connections, so it works even if
 * all connections of the template are in use.
 * <p>
 * The indicator uses the credentials of the template. If the credentials depend on the
 * caller, the request is anonymous, which is sufficient.
 */
public final class KintoHealthIndicator extends AbstractReactiveHealthIndicator implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final ReactiveKintoTemplate kinto;

	/**
	 * Create the indicator.
	 * @param kinto the template to check; the indicator uses a copy with its own
	 * connections
	 */
	public KintoHealthIndicator(ReactiveKintoTemplate kinto) {
		super("Kinto health check failed");
		this.kinto = kinto.mutate().client(KintoClient.Builder::ownConnections).build();
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		builder.withDetail("url", this.kinto.server());
		return this.kinto.fetchServerInfo()
			.timeout(TIMEOUT)
			.map((info) -> up(builder, info))
			.onErrorResume(KintoException.class, (ex) -> Mono.just(down(builder, String.valueOf(ex.getMessage()))))
			.onErrorResume(TimeoutException.class,
					(ex) -> Mono.just(down(builder, "no response within " + TIMEOUT.toMillis() + " ms")));
	}

	private static Health up(Health.Builder builder, KintoServerInfo info) {
		builder.up()
			.withDetail("project", info.projectName())
			.withDetail("version", info.projectVersion())
			.withDetail("httpApiVersion", info.httpApiVersion().toString())
			.withDetail("readonly", info.settings().readonly());
		if (info.user() != null) {
			builder.withDetail("user", info.user().id());
		}
		return builder.build();
	}

	/**
	 * Close the connections of the indicator.
	 */
	@Override
	public void close() {
		this.kinto.close();
	}

	/**
	 * Add only the message, because the exception would be logged with its stack trace at
	 * each check.
	 */
	private static Health down(Health.Builder builder, String reason) {
		return builder.down().withDetail("error", reason).build();
	}

}
