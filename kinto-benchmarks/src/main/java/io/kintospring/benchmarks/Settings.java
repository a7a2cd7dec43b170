package io.kintospring.benchmarks;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Settings of the benchmarks, from system properties.
 *
 * @param workloads the names of the workloads, empty for all
 * @param opponents the names of the opponents, empty for all
 * @param forks the number of processes per workload and opponent
 * @param rounds the number of rounds per process
 * @param seconds the minimum duration of a round, in seconds
 * @param warmup the minimum duration of the warm-up of a process, in seconds
 * @param records the number of records of the stub
 * @param latency the latency of the slow port of the stub, in milliseconds
 * @param heap the maximum heap size of a JVM in the memory workload, in MiB
 * @param jvmArguments the arguments for the JVMs of the opponents
 * @param jfr the file for the recording of Java Flight Recorder, or empty
 * @param before the class path of the build of another commit, or empty
 * @param python the directories that contain kinto_http for Python, or empty
 * @param server the URL of the server to compare the embedded one with, or empty
 * @param connections the number of connections to a server
 * @param directory the directory for the report and temporary files
 */
record Settings(List<String> workloads, List<String> opponents, int forks, int rounds, double seconds, double warmup,
		int records, int latency, int heap, List<String> jvmArguments, String jfr, String before, String python,
		String server, int connections, Path directory) {

	static Settings read() {
		return new Settings(list("workloads", ","), list("opponents", ","), Integer.parseInt(text("forks", "3")),
				Integer.parseInt(text("rounds", "3")), Double.parseDouble(text("seconds", "2")),
				Double.parseDouble(text("warmup", "10")), Integer.parseInt(text("records", "100000")),
				Integer.parseInt(text("latency", "20")), Integer.parseInt(text("heap", "32")), list("jvm", " "),
				text("jfr", ""), text("before", ""), text("python", ""), text("server", ""),
				Integer.parseInt(text("connections", "64")), Path.of(text("directory", "target")));
	}

	private static String text(String name, String defaultValue) {
		String value = System.getProperty("benchmark." + name, "");
		return value.isBlank() ? defaultValue : value.trim();
	}

	private static List<String> list(String name, String separator) {
		String value = text(name, "");
		return value.isEmpty() ? List.of() : List.of(value.split(separator));
	}

	/**
	 * Reject unknown names and numbers that would measure nothing.
	 */
	void check(Collection<String> knownWorkloads, Collection<String> knownOpponents) {
		check("workload", this.workloads, knownWorkloads);
		check("opponent", this.opponents, knownOpponents);
		if (this.forks < 1 || this.rounds < 1) {
			throw new IllegalArgumentException("benchmark.forks and benchmark.rounds must be at least 1, but were "
					+ this.forks + " and " + this.rounds);
		}
	}

	private static void check(String what, List<String> names, Collection<String> known) {
		for (String name : names) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("Unknown " + what + " " + name + ", must be one of " + known);
			}
		}
	}

	boolean hasWorkload(String id) {
		return this.workloads.isEmpty() || this.workloads.contains(id);
	}

	boolean hasOpponent(String name) {
		return this.opponents.isEmpty() || this.opponents.contains(name);
	}

}
