package io.kintospring.benchmarks;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

	private static final Competitor BASELINE = new Competitor("baseline", (assignment) -> new ProcessBuilder());

	private static final Competitor OTHER = new Competitor("other", (assignment) -> new ProcessBuilder());

	private static final Competitor FAILED = new Competitor("failed", (assignment) -> new ProcessBuilder());

	@Test
	void ratioOfAProcessIsTheMedianOfTheRatiosOfItsRounds() {
		Results results = new Results(Workload.GET, List.of(BASELINE, OTHER));
		results.fork();
		for (long speed : List.of(100, 200, 400)) {
			results.add(BASELINE, measurement(speed));
		}
		for (long speed : List.of(150, 500, 600)) {
			results.add(OTHER, measurement(speed));
		}
		assertThat(report(results)).contains("| baseline | 1.00 |", "| other | 1.50 |", "| other | 500 | 1.50 |");
	}

	@Test
	void ratioIsTheMedianOverProcesses() {
		Results results = new Results(Workload.GET, List.of(BASELINE, OTHER));
		for (List<Long> speeds : List.of(List.of(300L, 310L, 330L), List.of(110L, 400L, 410L),
				List.of(90L, 80L, 80L))) {
			results.fork();
			for (long speed : speeds) {
				results.add(BASELINE, measurement(100));
				results.add(OTHER, measurement(speed));
			}
		}
		assertThat(report(results)).contains("| baseline | 1.00 (1.00 – 1.00) |", "| other | 3.10 (0.80 – 4.00) |",
				"| other | 310 | 3.10 (0.80 – 4.00) |");
	}

	@Test
	void failedCompetitorHasNoFigures() {
		Results results = new Results(Workload.GET, List.of(BASELINE, FAILED));
		results.fork();
		results.add(BASELINE, measurement(100));
		results.add(FAILED, measurement(100));
		results.attempt(FAILED, () -> {
			throw new IOException("gone");
		});
		assertThat(report(results)).contains("| failed | – |", "| failed | – | – | – | – | – | – |");
	}

	@Test
	void lineCanBeParsed() {
		Measurement measurement = new Measurement(1, 2, 3, 4, 5, 6, 7);
		assertThat(Measurement.parse(measurement.line())).isEqualTo(measurement);
	}

	@Test
	void missingValuesAreOmitted() {
		Results results = new Results(Workload.GET, List.of(BASELINE));
		results.fork();
		results.add(BASELINE,
				Measurement.parse("result operations=1000 nanos=1000000000 cpu=2000000000 resident=1048576"));
		assertThat(report(results)).contains("| baseline | 1,000 | 1.00 | 2.0000 | – | – | 1 |");
	}

	private static Measurement measurement(long perSecond) {
		return new Measurement(perSecond, 1_000_000_000, 0, 0, 0, 0, 0);
	}

	private static String report(Results results) {
		Report report = new Report("baseline");
		report.add(results);
		return report.markdown("here");
	}

}
