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
 * What this virtual machine knows of its own costs.
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
	 * Return how long the compiler was busy, or -1 where nothing compiles.
	 */
	static long compiled() {
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		return (compiler != null) ? TimeUnit.MILLISECONDS.toNanos(compiler.getTotalCompilationTime()) : -1;
	}

	/**
	 * Return how many bytes the threads that live now have allocated. Opponents keep
	 * their threads.
	 */
	static long allocated() {
		return allocated((thread) -> true);
	}

	/**
	 * Return how many bytes some of the threads that live now have allocated.
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
	 * Return the most memory that was resident, which only Linux tells.
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
