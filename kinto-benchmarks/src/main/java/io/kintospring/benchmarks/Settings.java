package io.kintospring.benchmarks;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What to measure, and how long; from system properties.
 *
 * @param workloads the names of the workloads, empty for all
 * @param opponents the names of the opponents, empty for all
 * @param forks how many processes run each workload with each opponent
 * @param rounds how many rounds each of them runs
 * @param seconds how long a round lasts, at least
 * @param warmup how many seconds each process runs before the first round, at least
 * @param records how many records the stub has
 * @param latency how many milliseconds the stub waits where there is latency
 * @param heap how many MiB of heap the workload for memory has on the JVM
 * @param jvmArguments for the virtual machines of the opponents
 * @param jfr the file to record to, or empty
 * @param before the class path of the build of another commit, or empty
 * @param python the directories that Python finds kinto_http in, or empty
 * @param directory where the report and what is needed for it is written
 */
record Settings(List<String> workloads, List<String> opponents, int forks, int rounds, double seconds, double warmup,
		int records, int latency, int heap, List<String> jvmArguments, String jfr, String before, String python,
		Path directory) {

	static Settings read() {
		return new Settings(list("workloads", ","), list("opponents", ","), Integer.parseInt(text("forks", "3")),
				Integer.parseInt(text("rounds", "3")), Double.parseDouble(text("seconds", "2")),
				Double.parseDouble(text("warmup", "10")), Integer.parseInt(text("records", "100000")),
				Integer.parseInt(text("latency", "20")), Integer.parseInt(text("heap", "32")), list("jvm", " "),
				text("jfr", ""), text("before", ""), text("python", ""), Path.of(text("directory", "target")));
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
	 * Refuse names that nothing has, and what measures nothing.
	 */
	void check(Collection<String> knownWorkloads, Collection<String> knownOpponents) {
		check("workload", this.workloads, knownWorkloads);
		check("opponent", this.opponents, knownOpponents);
		if (this.forks < 1 || this.rounds < 1) {
			throw new IllegalArgumentException("There must be at least one fork and one round");
		}
	}

	private static void check(String what, List<String> names, Collection<String> known) {
		for (String name : names) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("There is no " + what + " " + name + ", but " + known);
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
