#!/usr/bin/env bash
# Expected: a client that decompresses a response removes Content-Encoding and the compressed Content-Length
# from its headers. In fact the async client of Apache HttpClient 5.6.5 decompresses the body but keeps both
# headers, so Spring's HttpComponentsClientHttpConnector (Spring Framework 7.0.10) returns plain text that
# claims to be gzip, with a wrong length. The classic client of the same library removes them, and so do Jetty
# and Reactor Netty. Filters and proxies that rely on these headers then fail. What to do: do not trust the
# two headers behind this connector; remove them in an ExchangeFilterFunction, or build the client with
# disableContentCompression(). Source: RFC 9110 sections 8.4 and 8.6, and the HttpClient 5 documentation on
# automatic content decompression (ContentCompressionExec).
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
	<dependencies>
		<dependency><groupId>org.springframework</groupId><artifactId>spring-webflux</artifactId><version>7.0.10</version></dependency>
		<dependency><groupId>org.apache.httpcomponents.client5</groupId><artifactId>httpclient5</artifactId><version>5.6.5</version></dependency>
		<dependency><groupId>org.apache.httpcomponents.core5</groupId><artifactId>httpcore5-reactive</artifactId><version>5.4.4</version></dependency>
		<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^spring-web|^http' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

import org.springframework.http.ResponseEntity;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

public class Finding {

	public static void main(String[] args) throws Exception {
		String uri = "http://127.0.0.1:" + start() + "/";
		ResponseEntity<String> classic = RestClient.create(uri)
			.mutate()
			.requestFactory(new HttpComponentsClientHttpRequestFactory())
			.build()
			.get()
			.retrieve()
			.toEntity(String.class);
		ResponseEntity<String> async = WebClient.builder()
			.clientConnector(new HttpComponentsClientHttpConnector())
			.build()
			.get()
			.uri(uri)
			.retrieve()
			.toEntity(String.class)
			.block(Duration.ofSeconds(10));
		System.out.println("classic: " + classic.getBody() + " " + classic.getHeaders());
		System.out.println("async:   " + async.getBody() + " " + async.getHeaders());
		boolean asFound = "hello hello".equals(classic.getBody()) && !classic.getHeaders().containsHeader("Content-Encoding")
				&& "hello hello".equals(async.getBody()) && "gzip".equals(async.getHeaders().getFirst("Content-Encoding"))
				&& async.getHeaders().getContentLength() != 11;
		System.out.println(asFound ? "As found: the async client keeps the headers of the compressed body." : "The behaviour has changed.");
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
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
			gzip.write("hello hello".getBytes(StandardCharsets.US_ASCII));
		}
		out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: " + body.size()
				+ "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		body.writeTo(out);
		out.flush();
	}

}
EOF

java -cp 'lib/*' Finding.java
