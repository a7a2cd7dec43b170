package io.kintospring.docs;

import io.kintospring.boot.metrics.KintoClientMetrics;
import io.kintospring.boot.test.autoconfigure.AutoConfigureKinto;
import io.kintospring.client.DefaultKintoObservationConvention;
import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoObservationContext;
import io.kintospring.client.KintoObservationConvention;
import io.kintospring.template.KintoTemplate;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code of the page about metrics and traces.
 */
@SpringBootTest(classes = ObservabilityTests.Application.class)
@AutoConfigureKinto
class ObservabilityTests {

	@Autowired
	private MeterRegistry registry;

	@Test
	void conventionRenamesRequestsAndAddsATag(@Autowired KintoTemplate kinto) {
		kinto.buckets().createIfAbsent("notes");
		kinto.buckets().get("notes");
		assertThat(this.registry.get("store.requests").tag("bucket", "notes").timer().count()).isPositive();
		assertThat(this.registry.find("kinto.client.requests").timer()).isNull();
	}

	@Test
	void filterRenamesTheOthers() {
		assertThat(this.registry.find("kinto.conflicts").functionCounter()).isNotNull();
		assertThat(this.registry.find("kinto.client.conflicts").functionCounter()).isNull();
	}

	@Test
	void clientThatIsNoBeanIsMeasured(@Autowired KintoClient.Builder builder) {
		measured(builder, this.registry);
		assertThat(this.registry.find("kinto.backoff").tags("client", "archive", "server", "archive").timeGauge())
			.isNotNull();
	}

	private static void measured(KintoClient.Builder builder, MeterRegistry registry) {
		KintoClient archive = builder.name("archive").build();
		new KintoClientMetrics(archive, "archive").bindTo(registry);
	}

	@EnableAutoConfiguration
	static class Application {

		@Bean
		KintoObservationConvention kintoObservationConvention() {
			return new DefaultKintoObservationConvention() {

				@Override
				public String getName() {
					return "store.requests";
				}

				@Override
				public KeyValues getLowCardinalityKeyValues(KintoObservationContext context) {
					String bucket = context.getIds().bucket();
					return super.getLowCardinalityKeyValues(context).and("bucket", (bucket != null) ? bucket : "none");
				}

			};
		}

		@Bean
		MeterFilter shorterNames() {
			return new MeterFilter() {

				@Override
				public Meter.Id map(Meter.Id id) {
					return id.getName().startsWith("kinto.client.") ? id.withName(id.getName().replace(".client", ""))
							: id;
				}

			};
		}

	}

}
