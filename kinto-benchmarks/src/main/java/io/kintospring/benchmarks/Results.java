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

	private final Map<String, List<Measurement>> rounds = new LinkedHashMap<>();

	private final List<String> failed = new ArrayList<>();

	Results(Workload workload, List<Competitor> competitors) {
		this.workload = workload;
		competitors.forEach((competitor) -> this.rounds.put(competitor.name(), new ArrayList<>()));
	}

	Workload workload() {
		return this.workload;
	}

	Set<String> names() {
		return this.rounds.keySet();
	}

	List<Measurement> of(String name) {
		return this.failed.contains(name) ? List.of() : this.rounds.getOrDefault(name, List.of());
	}

	void add(Competitor competitor, Measurement measurement) {
		this.rounds.computeIfAbsent(competitor.name(), (name) -> new ArrayList<>()).add(measurement);
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
