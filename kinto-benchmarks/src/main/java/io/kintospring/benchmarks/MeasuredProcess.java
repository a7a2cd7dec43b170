package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs one workload with one opponent. For each line that it reads, the
 * kind of round and its seconds, it runs one and writes what it measured; it ends with
 * its input.
 */
final class MeasuredProcess implements AutoCloseable {

	private static final int MAX_WARMUPS = 6;

	private static final double CALM = 0.1;

	private final Process process;

	private final BufferedWriter rounds;

	private final BufferedReader results;

	MeasuredProcess(ProcessBuilder builder) throws IOException {
		this.process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.rounds = this.process.outputWriter();
		this.results = this.process.inputReader();
	}

	/**
	 * Run for some seconds, and again while the compiler is busy: until then it takes
	 * processor time from what it makes faster.
	 */
	void warmUp(double seconds) throws IOException {
		int warmups = 0;
		Measurement measurement;
		do {
			measurement = run("warmup " + seconds);
			warmups++;
		}
		while (measurement.compiling() > CALM && warmups < MAX_WARMUPS);
	}

	Measurement measure(double seconds) throws IOException {
		return run("measure " + seconds);
	}

	private Measurement run(String round) throws IOException {
		this.rounds.write(round + "\n");
		this.rounds.flush();
		for (String line = this.results.readLine(); line != null; line = this.results.readLine()) {
			if (Measurement.isLine(line)) {
				return Measurement.parse(line);
			}
		}
		throw new IOException("the process ended without a result, see its error output");
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
