#!/usr/bin/env bash
# Expected: an HTTP client skips interim responses it does not know and returns the final response. In fact
# Reactor Netty 1.3.8 returns 103 (Early Hints) and 102 (Processing) as the response of the exchange, with an
# empty body; the JDK's client on the same server returns 200. A server or proxy in front of it that sends
# early hints breaks every call, and Spring's WebClient on this connector sees neither success nor error. What
# to do: switch early hints off at the proxy for such clients, or use another connector (the JDK's, Jetty's
# and Apache's return the final response); treat a status below 200 as a failed call. Source: RFC 9110 section
# 15.2: a client must be able to parse one or more 1xx responses before the final response, even if it does
# not expect one; RFC 8297 for 103.
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
echo "Versions: $(cd lib && ls | grep -E '^reactor-netty|^netty-codec-http-' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

public class Finding {

	public static void main(String[] args) throws Exception {
		int port = start();
		boolean asFound = true;
		for (String interim : new String[] { "103", "102" }) {
			String uri = "http://127.0.0.1:" + port + "/" + interim;
			int jdk = java.net.http.HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
				.statusCode();
			int netty = HttpClient.create(ConnectionProvider.newConnection())
				.get()
				.uri(uri)
				.response()
				.block(Duration.ofSeconds(10))
				.status()
				.code();
			System.out.printf("server sends %s and then 200: the JDK's client returns %d, Reactor Netty returns %d%n", interim, jdk, netty);
			asFound &= jdk == 200 && netty == Integer.parseInt(interim);
		}
		System.out.println(asFound ? "As found: the interim response is taken for the final one." : "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	static int start() throws IOException {
		ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		Thread acceptor = new Thread(() -> {
			while (true) {
				try (Socket socket = server.accept()) {
					BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
					String request = in.readLine();
					for (String line = request; line != null && !line.isEmpty();) {
						line = in.readLine();
					}
					if (request != null) {
						respond(request.split(" ")[1], socket.getOutputStream());
					}
				}
				catch (IOException ex) {
					System.out.println("server: " + ex);
				}
			}
		});
		acceptor.setDaemon(true);
		acceptor.start();
		return server.getLocalPort();
	}

	static void respond(String path, OutputStream out) throws IOException {
		String interim = path.equals("/103") ? "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
				: "HTTP/1.1 102 Processing\r\n\r\n";
		String response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
		out.write((interim + response).getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

}
EOF

java -cp 'lib/*' Finding.java
