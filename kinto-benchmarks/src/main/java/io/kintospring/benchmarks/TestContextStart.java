package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.kintospring.benchmarks.context.TestContexts;

/**
 * Benchmark of the startup time of the contexts of tests: an empty one, and those of
 * {@code @KintoTest}. Each process starts several contexts of one kind.
 */
final class TestContextStart {

	static final String WORKLOAD = "test-context";

	private final Settings settings;

	TestContextStart(Settings settings) {
		this.settings = settings;
	}

	String report() throws IOException {
		int rounds = this.settings.forks() * this.settings.rounds();
		List<List<double[]>> starts = new ArrayList<>();
		TestContexts.KINDS.forEach((kind) -> starts.add(new ArrayList<>()));
		// the first round fills the file cache of the operating system
		for (int round = 0; round <= rounds; round++) {
			for (int i = 0; i < starts.size(); i++) {
				double[] millis = start(TestContexts.KINDS.get(i));
				if (round > 0) {
					starts.get(i).add(millis);
				}
			}
		}
		StringBuilder text = new StringBuilder("""
				**startup of test contexts**, milliseconds, medians of %d processes

				| | first of a process | later ones |
				|---|---|---|
				""".formatted(rounds));
		for (int i = 0; i < starts.size(); i++) {
			text.append("| %s | %.0f | %.0f |%n".formatted(TestContexts.KINDS.get(i), median(starts.get(i), 0),
					median(starts.get(i), 1)));
		}
		return text.append("| ratio | %.2f | %.2f |%n".formatted(ratio(starts, 0), ratio(starts, 1))).toString();
	}

	private double[] start(String kind) throws IOException {
		Process process = new ProcessBuilder(Java.command(TestContexts.class, this.settings.jvmArguments(), kind))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = process.inputReader()) {
			String line = output.lines()
				.filter((candidate) -> candidate.startsWith(TestContexts.RESULT))
				.findFirst()
				.orElseThrow(() -> new IOException("The contexts did not start, see the error output"));
			String[] words = line.substring(TestContexts.RESULT.length()).split(" ");
			return new double[] { Double.parseDouble(words[0]), Double.parseDouble(words[1]) };
		}
	}

	private static double ratio(List<List<double[]>> starts, int column) {
		return median(starts.get(1), column) / median(starts.get(0), column);
	}

	private static double median(List<double[]> starts, int column) {
		return Report.median(starts.stream().mapToDouble((start) -> start[column]).toArray());
	}

}
