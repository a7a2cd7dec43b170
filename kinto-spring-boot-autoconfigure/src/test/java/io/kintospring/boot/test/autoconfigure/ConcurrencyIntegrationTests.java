package io.kintospring.boot.test.autoconfigure;

import java.util.List;
import java.util.Map;

import io.kintospring.KintoObject;
import io.kintospring.KintoRetry;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveCollectionOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrencyIntegrationTests {

	private static final String SEED = "kinto.embedded.settings.embedded.concurrency-seed";

	private static final String ALWAYS = "kinto.embedded.settings.embedded.concurrency-percentage=100";

	private static final String PAUSE = "kinto.embedded.settings.embedded.concurrency-milliseconds=300";

	/**
	 * Patch an object four times at once, without retries.
	 * @return whether each patch succeeded
	 */
	private static List<Boolean> patch(KintoTemplate kinto, ReactiveKintoTemplate reactive) {
		kinto.buckets().create("b");
		kinto.bucket("b").collections().create("c");
		kinto.bucket("b").collection("c").create("a", Map.of());
		ReactiveCollectionOperations<Map<String, Object>> records = reactive.bucket("b").collection("c");
		// the first request of a client takes longer
		records.get("a").block();
		return Flux.range(0, 4)
			.flatMap((i) -> records.patch("a", Map.of("f" + i, i), (w) -> w.retry(KintoRetry.none()))
				.map(KintoObject::id)
				.hasElement()
				.onErrorResume((ex) -> Mono.just(false)))
			.collectList()
			.block();
	}

	@Nested
	@ContextConfiguration(classes = Application.class)
	@KintoTest(concurrency = KintoConcurrency.REPEATABLE_READ, concurrencySeed = 3, properties = { ALWAYS, PAUSE })
	class Slice {

		@Test
		void rejectsConflictingPatches(@Autowired KintoTemplate kinto, @Autowired ReactiveKintoTemplate reactive,
				@Autowired Environment environment) {
			assertThat(environment.getProperty(SEED)).isEqualTo("3");
			assertThat(patch(kinto, reactive)).containsExactlyInAnyOrder(true, false, false, false);
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, properties = { ALWAYS, PAUSE })
	@AutoConfigureKinto(concurrency = KintoConcurrency.REPEATABLE_READ, concurrencySeed = 4)
	class WholeApplication {

		@Test
		void rejectsConflictingPatches(@Autowired KintoTemplate kinto, @Autowired ReactiveKintoTemplate reactive,
				@Autowired Environment environment) {
			assertThat(environment.getProperty(SEED)).isEqualTo("4");
			assertThat(patch(kinto, reactive)).containsExactlyInAnyOrder(true, false, false, false);
		}

	}

	@Nested
	@ContextConfiguration(classes = Application.class)
	@KintoTest(
			properties = { "kinto.embedded.settings.embedded.concurrency=repeatable-read", SEED + "=5", ALWAYS, PAUSE })
	class Properties {

		@Test
		void applyWithoutAttributes(@Autowired KintoTemplate kinto, @Autowired ReactiveKintoTemplate reactive,
				@Autowired Environment environment) {
			assertThat(environment.getProperty(SEED)).isEqualTo("5");
			assertThat(patch(kinto, reactive)).containsExactlyInAnyOrder(true, false, false, false);
		}

	}

	@Nested
	@ContextConfiguration(classes = Application.class)
	@KintoTest
	class Default {

		@Test
		void isSerial(@Autowired KintoTemplate kinto, @Autowired ReactiveKintoTemplate reactive) {
			assertThat(patch(kinto, reactive)).containsExactly(true, true, true, true);
			assertThat(kinto.bucket("b").collection("c").get("a").data()).containsKeys("f0", "f1", "f2", "f3");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
