#!/usr/bin/env bash
# Expected: a 401 response has its body, whatever the size, like any other response. In fact Jetty's HTTP
# client 12.1.14 returns a 401 response with an empty body if the body is longer than 16 KiB. Its
# authentication handler buffers the body, drops it when the buffer overflows, and reports no failure. A 403
# of the same size is complete. Spring's JettyClientHttpConnector (7.0.10) uses these defaults, so the error
# page of a gateway or a long problem document is lost. What to do: remove the handler from the client
# (client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME)) if the application sends its
# credentials itself, or put one with a larger maximum. Source: Javadoc of
# org.eclipse.jetty.client.WWWAuthenticationProtocolHandler (maxContentLength), and chapter "HttpClient
# Authentication Support" of the Jetty programming guide.
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
		<dependency><groupId>org.eclipse.jetty</groupId><artifactId>jetty-client</artifactId><version>12.1.14</version></dependency>
		<dependency><groupId>org.eclipse.jetty</groupId><artifactId>jetty-reactive-httpclient</artifactId><version>4.1.5</version></dependency>
		<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.20</version></dependency>
	</dependencies>
</project>
EOF
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 2
}
echo "Versions: $(cd lib && ls | grep -E '^spring-webflux|^jetty-(client|reactive)' | tr '\n' ' ')"

cat > Finding.java <<'EOF'
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

public class Finding {

	static int port;

	public static void main(String[] args) throws Exception {
		port = start();
		HttpClient changed = new HttpClient();
		changed.start();
		changed.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
		boolean asFound = length("as it is", new HttpClient(), "/401/16000") == 16000
				& length("as it is", new HttpClient(), "/403/20000") == 20000
				& length("as it is", new HttpClient(), "/401/20000") == 0
				& length("without the handler", changed, "/401/20000") == 20000;
		System.out.println(asFound ? "As found: the body of a large 401 response is lost." : "The behaviour has changed.");
		System.exit(asFound ? 0 : 1);
	}

	static int length(String what, HttpClient client, String path) {
		String result = WebClient.builder()
			.clientConnector(new JettyClientHttpConnector(client))
			.build()
			.get()
			.uri("http://127.0.0.1:" + port + path)
			.exchangeToMono(response -> response.toEntity(String.class))
			.map(entity -> entity.getStatusCode().value() + "/" + (entity.getBody() == null ? 0 : entity.getBody().length()))
			.block(Duration.ofSeconds(10));
		System.out.printf("client %s, server sends %s: client returns /%s%n", what, path, result);
		return Integer.parseInt(result.substring(4));
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
		String status = path.substring(1, 4);
		int length = Integer.parseInt(path.substring(5));
		String reason = status.equals("401") ? "Unauthorized\r\nWWW-Authenticate: Basic realm=\"test\"" : "Forbidden";
		out.write(("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: text/plain\r\nContent-Length: " + length
				+ "\r\nConnection: close\r\n\r\n" + "x".repeat(length)).getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

}
EOF

java -cp 'lib/*' Finding.java
