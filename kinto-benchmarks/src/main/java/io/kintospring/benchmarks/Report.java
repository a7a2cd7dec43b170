package io.kintospring.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Markdown report of the results. A figure is the median over processes of the median
 * over rounds. The ratio of a process is the median of the ratios of its rounds, because
 * the speed of a machine varies between rounds.
 */
final class Report {

	private static final String NONE = "–";

	private final String baseline;

	private final List<Results> results = new ArrayList<>();

	private final List<String> sections = new ArrayList<>();

	Report(String baseline) {
		this.baseline = baseline;
	}

	void add(Results results) {
		this.results.add(results);
	}

	/**
	 * Add a section with a custom format.
	 */
	void add(String section) {
		this.sections.add(section);
	}

	String markdown(String machine) {
		StringBuilder text = new StringBuilder(machine).append('\n');
		if (!this.results.isEmpty()) {
			summary(text);
		}
		this.results.forEach((results) -> details(text, results));
		this.sections.forEach((section) -> text.append('\n').append(section));
		return text.toString();
	}

	private void summary(StringBuilder text) {
		text.append("\nThroughput relative to ")
			.append(this.baseline)
			.append(" (1.00, higher is better): median over processes, with minimum and maximum\n\n| |");
		this.results.forEach((results) -> text.append(' ').append(results.workload().title()).append(" |"));
		text.append("\n|---|").append("---|".repeat(this.results.size())).append('\n');
		for (String name : this.results.get(0).names()) {
			text.append("| ").append(name).append(" |");
			this.results.forEach((results) -> text.append(' ').append(ratio(results, name)).append(" |"));
			text.append('\n');
		}
	}

	private String ratio(Results results, String name) {
		double[] ratios = ratios(results.of(name), results.of(this.baseline));
		if (ratios.length < 2) {
			return (ratios.length == 0) ? NONE : format("%.2f", ratios[0]);
		}
		DoubleSummaryStatistics range = Arrays.stream(ratios).summaryStatistics();
		return format("%.2f", median(ratios))
				+ " (%s – %s)".formatted(format("%.2f", range.getMin()), format("%.2f", range.getMax()));
	}

	private static double[] ratios(List<List<Measurement>> own, List<List<Measurement>> theirs) {
		if (own.size() != theirs.size()) {
			return new double[0];
		}
		return IntStream.range(0, own.size()).mapToDouble((fork) -> ratio(own.get(fork), theirs.get(fork))).toArray();
	}

	private static double ratio(List<Measurement> own, List<Measurement> theirs) {
		return median(IntStream.range(0, own.size())
			.mapToDouble((round) -> own.get(round).perSecond() / theirs.get(round).perSecond())
			.toArray());
	}

	private void details(StringBuilder text, Results results) {
		String unit = results.workload().unit();
		text.append("\n**%s**\n\n".formatted(results.workload().title()))
			.append("| | %1$ss/s | ratio | CPU s per 1,000 | bytes allocated per %1$s | heap peak, MiB | resident peak, MiB |\n"
				.formatted(unit))
			.append("|---|---|---|---|---|---|---|\n");
		for (String name : results.names()) {
			List<List<Measurement>> forks = results.of(name);
			text.append("| ")
				.append(String.join(" | ", name, median(forks, "%,.0f", Measurement::perSecond), ratio(results, name),
						median(forks, "%.4f", Measurement::cpuSecondsPer1000),
						median(forks, "%,.0f", Measurement::allocatedPerOperation),
						median(forks, "%,.0f", (round) -> mebibytes(round.heap())),
						median(forks, "%,.0f", (round) -> mebibytes(round.resident()))))
				.append(" |\n");
		}
	}

	private static double mebibytes(long bytes) {
		return (bytes < 0) ? -1 : bytes / 1048576.0;
	}

	private static String median(List<List<Measurement>> forks, String format, ToDoubleFunction<Measurement> value) {
		return forks.isEmpty() ? NONE
				: format(format,
						median(forks.stream()
							.mapToDouble((rounds) -> median(rounds.stream().mapToDouble(value).toArray()))
							.toArray()));
	}

	static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	private static String format(String format, double value) {
		return (value < 0) ? NONE : String.format(Locale.ROOT, format, value);
	}

}
