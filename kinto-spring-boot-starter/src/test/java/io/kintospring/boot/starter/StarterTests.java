package io.kintospring.boot.starter;

import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for an application with only the starter, without Actuator, embedded server and
 * Bean Validation provider.
 */
@ExtendWith(OutputCaptureExtension.class)
class StarterTests {

	@Test
	void hasNoActuatorEmbeddedServerOrValidation() {
		ClassLoader classLoader = getClass().getClassLoader();
		assertThat(ClassUtils.isPresent("org.springframework.boot.health.contributor.Health", classLoader)).isFalse();
		assertThat(ClassUtils.isPresent("io.kintospring.embedded.EmbeddedKintoServer", classLoader)).isFalse();
		assertThat(ClassUtils.isPresent("jakarta.validation.Validation", classLoader)).isFalse();
	}

	@Test
	void autoConfiguresTheTemplates() {
		try (ConfigurableApplicationContext context = run("--kinto.url=http://localhost:1/v1")) {
			assertThat(context.getBeanNamesForType(KintoTemplate.class)).hasSize(1);
			assertThat(context.getBeanNamesForType(ReactiveKintoTemplate.class)).hasSize(1);
		}
	}

	@Test
	void ignoresPropertiesOfActuatorWithoutActuator() {
		try (ConfigurableApplicationContext context = run("--kinto.url=http://localhost:1/v1",
				"--management.info.kinto.enabled=true", "--management.endpoints.web.exposure.include=kinto")) {
			assertThat(context.getBeanNamesForType(ReactiveKintoTemplate.class)).hasSize(1);
			assertThat(context.containsBean("kintoHealthContributor")).isFalse();
			assertThat(context.containsBean("kintoInfoContributor")).isFalse();
			assertThat(context.containsBean("kintoEndpoint")).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					--spring.application.name=x                                        | kinto.url is not set
					--spring.application.name=x                                        | add the dependency io.kintospring:kinto-embedded
					--kinto.url=                                                       | kinto.url is not set or is blank
					--kinto.url=https://${NOT_THERE}/v1                                | kinto.url contains the placeholder 'NOT_THERE', which cannot be resolved.
					--kinto.url=not a url                                              | 'not a url' is not a URL of the form
					--kinto.url=http://localhost:8888                                  | did you mean 'http://localhost:8888/v1'?
					--kinto.url=http://localhost:1/v1 --kinto.timeout=-1s              | kinto.timeout must be between 1ms and 24 days, but was -1s. It is set in "kinto.timeout" from property source "commandLineArgs".
					--kinto.url=http://localhost:1/v1 --kinto.timeout=soon             | kinto.timeout
					--kinto.url=http://localhost:1/v1 --kinto.required-capabilities=history | (client 'kinto') did not report its capabilities
					--kinto.url=http://localhost:1/v1 --kinto.bucket=_b                | '_b' cannot be the id of a bucket
					--kinto.url=http://localhost:1/v1 --kinto.username=a --kinto.password=b --kinto.bearer-token=c | Remove either kinto.bearer-token or kinto.username with kinto.password.
					""")
	void failsToStartWithAdvice(String arguments, String advice, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(arguments.split(" (?=--)")).close());
		assertThat(output).contains("APPLICATION FAILED TO START").contains(advice).doesNotContain("\tat io.");
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplication(Application.class).run(arguments);
	}

	@SpringBootApplication
	static class Application {

	}

}
