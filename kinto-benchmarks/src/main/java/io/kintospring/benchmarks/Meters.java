package io.kintospring.benchmarks;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Meters for the resource usage of this JVM.
 */
final class Meters {

	private static final OperatingSystemMXBean PROCESS = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final String PEAK = "VmHWM:";

	private Meters() {
	}

	static long cpu() {
		return PROCESS.getProcessCpuTime();
	}

	/**
	 * Return the total compilation time in nanoseconds, or -1 without a compiler.
	 */
	static long compiled() {
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		return (compiler != null) ? TimeUnit.MILLISECONDS.toNanos(compiler.getTotalCompilationTime()) : -1;
	}

	/**
	 * Return the number of bytes allocated by all live threads. Opponents do not stop
	 * threads during a round.
	 */
	static long allocated() {
		return allocated((thread) -> true);
	}

	/**
	 * Return the number of bytes allocated by live threads with a matching name.
	 */
	static long allocated(Predicate<String> threadNames) {
		long[] ids = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
			.filter((thread) -> thread != null && threadNames.test(thread.getThreadName()))
			.mapToLong((thread) -> thread.getThreadId())
			.toArray();
		return Arrays.stream(THREADS.getThreadAllocatedBytes(ids)).filter((bytes) -> bytes > 0).sum();
	}

	static long peakHeap() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map(MemoryPoolMXBean::getPeakUsage)
			.mapToLong((usage) -> usage.getUsed())
			.sum();
	}

	/**
	 * Return the maximum resident memory in bytes, or -1 if the system is not Linux.
	 */
	static long peakResident() {
		if (!Files.exists(STATUS)) {
			return -1;
		}
		try {
			return Files.readAllLines(STATUS)
				.stream()
				.filter((line) -> line.startsWith(PEAK))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElse(-1);
		}
		catch (IOException ex) {
			return -1;
		}
	}

}
