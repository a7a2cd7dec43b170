package io.kintospring.benchmarks.context;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.test.context.TestContextManager;

/**
 * Main class that starts the contexts of tests. It prints the time and the processor time
 * of the process for the first context, and the means for the others.
 */
public final class TestContexts {

	/** Prefix of the line with the result. */
	public static final String RESULT = "result: ";

	private static final OperatingSystemMXBean PROCESS = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private TestContexts() {
	}

	/**
	 * Start the contexts of one kind.
	 * @param args the name of the kind
	 */
	public static void main(String[] args) {
		List<Start> starts = ContextKind.valueOf(args[0]).tests().stream().map(TestContexts::start).toList();
		double later = starts.stream().skip(1).mapToDouble(Start::millis).average().orElseThrow();
		double laterProcessor = starts.stream().skip(1).mapToDouble(Start::processorMillis).average().orElseThrow();
		System.out.println(RESULT + String.format(Locale.ROOT, "%.1f %.1f %.1f %.1f", starts.get(0).millis(),
				starts.get(0).processorMillis(), later, laterProcessor));
		System.exit(0);
	}

	private static Start start(Class<?> test) {
		long start = System.nanoTime();
		long processorStart = PROCESS.getProcessCpuTime();
		new TestContextManager(test).getTestContext().getApplicationContext();
		return new Start((System.nanoTime() - start) / 1e6, (PROCESS.getProcessCpuTime() - processorStart) / 1e6);
	}

	/**
	 * Start of a context.
	 *
	 * @param millis the time
	 * @param processorMillis the processor time of the process, including the compiler
	 */
	private record Start(double millis, double processorMillis) {
	}

}
