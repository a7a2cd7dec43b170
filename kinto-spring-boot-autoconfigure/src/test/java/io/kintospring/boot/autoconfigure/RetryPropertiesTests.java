package io.kintospring.boot.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoBackoffMode;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.client.KintoTransport;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the properties of retries, timeouts of calls and backoffs.
 */
class RetryPropertiesTests {

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private Mono<KintoResponse> answer = Mono.error(new IOException("reset"));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class))
		.withBean(KintoTransport.class, () -> (request) -> {
			this.sent.add(request.path());
			return this.answer;
		})
		.withPropertyValues("kinto.retry.delay=1ms");

	@Test
	void lostResponseIsRetriedThreeTimesByDefault() {
		this.contextRunner.run((context) -> {
			assertThatExceptionOfType(KintoTransportException.class)
				.isThrownBy(() -> context.getBean(KintoTemplate.class).bucket("b").collection("c").get("x"));
			assertThat(this.sent).hasSize(4);
		});
	}

	@Test
	void onePropertyTurnsRetriesOff() {
		this.contextRunner.withPropertyValues("kinto.retry.max-retries=0").run((context) -> {
			assertThatExceptionOfType(KintoTransportException.class)
				.isThrownBy(() -> context.getBean(KintoTemplate.class).bucket("b").collection("c").get("x"));
			assertThat(this.sent).hasSize(1);
		});
	}

	@Test
	void propertiesAreBound() {
		this.contextRunner
			.withPropertyValues("kinto.retry.max-retries=5", "kinto.retry.delay=2s", "kinto.retry.max-delay=20s",
					"kinto.retry.jitter=0.1", "kinto.timeout=7s", "kinto.call-timeout=1m", "kinto.transfer-timeout=2m",
					"kinto.backoff.mode=wait", "kinto.max-backoff=3m", "kinto.server-info-expiry=4m")
			.run((context) -> assertThat(context.getBean(ReactiveKintoTemplate.class).state()).satisfies((state) -> {
				assertThat(state.retry())
					.isEqualTo(new KintoRetry(5, Duration.ofSeconds(2), Duration.ofSeconds(20), 0.1));
				assertThat(state.timeout()).isEqualTo(Duration.ofSeconds(7));
				assertThat(state.callTimeout()).isEqualTo(Duration.ofMinutes(1));
				assertThat(state.transferTimeout()).isEqualTo(Duration.ofMinutes(2));
				assertThat(state.maxBackoff()).isEqualTo(Duration.ofMinutes(3));
				assertThat(state.serverInfoExpiry()).isEqualTo(Duration.ofMinutes(4));
				assertThat(state.backoffMode()).isEqualTo(KintoBackoffMode.WAIT);
			}));
	}

	@Test
	void callsFailDuringABackoffIfConfigured() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Backoff", "20");
		this.answer = Mono.just(new KintoResponse(200, headers,
				"{\"data\":{\"id\":\"x\",\"last_modified\":5}}".getBytes(StandardCharsets.UTF_8)));
		this.contextRunner.withPropertyValues("kinto.backoff.mode=fail").run((context) -> {
			context.getBean(KintoTemplate.class).bucket("b").collection("c").get("x");
			assertThatExceptionOfType(KintoNotSentException.class)
				.isThrownBy(() -> context.getBean(KintoTemplate.class).bucket("b").collection("c").get("x"))
				.satisfies((ex) -> assertThat(ex.retryAfter()).isPositive());
			assertThat(this.sent).hasSize(1);
		});
	}

}
