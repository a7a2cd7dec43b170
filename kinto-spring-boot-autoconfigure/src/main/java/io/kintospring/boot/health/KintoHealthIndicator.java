package io.kintospring.boot.health;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.kintospring.KintoException;
import io.kintospring.KintoServerInfo;
import io.kintospring.template.ReactiveKintoTemplate;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Asks a Kinto server what it says of itself, and waits 2 seconds for the answer.
 */
public final class KintoHealthIndicator extends AbstractReactiveHealthIndicator {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final ReactiveKintoTemplate kinto;

	/**
	 * Create the indicator.
	 * @param kinto talks to the server
	 */
	public KintoHealthIndicator(ReactiveKintoTemplate kinto) {
		super("Kinto health check failed");
		this.kinto = kinto;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		builder.withDetail("url", this.kinto.server());
		return this.kinto.fetchServerInfo()
			.timeout(TIMEOUT)
			.map((info) -> up(builder, info))
			.onErrorResume(KintoException.class, (ex) -> Mono.just(down(builder, String.valueOf(ex.getMessage()))))
			.onErrorResume(TimeoutException.class,
					(ex) -> Mono.just(down(builder, "no answer within " + TIMEOUT.toMillis() + " ms")));
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
	 * The exception itself would be logged with its stack trace at each probe.
	 */
	private static Health down(Health.Builder builder, String reason) {
		return builder.down().withDetail("error", reason).build();
	}

}
