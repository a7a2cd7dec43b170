package io.kintospring.benchmarks;

import java.util.function.Function;

/**
 * Opponent that runs in a separate process.
 *
 * @param name the name
 * @param command returns the process builder for an assignment
 */
record Competitor(String name, Function<Assignment, ProcessBuilder> command) {

	/**
	 * Work of a competitor.
	 *
	 * @param workload the workload
	 * @param url the root URL of the API
	 * @param ids the ids of records, separated by commas
	 */
	record Assignment(Workload workload, String url, String ids) {
	}

}
