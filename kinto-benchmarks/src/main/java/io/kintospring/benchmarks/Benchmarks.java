package io.kintospring.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.benchmarks.Competitor.Assignment;
import io.kintospring.benchmarks.opponent.Opponents;
import io.kintospring.benchmarks.stub.StubRecords;

/**
 * Main class that runs the workloads with all opponents and writes the report. Each
 * opponent runs a workload in several consecutive processes, because the compiled code
 * differs between processes. Rounds are interleaved: each round runs all opponents, and
 * each round starts with a different opponent.
 */
public final class Benchmarks {

	private static final String BEFORE = "-before";

	private static final int IDS = 100;

	private static final int MANY_RECORDS = 1_000_000;

	private final Settings settings;

	private Benchmarks(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Run the benchmarks.
	 * @param args no arguments; use system properties instead
	 * @throws IOException if a process cannot be started
	 */
	public static void main(String[] args) throws IOException {
		Settings settings = Settings.read();
		settings.check(
				Stream.concat(Arrays.stream(Workload.values()).map(Workload::id),
						Stream.of(StartUp.WORKLOAD, JsonCosts.WORKLOAD, ServerThroughput.WORKLOAD,
								TestContextStart.WORKLOAD))
					.toList(),
				Stream
					.of(Opponents.names(), Opponents.variants(), ScriptCompetitors.NAMES,
							Opponents.OURS.stream().map((name) -> name + BEFORE).toList())
					.flatMap(Collection::stream)
					.toList());
		new Benchmarks(settings).run();
	}

	private void run() throws IOException {
		Report report = new Report(Opponents.BASELINE);
		List<Workload> workloads = Arrays.stream(Workload.values())
			.filter((workload) -> this.settings.hasWorkload(workload.id()))
			.toList();
		List<Competitor> competitors = workloads.isEmpty() ? List.of() : competitors();
		if (!this.settings.jfr().isEmpty() && competitors.size() * workloads.size() * this.settings.forks() != 1) {
			throw new IllegalArgumentException("benchmark.jfr can record only one process: set benchmark.opponents and"
					+ " benchmark.workloads to one name each, and benchmark.forks to 1");
		}
		for (Workload workload : workloads) {
			report.add(run(workload, competitors));
		}
		if (this.settings.hasWorkload(StartUp.WORKLOAD)) {
			report.add(new StartUp(this.settings).report());
		}
		if (this.settings.hasWorkload(JsonCosts.WORKLOAD)) {
			report.add(JsonCosts.report());
		}
		if (this.settings.hasWorkload(ServerThroughput.WORKLOAD)) {
			report.add(new ServerThroughput(this.settings).report());
		}
		if (this.settings.hasWorkload(TestContextStart.WORKLOAD)) {
			report.add(new TestContextStart(this.settings).report());
		}
		String markdown = report.markdown(Machine.describe());
		Path file = this.settings.directory().resolve("benchmarks.md");
		Files.writeString(file, markdown);
		System.out.println(markdown);
		System.out.println("The report was written to " + file.toAbsolutePath());
	}

	private List<Competitor> competitors() throws IOException {
		List<Competitor> competitors = new ArrayList<>();
		for (String name : Opponents.names()) {
			competitors.add(competitor(name));
		}
		Opponents.variants()
			.stream()
			.filter(this.settings.opponents()::contains)
			.forEach((name) -> competitors.add(competitor(name)));
		if (!this.settings.before().isEmpty()) {
			String classPath = EarlierBuild.classPath(this.settings.before());
			for (String name : Opponents.OURS) {
				competitors.add(new Competitor(name + BEFORE, (assignment) -> java(name, classPath, assignment)));
			}
		}
		competitors.removeIf((competitor) -> !this.settings.hasOpponent(competitor.name()));
		competitors.addAll(new ScriptCompetitors(this.settings).available());
		return competitors;
	}

	private Competitor competitor(String name) {
		return new Competitor(name, (assignment) -> java(name, ClassPath.OWN, assignment));
	}

	private ProcessBuilder java(String name, String classPath, Assignment assignment) {
		List<String> jvmArguments = new ArrayList<>();
		if (assignment.workload().isCold()) {
			jvmArguments.addAll(List.of("-Xmx" + this.settings.heap() + "m", "-XX:+ExitOnOutOfMemoryError"));
		}
		else {
			jvmArguments.add("-Xmx512m");
		}
		jvmArguments.add("-Dbenchmark.jfr=" + this.settings.jfr());
		jvmArguments.addAll(this.settings.jvmArguments());
		return new ProcessBuilder(Java.command(Rounds.class, classPath, jvmArguments, name, assignment.workload().id(),
				assignment.url(), assignment.ids()));
	}

	private Results run(Workload workload, List<Competitor> competitors) throws IOException {
		int records = workload.isCold() ? MANY_RECORDS : this.settings.records();
		try (StubProcess stub = new StubProcess(records, this.settings.latency())) {
			String ids = IntStream.range(0, IDS)
				.mapToObj((i) -> StubRecords.id(i * (records / IDS), records))
				.collect(Collectors.joining(","));
			Assignment assignment = new Assignment(workload, stub.url(workload.isSlow()), ids);
			Results results = new Results(workload, competitors);
			for (int fork = 0; fork < this.settings.forks(); fork++) {
				results.fork();
				if (workload.isCold()) {
					cold(assignment, rotated(competitors, fork), results);
				}
				else {
					warm(assignment, rotated(competitors, fork), results);
				}
			}
			return results;
		}
	}

	private void cold(Assignment assignment, List<Competitor> competitors, Results results) {
		for (Competitor competitor : competitors) {
			results.attempt(competitor, () -> {
				try (MeasuredProcess process = new MeasuredProcess(competitor.command().apply(assignment))) {
					results.add(competitor, process.measure(0));
				}
			});
		}
	}

	private void warm(Assignment assignment, List<Competitor> competitors, Results results) throws IOException {
		Map<Competitor, MeasuredProcess> processes = new HashMap<>();
		try {
			for (Competitor competitor : competitors) {
				results.attempt(competitor, () -> {
					MeasuredProcess process = new MeasuredProcess(competitor.command().apply(assignment));
					processes.put(competitor, process);
					process.warmUp(this.settings.warmup());
				});
			}
			for (int round = 0; round < this.settings.rounds(); round++) {
				for (Competitor competitor : rotated(competitors, round)) {
					results.attempt(competitor, () -> results.add(competitor,
							Objects.requireNonNull(processes.get(competitor)).measure(this.settings.seconds())));
				}
			}
		}
		finally {
			for (MeasuredProcess process : processes.values()) {
				process.close();
			}
		}
	}

	private static List<Competitor> rotated(List<Competitor> competitors, int round) {
		List<Competitor> rotated = new ArrayList<>(competitors);
		Collections.rotate(rotated, -round);
		return rotated;
	}

}
