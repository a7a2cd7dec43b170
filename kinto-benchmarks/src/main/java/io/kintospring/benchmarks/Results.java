package io.kintospring.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was measured of one workload. Who fails in it takes no more part in it.
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
	 * Return what was measured of one, for each of its processes and in each of its
	 * rounds.
	 */
	List<List<Measurement>> of(String name) {
		return this.failed.contains(name) ? List.of() : this.forks.getOrDefault(name, List.of());
	}

	/**
	 * Begin with another process for each.
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
	 * What may fail.
	 */
	interface Attempt {

		void run() throws IOException;

	}

}
