package io.kintospring.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * What to measure, and how long; from system properties.
 *
 * @param workloads the names of the workloads, empty for all
 * @param opponents the names of the opponents, empty for all
 * @param rounds how many rounds
 * @param seconds how long a round lasts, at least
 * @param warmup how many seconds each process runs before the first round
 * @param records how many records the stub has
 * @param latency how many milliseconds the stub waits where there is latency
 * @param jvmArguments for the virtual machines of the opponents
 * @param jfr the file to record to, or empty
 * @param python the directories that Python finds kinto_http in, or empty
 * @param directory where the report and what is needed for it is written
 */
record Settings(List<String> workloads, List<String> opponents, int rounds, double seconds, double warmup, int records,
		int latency, List<String> jvmArguments, String jfr, String python, Path directory) {

	static Settings read() {
		return new Settings(list("workloads", ","), list("opponents", ","), Integer.parseInt(text("rounds", "5")),
				Double.parseDouble(text("seconds", "2")), Double.parseDouble(text("warmup", "10")),
				Integer.parseInt(text("records", "100000")), Integer.parseInt(text("latency", "20")), list("jvm", " "),
				text("jfr", ""), text("python", ""), Path.of(text("directory", "target")));
	}

	private static String text(String name, String defaultValue) {
		String value = System.getProperty("benchmark." + name, "");
		return value.isBlank() ? defaultValue : value.trim();
	}

	private static List<String> list(String name, String separator) {
		String value = text(name, "");
		return value.isEmpty() ? List.of() : List.of(value.split(separator));
	}

	boolean hasWorkload(String id) {
		return this.workloads.isEmpty() || this.workloads.contains(id);
	}

	boolean hasOpponent(String name) {
		return this.opponents.isEmpty() || this.opponents.contains(name);
	}

}
