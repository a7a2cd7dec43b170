package io.kintospring.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measurements of a workload. A competitor that fails does not run the workload again.
 */
final class Results {

	private final Workload workload;

	private final Map<String, List<List<Measurement>>> forks = new LinkedHashMap<>();

	private final List<String> failed = new ArrayList<>();

	Results(Workload workload, List<Competitor> competitors) {
		this.workload = workload;
		competitors.forEach((competitor) -> this.forks.put(competitor.name(), new ArrayList<>()));
	}

	Workload workload() {
		return this.workload;
	}

	Set<String> names() {
		return this.forks.keySet();
	}

	/**
	 * Return the measurements of a competitor, by process and round.
	 */
	List<List<Measurement>> of(String name) {
		return this.failed.contains(name) ? List.of() : this.forks.getOrDefault(name, List.of());
	}

	/**
	 * Start the measurements of the next process of each competitor.
	 */
	void fork() {
		this.forks.values().forEach((forks) -> forks.add(new ArrayList<>()));
	}

	void add(Competitor competitor, Measurement measurement) {
		List<List<Measurement>> own = this.forks.getOrDefault(competitor.name(), List.of());
		own.get(own.size() - 1).add(measurement);
		System.err.printf("%s, %s: %,.0f/s%n", this.workload.title(), competitor.name(), measurement.perSecond());
	}

	void attempt(Competitor competitor, Attempt attempt) {
		if (this.failed.contains(competitor.name())) {
			return;
		}
		try {
			attempt.run();
		}
		catch (IOException ex) {
			this.failed.add(competitor.name());
			System.err.printf("%s, %s: %s%n", this.workload.title(), competitor.name(), ex.getMessage());
		}
	}

	/**
	 * Action that can fail.
	 */
	interface Attempt {

		void run() throws IOException;

	}

}
