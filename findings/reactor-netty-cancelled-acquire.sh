#!/usr/bin/env bash
# Expected: a request that is cancelled while it waits for a connection of the pool leaves the queue and costs
# nothing. In fact Reactor Netty 1.3.8 opens a new connection for nearly every cancelled request once the busy
# connection becomes free, and sends nothing on it. With a pool of one connection and 20 cancelled requests,
# the server accepts about 20 connections instead of one. Timeouts above the client (Mono.timeout) cancel in
# this way, so an overloaded server also has to accept useless connections. What to do: limit concurrent
# requests before the client, so that few wait in the pool, or bound the wait with pendingAcquireTimeout,
# which opens no such connections. Source: chapter "Connection Pool" of the HTTP client in the Reactor Netty
# reference guide, which describes maxConnections and pendingAcquireMaxCount.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencyManagement>
		<dependencies>
			<dependency>
				<groupId>io.netty</groupId><artifactId>netty-bom</artifactId><version>4.2.18.Final</version>
				<type>pom</type><scope>import</scope>
			</dependency>
		</dependencies>
	</dependencyManagement>
	<dependencies>
		<dependency><groupId>io.projectreactor.netty</groupId><artifactId>reactor-netty-http</artifactId><version>1.3.8</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^reactor-(netty|core)' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

public class Finding {

	static final AtomicInteger connections = new AtomicInteger();

	static final AtomicInteger requests = new AtomicInteger();

	static final CountDownLatch release = new CountDownLatch(1);

	public static void main(String[] args) throws Exception {
		ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		daemon(() -> {
			while (true) {
				Socket socket = server.accept();
				connections.incrementAndGet();
				daemon(() -> serve(socket));
			}
		});
		ConnectionProvider pool = ConnectionProvider.builder("one").maxConnections(1).pendingAcquireMaxCount(100).build();
		Mono<String> request = HttpClient.create(pool)
			.get()
			.uri("http://127.0.0.1:" + server.getLocalPort() + "/")
			.responseContent()
			.aggregate()
			.asString();

		request.subscribe();
		Thread.sleep(1000);
		List<Disposable> waiting = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			waiting.add(request.subscribe());
		}
		Thread.sleep(500);
		waiting.forEach(Disposable::dispose);
		Thread.sleep(500);
		System.out.println("20 waiting requests cancelled:  connections=" + connections + " requests=" + requests);
		release.countDown();
		Thread.sleep(2000);
		System.out.println("the first response is complete: connections=" + connections + " requests=" + requests);
		int accepted = connections.get();
		System.out.println("a later request: " + request.block(Duration.ofSeconds(10)));

		if (accepted < 5 || requests.get() != 2) {
			System.out.println("The behaviour has changed.");
			System.exit(1);
		}
		System.out.println("As found: cancelled requests open connections that carry no request.");
		System.exit(0);
	}

	static void serve(Socket socket) throws Exception {
		try (socket) {
			BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			String line;
			while ((line = in.readLine()) != null) {
				if (line.isEmpty()) {
					requests.incrementAndGet();
					release.await();
					socket.getOutputStream()
						.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
				}
			}
		}
	}

	interface Task {

		void run() throws Exception;

	}

	static void daemon(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// the client has closed the connection
			}
			catch (Exception ex) {
				ex.printStackTrace();
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

}
EOF

java -cp 'lib/*' Finding.java
