package io.kintospring.benchmarks;

import java.io.IOException;
import java.util.List;

import io.kintospring.benchmarks.stub.StubServer;

/**
 * Stub server in a separate JVM, so that its resource usage is not measured.
 */
final class StubProcess implements AutoCloseable {

	private final Process process;

	private final String[] urls;

	StubProcess(int records, int latency) throws IOException {
		this.process = new ProcessBuilder(
				Java.command(StubServer.class, List.of("-Xmx512m", "-XX:MaxDirectMemorySize=1g"),
						Integer.toString(records), Integer.toString(latency)))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String line = this.process.inputReader().readLine();
		if (line == null) {
			throw new IOException("the stub server did not start, see its error output");
		}
		this.urls = line.split(" ");
	}

	String url(boolean slow) {
		return this.urls[slow ? 1 : 0];
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
