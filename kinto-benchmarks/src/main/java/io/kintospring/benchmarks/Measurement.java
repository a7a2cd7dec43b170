package io.kintospring.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Measurement of a round. A value that could not be measured is -1.
 *
 * @param operations the number of operations
 * @param nanos the duration, in nanoseconds
 * @param cpu the processor time of the process, in nanoseconds
 * @param allocated the number of allocated bytes
 * @param heap the maximum heap usage since the process started, in bytes
 * @param resident the maximum resident memory since the process started, in bytes
 * @param compiled the compilation time, in nanoseconds
 */
record Measurement(long operations, long nanos, long cpu, long allocated, long heap, long resident, long compiled) {

	private static final String MARK = "result";

	/**
	 * Repeat a unit of work until the time is over, but at least once, and measure it.
	 * @param unit runs the unit of work and returns the number of operations
	 * @param seconds the minimum duration
	 */
	static Measurement of(LongSupplier unit, double seconds) {
		long allocated = Meters.allocated();
		long cpu = Meters.cpu();
		long compiled = Meters.compiled();
		long start = System.nanoTime();
		long end = start + (long) (seconds * 1e9);
		long operations = 0;
		do {
			operations += unit.getAsLong();
		}
		while (System.nanoTime() - end < 0);
		long nanos = System.nanoTime() - start;
		return new Measurement(operations, nanos, Meters.cpu() - cpu, Meters.allocated() - allocated, Meters.peakHeap(),
				Meters.peakResident(), Meters.compiled() - compiled);
	}

	double perSecond() {
		return this.operations * 1e9 / this.nanos;
	}

	double cpuSecondsPer1000() {
		return this.cpu / 1e6 / this.operations;
	}

	double allocatedPerOperation() {
		return (this.allocated < 0) ? -1 : (double) this.allocated / this.operations;
	}

	/**
	 * Return the compilation time relative to the duration, or 0 if it was not measured.
	 */
	double compiling() {
		return Math.max(0, this.compiled) / (double) this.nanos;
	}

	static boolean isLine(String line) {
		return line.startsWith(MARK);
	}

	/**
	 * Parse a line that a process writes, whatever its language.
	 */
	static Measurement parse(String line) {
		Map<String, Long> values = Arrays.stream(line.substring(MARK.length()).trim().split(" "))
			.map((pair) -> pair.split("="))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> Long.parseLong(pair[1])));
		return new Measurement(value(values, "operations"), value(values, "nanos"), value(values, "cpu"),
				value(values, "allocated"), value(values, "heap"), value(values, "resident"),
				value(values, "compiled"));
	}

	private static long value(Map<String, Long> values, String name) {
		return values.getOrDefault(name, -1L);
	}

	String line() {
		return MARK + " operations=%d nanos=%d cpu=%d allocated=%d heap=%d resident=%d compiled=%d"
			.formatted(this.operations, this.nanos, this.cpu, this.allocated, this.heap, this.resident, this.compiled);
	}

}
