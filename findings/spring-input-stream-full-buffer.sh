#!/usr/bin/env bash
# Expected: InputStream.read(byte[]) returns the bytes that are there, and blocks only if there are none, as
# the streams of the JDK do. In fact the stream of DataBufferUtils.subscriberInputStream (Spring Framework
# 7.0.10) blocks until the whole array is full or the source ends. A BufferedReader or an InputStreamReader
# asks for 8 KiB, so lines of a live response (newline-delimited JSON, server-sent events, logs) appear only
# when 8 KiB have arrived or the response ends. What to do: wrap the stream in a filter whose read(byte[],
# int, int) returns a single byte from read(), or decode the publisher of buffers reactively; use the stream
# only for bodies that you read to their end. Source: Javadoc of
# org.springframework.core.io.buffer.DataBufferUtils#subscriberInputStream and of
# java.io.InputStream#read(byte[], int, int).
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
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

public class Finding {

	public static void main(String[] args) throws Exception {
		long direct = firstLine("stream as it is", stream());
		long single = firstLine("stream that reads single bytes", new FilterInputStream(stream()) {

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				int value = (length == 0) ? -1 : read();
				if (value < 0) {
					return (length == 0) ? 0 : -1;
				}
				bytes[offset] = (byte) value;
				return 1;
			}

		});
		boolean asFound = direct > 1900 && single < 1500;
		System.out.println(asFound ? "As found: the first line waits for the end of the source." : "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	/** Return a stream of one line at once and of a second line after two seconds. */
	static InputStream stream() {
		return DataBufferUtils.subscriberInputStream(
				Flux.concat(Mono.just(buffer("first\n")), Mono.just(buffer("second\n")).delayElement(Duration.ofSeconds(2))), 4);
	}

	static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

	static long firstLine(String what, InputStream in) throws IOException {
		long start = System.nanoTime();
		String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).readLine();
		long millis = (System.nanoTime() - start) / 1_000_000;
		System.out.printf("%s: '%s' after %d ms%n", what, line, millis);
		return millis;
	}

}
EOF

java -cp 'lib/*' Finding.java
