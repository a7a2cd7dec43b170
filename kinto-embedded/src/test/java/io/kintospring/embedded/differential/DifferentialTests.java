package io.kintospring.embedded.differential;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

import io.kintospring.embedded.settings.KintoServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test that the embedded server answers random sequences of requests like a real Kinto.
 * See {@code CONTRIBUTING.md}.
 */
@EnabledIfSystemProperty(named = "kinto.test.url", matches = ".+")
class DifferentialTests {

	private static final Path SCENARIOS = Path.of("target/differential");

	private final long seed = Long.getLong("kinto.test.seed", System.currentTimeMillis());

	@Test
	void embeddedServerAnswersRandomSequencesLikeKinto() throws Exception {
		KintoServerSettings settings = settings();
		DifferentialTester tester = new DifferentialTester(System.getProperty("kinto.test.url"), settings,
				KnownDifference.of(settings));
		Collection<Finding> findings = tester.run(this.seed, Integer.getInteger("kinto.test.sequences", 500),
				Integer.getInteger("kinto.test.threads", 2), Integer.getInteger("kinto.test.differences", 10));
		write(findings);
		assertThat(findings)
			.withFailMessage(() -> "With the seed %d, %d kinds of responses differ:%n%n%s".formatted(this.seed,
					findings.size(),
					findings.stream().map(Finding::toString).collect(Collectors.joining(System.lineSeparator()))))
			.isEmpty();
	}

	/**
	 * Read settings such as {@code paginate_by=3,readonly=true}.
	 */
	private static KintoServerSettings settings() {
		KintoServerSettings settings = KintoServerSettings.defaults();
		for (String setting : System.getProperty("kinto.test.settings", "").split(",")) {
			if (!setting.isBlank()) {
				String[] parts = setting.split("=", 2);
				settings = settings.with(parts[0].strip(), parts[1].strip());
			}
		}
		return settings;
	}

	private static void write(Collection<Finding> findings) throws Exception {
		Files.createDirectories(SCENARIOS);
		for (Finding finding : findings) {
			Files.writeString(SCENARIOS.resolve(finding.fileName()), finding.json());
		}
	}

}
