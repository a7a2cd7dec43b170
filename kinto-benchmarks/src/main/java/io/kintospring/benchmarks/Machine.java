package io.kintospring.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

import com.sun.management.OperatingSystemMXBean;

/**
 * Description of the machine and the JVM.
 */
final class Machine {

	private static final Path CPU = Path.of("/proc/cpuinfo");

	private Machine() {
	}

	static String describe() throws IOException {
		long memory = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
		return "%s: %s, %d cores, %d GiB; %s %s; %s %s".formatted(LocalDate.now(), cpu(),
				Runtime.getRuntime().availableProcessors(), Math.round(memory / 1073741824.0),
				System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("java.vm.name"),
				System.getProperty("java.vm.version"));
	}

	private static String cpu() throws IOException {
		if (!Files.exists(CPU)) {
			return System.getProperty("os.arch");
		}
		return Files.readAllLines(CPU)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).trim())
			.findFirst()
			.orElse(System.getProperty("os.arch"));
	}

}
