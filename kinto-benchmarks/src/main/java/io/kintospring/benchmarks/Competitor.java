package io.kintospring.benchmarks;

import java.util.function.Function;

/**
 * Something that runs in a process of its own.
 *
 * @param name its name
 * @param command how it is started for a workload
 */
record Competitor(String name, Function<Assignment, ProcessBuilder> command) {

	/**
	 * What a competitor is to do.
	 *
	 * @param workload the workload
	 * @param url the root of the API
	 * @param ids ids of records, with commas between them
	 */
	record Assignment(Workload workload, String url, String ids) {
	}

}
