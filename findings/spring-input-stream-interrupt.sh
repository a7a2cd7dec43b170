#!/usr/bin/env bash
# Expected: a thread that reads from DataBufferUtils.subscriberInputStream and is interrupted either stops
# with InterruptedIOException, as with java.io.PipedInputStream, or keeps waiting without using the processor.
# In fact Spring Framework 7.0.10 ignores the interrupt until the next buffer arrives, and spins meanwhile:
# parking returns at once while the interrupt flag is set, so the reader uses a whole core for as long as the
# source is silent. What to do: give the source a timeout (Flux.timeout), which ends the read with an
# exception, and do not rely on Future.cancel(true) to stop a reader. Source: Javadoc of
# org.springframework.core.io.buffer.DataBufferUtils#subscriberInputStream, which does not mention interrupts,
# and of java.util.concurrent.locks.LockSupport#park.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>org.springframework</groupId><artifactId>spring-core</artifactId><version>7.0.10</version></dependency>
		<dependency><groupId>io.projectreactor</groupId><artifactId>reactor-core</artifactId><version>3.8.8</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^(spring|reactor)-core' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Mono;

public class Finding {

	public static void main(String[] args) throws Exception {
		long[] calm = read(false);
		long[] interrupted = read(true);
		boolean asFound = interrupted[0] > 1500 && calm[1] < 300 && interrupted[1] > calm[1] + 300;
		System.out.println(asFound ? "As found: the interrupt is ignored, and the reader spins until data arrives."
				: "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	/** Read one byte that arrives after two seconds, and return the elapsed and the processor time in milliseconds. */
	static long[] read(boolean interrupt) throws Exception {
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap("x".getBytes(StandardCharsets.US_ASCII));
		InputStream in = DataBufferUtils.subscriberInputStream(Mono.just(buffer).delayElement(Duration.ofSeconds(2)), 1);
		long[] times = new long[2];
		Thread reader = new Thread(() -> {
			long start = System.nanoTime();
			long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			String result;
			try {
				result = "byte " + in.read();
			}
			catch (Exception ex) {
				result = ex.toString();
			}
			times[0] = (System.nanoTime() - start) / 1_000_000;
			times[1] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000_000;
			System.out.printf("interrupted: %s, result: %s, after %d ms, processor time %d ms%n", interrupt, result, times[0], times[1]);
		});
		reader.start();
		Thread.sleep(300);
		if (interrupt) {
			reader.interrupt();
		}
		reader.join();
		return times;
	}

}
EOF

java -cp 'lib/*' Finding.java
