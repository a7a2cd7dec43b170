package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.benchmarks.context.ContextKind;
import io.kintospring.benchmarks.context.TestContexts;

/**
 * Benchmark of the startup time of the contexts of tests, those without Kinto and those
 * with Kinto. Each process starts several contexts of one kind.
 */
final class TestContextStart {

	static final String WORKLOAD = "test-context";

	/**
	 * Modules that only the contexts with Kinto have on the class path.
	 */
	private static final List<String> KINTO = List.of("kinto-client", "kinto-embedded",
			"kinto-spring-boot-autoconfigure", "kinto-spring-boot-starter");

	private static final int COLUMNS = 4;

	private final Settings settings;

	TestContextStart(Settings settings) {
		this.settings = settings;
	}

	String report() throws IOException {
		int rounds = this.settings.forks() * this.settings.rounds();
		Map<ContextKind, List<double[]>> starts = new EnumMap<>(ContextKind.class);
		// the first round fills the file cache of the operating system
		for (int round = 0; round <= rounds; round++) {
			for (ContextKind kind : ContextKind.values()) {
				double[] millis = start(kind);
				if (round > 0) {
					starts.computeIfAbsent(kind, (key) -> new ArrayList<>()).add(millis);
				}
			}
		}
		StringBuilder text = new StringBuilder("""
				**startup of test contexts**, milliseconds, medians of %d processes

				| | first of a process | processor time | later ones | processor time |
				|---|---|---|---|---|
				""".formatted(rounds));
		starts.forEach((kind, measured) -> row(text, kind.title(), "%.0f", (column) -> median(measured, column)));
		List.of(ContextKind.EMPTY, ContextKind.JSON_TEST, ContextKind.AUTO_CONFIGURED)
			.forEach((other) -> ratio(text, ContextKind.KINTO_TEST, other, starts));
		ratio(text, ContextKind.AUTO_CONFIGURED_KINTO, ContextKind.AUTO_CONFIGURED, starts);
		return text.toString();
	}

	private double[] start(ContextKind kind) throws IOException {
		String classPath = (kind == ContextKind.AUTO_CONFIGURED) ? ClassPath.without(KINTO, ClassPath.OWN)
				: ClassPath.OWN;
		Process process = new ProcessBuilder(
				Java.command(TestContexts.class, classPath, this.settings.jvmArguments(), kind.name()))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = process.inputReader()) {
			String line = output.lines()
				.filter((candidate) -> candidate.startsWith(TestContexts.RESULT))
				.findFirst()
				.orElseThrow(() -> new IOException("The contexts did not start, see the error output"));
			return Stream.of(line.substring(TestContexts.RESULT.length()).split(" "))
				.mapToDouble(Double::parseDouble)
				.toArray();
		}
	}

	private static void ratio(StringBuilder text, ContextKind kind, ContextKind other,
			Map<ContextKind, List<double[]>> starts) {
		row(text, "ratio of %s to %s".formatted(kind.title(), other.title()), "%.2f",
				(column) -> median(starts.getOrDefault(kind, List.of()), column)
						/ median(starts.getOrDefault(other, List.of()), column));
	}

	private static void row(StringBuilder text, String title, String format, IntToDoubleFunction column) {
		String cells = IntStream.range(0, COLUMNS)
			.mapToObj((i) -> String.format(Locale.ROOT, format, column.applyAsDouble(i)))
			.collect(Collectors.joining(" | "));
		text.append("| %s | %s |%n".formatted(title, cells));
	}

	private static double median(List<double[]> starts, int column) {
		return Report.median(starts.stream().mapToDouble((start) -> start[column]).toArray());
	}

}
