package io.kintospring.boot.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class KintoPropertiesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KintoAutoConfiguration.class))
		.withInitializer((context) -> this.environment = context.getEnvironment())
		.withPropertyValues("kinto.url=http://localhost:1/v1");

	private Environment environment;

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					kinto.timeout=-1s              | kinto.timeout must be between 1ms and 24 days, but was -1s.
					kinto.timeout=0                | kinto.timeout must be between 1ms and 24 days, but was 0s.
					kinto.timeout=900us            | kinto.timeout must be between 1ms and 24 days, but was PT0.0009S.
					kinto.timeout=25d              | kinto.timeout must be between 1ms and 24 days, but was 2160000s.
					kinto.transfer-timeout=0       | kinto.transfer-timeout must be between 1ms and 24 days, but was 0s.
					kinto.connect-timeout=-1s      | kinto.connect-timeout must be between 1ms and 24 days, but was -1s.
					kinto.lock.max-wait=0          | kinto.lock.max-wait must be between 1ms and 24 days, but was 0s.
					kinto.max-in-memory-size=0B    | kinto.max-in-memory-size must be at least 1B and less than 2GB, but was 0B.
					kinto.max-in-memory-size=3GB   | kinto.max-in-memory-size must be at least 1B and less than 2GB, but was 3221225472B.
					kinto.embedded.port=70000      | kinto.embedded.port must be between 0 and 65535, but was 70000.
					kinto.embedded.port=-1         | kinto.embedded.port must be between 0 and 65535, but was -1.
					kinto.bucket=_b                | kinto.bucket is invalid: '_b' cannot be the id of a bucket
					kinto.bucket=${NOT_THERE}      | kinto.bucket contains a placeholder that cannot be resolved: ${NOT_THERE}.
					kinto.headers.[X A]=a          | kinto.headers.X A is invalid: 'X A' cannot be the name of an HTTP header.
					kinto.headers.Host=a           | kinto.headers.Host is invalid: The header 'Host' is reserved: the client sets it for each request.
					kinto.password=s3cr3t          | kinto.password is set, but kinto.username is not.
					kinto.username=u               | kinto.username is set, but kinto.password is not.
					""")
	void invalidPropertyIsReportedWithDescriptionAndAction(String property, String description) {
		String name = property.substring(0, property.indexOf('=')).replaceAll("\\.\\[(.*)]", ".$1");
		this.contextRunner.withPropertyValues(property).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains(description).doesNotContain("s3cr3t");
			assertThat(analysis.getAction()).contains(name);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto.connect-timeout=0", "kinto.connectTimeout=0", "KINTO_CONNECTTIMEOUT=0" })
	void reportContainsTheOriginOfTheProperty(String property) {
		String name = property.substring(0, property.indexOf('='));
		TestPropertyValues.Type type = name.startsWith("kinto.") ? TestPropertyValues.Type.MAP
				: TestPropertyValues.Type.SYSTEM_ENVIRONMENT;
		this.contextRunner
			.withInitializer((context) -> TestPropertyValues.of(property).applyTo(context.getEnvironment(), type))
			.run((context) -> assertThat(analyze(context).getDescription())
				.contains("It is set in \"" + name + "\" from property source"));
	}

	@Test
	void allInvalidPropertiesAreReportedAtOnce() {
		this.contextRunner
			.withPropertyValues("kinto.timeout=0", "kinto.transfer-timeout=0", "kinto.connect-timeout=0",
					"kinto.max-in-memory-size=0", "kinto.embedded.port=-1", "kinto.bucket=_b", "kinto.headers.Host=a",
					"kinto.headers.Connection=a", "kinto.password=p")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(analysis.getDescription().lines().filter((line) -> line.startsWith("    - "))).hasSize(9);
				assertThat(analysis.getAction().lines().filter((line) -> line.startsWith("    - "))).hasSize(9);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					kinto.bearer-token=t0k3n s3cr3t                                                    | kinto.bearer-token is invalid
					kinto.bearer-token=t0k3n, kinto.username=alice, kinto.password=s3cr3t              | kinto.bearer-token and kinto.username with kinto.password are both set.
					kinto.bearer-token=t0k3n, kinto.headers.authorization=Custom s3cr3t                | kinto.headers.Authorization is set in addition to
					kinto.headers.AUTHORIZATION=t0k3n, kinto.username=alice, kinto.password=s3cr3t     | kinto.headers.Authorization is set in addition to
					kinto.username=a:b, kinto.password=s3cr3t, kinto.headers.X-A=t0k3n                 | kinto.username is invalid
					""")
	void invalidCredentialsAreReportedWithoutTheirValues(String properties, String description) {
		this.contextRunner.withPropertyValues(properties.split(", ")).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains(description);
			assertThat(analysis.getDescription() + analysis.getAction() + stackTrace(context.getStartupFailure()))
				.doesNotContain("t0k3n")
				.doesNotContain("s3cr3t");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "kinto.bearer-token", "kinto.headers.X-A" })
	void secretWithALineBreakIsReportedWithoutItsValue(String property) {
		this.contextRunner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("mounted", Map.of(property, "t0k3n\n"))))
			.run((context) -> {
				assertThat(analyze(context).getDescription()).contains(property).contains("line break");
				assertThat(stackTrace(context.getStartupFailure())).doesNotContain("t0k3n");
			});
	}

	private FailureAnalysis analyze(AssertableApplicationContext context) {
		FailureAnalysis analysis = new InvalidKintoPropertiesFailureAnalyzer(this.environment)
			.analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
