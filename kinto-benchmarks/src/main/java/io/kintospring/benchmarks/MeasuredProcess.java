package io.kintospring.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Process that runs a workload with an opponent. For each input line, which contains the
 * kind and the duration of a round, it runs a round and writes the measurement. It stops
 * when its input ends.
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
	 * Run for some seconds, and repeat while the compiler is busy, because it competes
	 * for processor time.
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
		throw new IOException("the process stopped without a result, see its error output");
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
