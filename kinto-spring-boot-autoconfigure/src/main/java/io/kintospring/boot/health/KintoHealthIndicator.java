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
 * Asks a Kinto server what it says of itself, and waits 2 seconds for the response. It
 * has connections of its own, so that it tells the server's health also while calls wait
 * for connections.
 * <p>
 * It asks with the credentials of the template. Where these depend on who asks, it asks
 * as nobody, which is enough.
 */
public final class KintoHealthIndicator extends AbstractReactiveHealthIndicator implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final ReactiveKintoTemplate kinto;

	/**
	 * Create the indicator.
	 * @param kinto talks to the server; the indicator makes a template like it
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
	 * Close the connections.
	 */
	@Override
	public void close() {
		this.kinto.close();
	}

	/**
	 * The exception itself would be logged with its stack trace at each probe.
	 */
	private static Health down(Health.Builder builder, String reason) {
		return builder.down().withDetail("error", reason).build();
	}

}
