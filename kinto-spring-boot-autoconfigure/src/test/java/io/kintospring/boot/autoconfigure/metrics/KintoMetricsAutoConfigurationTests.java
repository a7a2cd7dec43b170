package io.kintospring.boot.autoconfigure.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.KintoConflictException;
import io.kintospring.boot.StubServer;
import io.kintospring.boot.autoconfigure.KintoAutoConfiguration;
import io.kintospring.boot.metrics.KintoClientMetrics;
import io.kintospring.boot.metrics.KintoObservationDescriptions;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoTransport;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.KintoTemplate;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KintoMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class, KintoMetricsAutoConfiguration.class))
		.withPropertyValues("kinto.url=http://127.0.0.1:1/v1", "kinto.name=main");

	private final ApplicationContextRunner metricsRunner = this.contextRunner.withConfiguration(
			AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class));

	@Test
	void metersOfTheClientAreBoundWithZero() {
		this.metricsRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(kinto(registry)).extracting((meter) -> meter.getId().getName())
				.containsOnly("kinto.client.backoff", "kinto.client.batch.calls", "kinto.client.batch.requests",
						"kinto.client.conflicts", "kinto.client.retries", "kinto.client.signals",
						"kinto.client.stream.pages", "kinto.client.streams", "kinto.client.updates.repeated");
			assertThat(kinto(registry)).allSatisfy((meter) -> {
				assertThat(meter.getId().getDescription()).isNotBlank();
				assertThat(meter.getId().getTag("client")).isEqualTo("kintoClient");
				assertThat(meter.getId().getTag("server")).isEqualTo("main");
				assertThat(meter.measure()).allSatisfy((value) -> assertThat(value.getValue()).isZero());
			});
			assertThat(registry.get("kinto.client.signals").functionCounters())
				.extracting((counter) -> counter.getId().getTag("signal"))
				.containsExactlyInAnyOrder("backoff", "retry-after", "alert");
		});
	}

	@Test
	void namedClientsAreMeasuredWithoutAPrimaryOne() {
		this.metricsRunner
			.withPropertyValues("kinto.url=", "kinto.embedded.enabled=false",
					"kinto.clients.audit.url=http://127.0.0.1:2/v1")
			.run((context) -> assertThat(
					context.getBean(MeterRegistry.class).get("kinto.client.conflicts").functionCounters())
				.extracting((counter) -> counter.getId().getTag("server"))
				.containsExactly("audit"));
	}

	@Test
	void eventsOfTheClientAreMeasured() {
		try (StubServer server = StubServer.answering(412,
				Map.of("Backoff", "300", "Retry-After", "10", "Alert", "{\"code\": \"soft-eol\"}"),
				"{\"errno\": 114}")) {
			this.metricsRunner.withPropertyValues("kinto.url=" + server.url()).run((context) -> {
				KintoTemplate kinto = context.getBean(KintoTemplate.class);
				assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> kinto.buckets().create("b"));
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(count(registry, "kinto.client.conflicts")).isOne();
				assertThat(registry.get("kinto.client.signals").functionCounters()).extracting(FunctionCounter::count)
					.containsExactly(1.0, 1.0, 1.0);
				TimeGauge backoff = registry.get("kinto.client.backoff").timeGauge();
				assertThat(backoff.value(SECONDS)).isBetween(200.0, 300.0);
				Timer requests = registry.get("kinto.client.requests")
					.tags("operation", "createBucket", "status", "412", "errno", "114", "server", "main")
					.timer();
				assertThat(requests.count()).isOne();
				assertThat(requests.getId().getDescription()).isNotBlank();
			});
		}
	}

	/**
	 * A job sends its metrics when the context is closed.
	 */
	@Test
	void metersHaveTheirValuesWhenTheContextIsClosed() {
		AtomicReference<MeterRegistry> registry = new AtomicReference<>();
		AtomicReference<Double> atTheEnd = new AtomicReference<>();
		try (StubServer server = StubServer.answering(412, Map.of(), "{\"errno\": 114}")) {
			this.metricsRunner.withPropertyValues("kinto.url=" + server.url())
				.withBean("exporter", DisposableBean.class,
						() -> () -> atTheEnd.set(count(registry.get(), "kinto.client.conflicts")))
				.run((context) -> {
					registry.set(context.getBean(MeterRegistry.class));
					assertThatExceptionOfType(KintoConflictException.class)
						.isThrownBy(() -> context.getBean(KintoTemplate.class).buckets().create("b"));
				});
		}
		assertThat(atTheEnd).hasValue(1.0);
	}

	@Test
	void clientsOfOneServerHaveSeparateMeters() {
		this.metricsRunner.withUserConfiguration(SecondClient.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("kinto.client.conflicts").functionCounters())
				.extracting((counter) -> counter.getId().getTag("client"))
				.containsExactlyInAnyOrder("kintoClient", "second");
			assertThatExceptionOfType(KintoConflictException.class)
				.isThrownBy(() -> new KintoTemplate(context.getBean("second", KintoClient.class), KintoCalls.defaults())
					.buckets()
					.create("b"));
			assertThat(registry.get("kinto.client.conflicts").tag("client", "second").functionCounter().count())
				.isOne();
			assertThat(registry.get("kinto.client.conflicts").tag("client", "kintoClient").functionCounter().count())
				.isZero();
		});
	}

	@Test
	void meterFilterOfTheApplicationRenames() {
		this.metricsRunner.withBean(MeterFilter.class, () -> new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				return id.getName().startsWith("kinto.") ? id.withName("store." + id.getName().substring(6)) : id;
			}

		}).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(kinto(registry)).isEmpty();
			assertThat(registry.find("store.client.conflicts").functionCounter()).isNotNull();
		});
	}

	@Test
	void ownBinderReplacesTheAutoConfiguredOne() {
		this.metricsRunner.withBean("kintoClientMetrics", MeterBinder.class, () -> (registry) -> {
		}).run((context) -> assertThat(kinto(context.getBean(MeterRegistry.class))).isEmpty());
	}

	@Test
	void requiresARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(KintoClient.class)
			.doesNotHaveBean("kintoClientMetrics")
			.doesNotHaveBean(KintoObservationDescriptions.class));
	}

	@Test
	void requiresMicrometerCore() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KintoClient.class)
				.doesNotHaveBean("kintoClientMetrics"));
	}

	@Test
	void requiresAClient() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KintoMetricsAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("kintoClientMetrics"));
	}

	@Test
	void clientThatIsNoBeanCanBeBound() {
		KintoTransport transport = (request) -> Mono.empty();
		KintoClient client = KintoClient.builder(transport).name("archive").build();
		MeterRegistry registry = new SimpleMeterRegistry();
		new KintoClientMetrics(client, "own").bindTo(registry);
		assertThat(registry.get("kinto.client.backoff").tags("client", "own", "server", "archive").timeGauge())
			.isNotNull();
	}

	private static double count(MeterRegistry registry, String name) {
		return registry.get(name).functionCounter().count();
	}

	private static List<Meter> kinto(MeterRegistry registry) {
		return registry.getMeters().stream().filter((meter) -> meter.getId().getName().startsWith("kinto.")).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class SecondClient {

		@Bean
		KintoClient kintoClient(KintoClient.Builder builder) {
			return builder.build();
		}

		/** Like a further client that is only injected by its name. */
		@Bean(defaultCandidate = false)
		KintoClient second(KintoClient.Builder builder) {
			return builder.transport(
					(request) -> Mono.just(new KintoResponse(412, new HttpHeaders(), "{\"errno\": 114}".getBytes())))
				.build();
		}

	}

}
