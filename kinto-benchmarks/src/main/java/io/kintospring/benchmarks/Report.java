package io.kintospring.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The results as Markdown: medians over the rounds, and medians of the ratios within a
 * round, as a machine is faster in one and slower in another.
 */
final class Report {

	private final String baseline;

	private final Map<Workload, Map<String, List<Measurement>>> results = new LinkedHashMap<>();

	private final List<String> sections = new ArrayList<>();

	Report(String baseline) {
		this.baseline = baseline;
	}

	void add(Workload workload, Map<String, List<Measurement>> measurements) {
		this.results.put(workload, measurements);
	}

	/**
	 * Add what has a form of its own.
	 */
	void add(String section) {
		this.sections.add(section);
	}

	String markdown(String machine) {
		StringBuilder text = new StringBuilder(machine).append('\n');
		if (!this.results.isEmpty()) {
			summary(text);
		}
		this.results.forEach((workload, measurements) -> details(text, workload, measurements));
		this.sections.forEach((section) -> text.append('\n').append(section));
		return text.toString();
	}

	private void summary(StringBuilder text) {
		text.append("\nThroughput relative to ").append(this.baseline).append(" (1.00; higher is faster)\n\n| |");
		this.results.keySet().forEach((workload) -> text.append(' ').append(workload.title()).append(" |"));
		text.append("\n|---|").append("---|".repeat(this.results.size())).append('\n');
		Set<String> names = new LinkedHashSet<>();
		this.results.values().forEach((measurements) -> names.addAll(measurements.keySet()));
		for (String name : names) {
			text.append("| ").append(name).append(" |");
			this.results.values()
				.forEach((measurements) -> text.append(' ').append(ratio(measurements, name)).append(" |"));
			text.append('\n');
		}
	}

	private String ratio(Map<String, List<Measurement>> measurements, String name) {
		List<Measurement> own = measurements.getOrDefault(name, List.of());
		List<Measurement> theirs = measurements.getOrDefault(this.baseline, List.of());
		if (own.isEmpty() || own.size() != theirs.size()) {
			return "–";
		}
		return format("%.2f",
				median(IntStream.range(0, own.size())
					.mapToDouble((i) -> own.get(i).perSecond() / theirs.get(i).perSecond())
					.toArray()));
	}

	private void details(StringBuilder text, Workload workload, Map<String, List<Measurement>> measurements) {
		text.append("\n**")
			.append(workload.title())
			.append("**\n\n| | ")
			.append(workload.unit())
			.append("s/s | ratio | CPU s per 1,000 | bytes allocated per ")
			.append(workload.unit())
			.append(" | heap peak, MiB | resident peak, MiB |\n|---|---|---|---|---|---|---|\n");
		measurements.forEach((name, rounds) -> text.append("| ")
			.append(name)
			.append(" | ")
			.append(format("%,.0f", median(rounds, Measurement::perSecond)))
			.append(" | ")
			.append(ratio(measurements, name))
			.append(" | ")
			.append(format("%.4f", median(rounds, Measurement::cpuSecondsPer1000)))
			.append(" | ")
			.append(format("%,.0f", median(rounds, Measurement::allocatedPerOperation)))
			.append(" | ")
			.append(format("%,.0f", median(rounds, (round) -> mebibytes(round.heap()))))
			.append(" | ")
			.append(format("%,.0f", median(rounds, (round) -> mebibytes(round.resident()))))
			.append(" |\n"));
	}

	private static double mebibytes(long bytes) {
		return (bytes < 0) ? -1 : bytes / 1048576.0;
	}

	private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
		return median(rounds.stream().mapToDouble(value).toArray());
	}

	static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	static String format(String format, double value) {
		return (value < 0) ? "–" : String.format(Locale.ROOT, format, value);
	}

}
