package io.kintospring.boot.health;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.kintospring.KintoException;
import io.kintospring.KintoGoneException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoSignal;
import io.kintospring.KintoUnavailableException;
import io.kintospring.client.KintoClientState;
import io.kintospring.client.KintoClientState.ReceivedSignal;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.ReactiveKintoTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpStatus;

/**
 * Health indicator for a Kinto server. It requests the server information, or the
 * heartbeat of the server, and waits up to 2 seconds for the response unless you set
 * another timeout. The indicator has its own connections, so it works even if all
 * connections of the template are in use.
 * <p>
 * The status is {@link Status#OUT_OF_SERVICE} if the server responds with 410, or with
 * 503 and a {@code Retry-After} header. It is {@link Status#DOWN} after any other
 * failure, and if the heartbeat reports a backend that does not work.
 * <p>
 * The indicator uses the credentials of the template. If the credentials depend on the
 * caller, the request is anonymous, which is sufficient. The details never contain
 * credentials.
 */
public final class KintoHealthIndicator extends AbstractReactiveHealthIndicator implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(KintoHealthIndicator.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final ReactiveKintoTemplate checked;

	private final ReactiveKintoTemplate kinto;

	private final Duration timeout;

	private final boolean heartbeat;

	/**
	 * Create an indicator that requests the server information, with a timeout of 2
	 * seconds.
	 * @param kinto the template to check; the indicator uses a copy with its own
	 * connections
	 */
	public KintoHealthIndicator(ReactiveKintoTemplate kinto) {
		this(kinto, TIMEOUT, false);
	}

	/**
	 * Create an indicator.
	 * @param kinto the template to check; the indicator uses a copy with its own
	 * connections
	 * @param timeout the maximum duration of a check, which must be positive
	 * @param heartbeat whether to request the heartbeat of the server, which checks its
	 * backends, instead of the server information
	 */
	public KintoHealthIndicator(ReactiveKintoTemplate kinto, Duration timeout, boolean heartbeat) {
		super("Kinto health check failed");
		this.checked = kinto;
		// the timeout of the check is the shorter one, and has the clearer message
		this.kinto = kinto.mutate()
			.client((client) -> client.ownConnections().timeout(timeout.multipliedBy(2)))
			.build();
		this.timeout = timeout;
		this.heartbeat = heartbeat;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		builder.withDetail("url", this.kinto.server());
		return check(builder).timeout(this.timeout)
			.onErrorResume((ex) -> Mono.just(addFailure(builder, ex)))
			.map(this::addSignals)
			.map(Health.Builder::build);
	}

	private Mono<Health.Builder> check(Health.Builder builder) {
		if (this.heartbeat) {
			return this.kinto.fetchHeartbeat().map((beat) -> addHeartbeat(builder, beat));
		}
		return this.kinto.fetchServerInfo((r) -> r.retry(KintoRetry.none()))
			.map((info) -> addServerInfo(builder, info));
	}

	private static Health.Builder addHeartbeat(Health.Builder builder, KintoHeartbeat heartbeat) {
		return builder.status(heartbeat.isHealthy() ? Status.UP : Status.DOWN)
			.withDetail("checks", heartbeat.backends());
	}

	private static Health.Builder addServerInfo(Health.Builder builder, KintoServerInfo info) {
		builder.up()
			.withDetail("project", info.projectName())
			.withDetail("version", info.projectVersion())
			.withDetail("httpApiVersion", info.httpApiVersion().toString())
			.withDetail("readonly", info.settings().readonly())
			.withDetail("authenticated", info.user() != null);
		if (info.eos() != null) {
			builder.withDetail("endOfService", info.eos());
		}
		return builder;
	}

	/**
	 * Add only the message, because the exception would be logged with its stack trace at
	 * each check. Messages of other exceptions can contain anything.
	 */
	private Health.Builder addFailure(Health.Builder builder, Throwable ex) {
		builder.down();
		if (ex instanceof KintoException) {
			builder.withDetail("error", String.valueOf(ex.getMessage()));
			if (ex instanceof KintoGoneException) {
				builder.outOfService();
			}
			else if (ex instanceof KintoUnavailableException unavailable) {
				addRetryAfter(builder, unavailable);
			}
		}
		else if (ex instanceof TimeoutException) {
			builder.withDetail("error", "no response within " + this.timeout.toMillis() + " ms");
		}
		else {
			logger.debug("The health check of the Kinto server " + this.kinto.server() + " failed", ex);
			builder.withDetail("error", ex.getClass().getName());
		}
		return builder;
	}

	private static void addRetryAfter(Health.Builder builder, KintoUnavailableException unavailable) {
		Duration retryAfter = unavailable.retryAfter();
		if (retryAfter != null) {
			builder.withDetail("retryAfter", retryAfter.toString());
			if (unavailable.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
				builder.outOfService();
			}
		}
	}

	/**
	 * Add the signals that the application or this indicator has received.
	 */
	private Health.Builder addSignals(Health.Builder builder) {
		KintoClientState application = this.checked.state();
		KintoClientState indicator = this.kinto.state();
		Duration remaining = longer(application.remainingBackoff(), indicator.remainingBackoff())
			.truncatedTo(ChronoUnit.MILLIS);
		if (!remaining.isZero()) {
			builder.withDetail("remainingBackoff", remaining.toString());
		}
		Stream.of(application, indicator)
			.flatMap((state) -> state.signals().stream())
			.filter((received) -> received.signal() instanceof KintoSignal.Deprecation)
			.max(Comparator.comparing(ReceivedSignal::receivedAt))
			.ifPresent((received) -> builder.withDetail("deprecation", deprecation(received)));
		return builder;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Map<String, String> deprecation(ReceivedSignal received) {
		KintoSignal.Deprecation deprecation = (KintoSignal.Deprecation) received.signal();
		Map<String, String> details = new LinkedHashMap<>();
		details.put("type", deprecation.type());
		if (deprecation.message() != null) {
			details.put("message", deprecation.message());
		}
		if (deprecation.url() != null) {
			details.put("url", deprecation.url());
		}
		details.put("receivedAt", received.receivedAt().toString());
		return details;
	}

	/**
	 * Close the connections of the indicator.
	 */
	@Override
	public void close() {
		this.kinto.close();
	}

}
