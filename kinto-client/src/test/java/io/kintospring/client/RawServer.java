package io.kintospring.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kintospring.KintoUrl;

/**
 * A server that does with each request what a test says, and then closes the connection.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket server;

	private final Exchange exchange;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	RawServer(Exchange exchange) throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.exchange = exchange;
		start(this::accept);
	}

	/**
	 * A server that answers with these lines, or parts of them: they are sent as they
	 * are.
	 */
	static RawServer answering(String... lines) throws IOException {
		byte[] answer = String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
		return new RawServer((connection) -> connection.getOutputStream().write(answer));
	}

	KintoUrl url() {
		return KintoUrl.of("http://127.0.0.1:" + this.server.getLocalPort() + "/v1");
	}

	/**
	 * Return the requests that have come in whole.
	 */
	List<String> requests() {
		return this.requests;
	}

	private void accept() throws IOException {
		while (true) {
			Socket connection = this.server.accept();
			this.connections.add(connection);
			start(() -> serve(connection));
		}
	}

	private void serve(Socket connection) throws IOException {
		try (connection) {
			this.requests.add(read(new BufferedInputStream(connection.getInputStream())));
			this.exchange.run(connection);
		}
	}

	private static String read(InputStream in) throws IOException {
		StringBuilder request = new StringBuilder();
		while (request.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("The connection ended within a request: " + request);
			}
			request.append((char) next);
		}
		for (String line : request.toString().split("\r\n")) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				int length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
				request.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
			}
		}
		return request.toString();
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// the end of the connection, or of the test
			}
		}, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket connection : this.connections) {
			connection.close();
		}
	}

	interface Exchange {

		void run(Socket connection) throws IOException;

	}

	private interface Task {

		void run() throws IOException;

	}

}
