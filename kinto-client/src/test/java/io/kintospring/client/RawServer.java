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

import javax.net.ServerSocketFactory;

import io.kintospring.KintoUrl;

/**
 * Server that passes each request to a function of the test. It then closes the
 * connection, unless it keeps connections.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket server;

	private final Exchange exchange;

	private final Greeting greeting;

	private final boolean keepAlive;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	RawServer(Exchange exchange) throws IOException {
		this(exchange, false, (connection) -> {
		}, ServerSocketFactory.getDefault());
	}

	private RawServer(Exchange exchange, boolean keepAlive, Greeting greeting, ServerSocketFactory sockets)
			throws IOException {
		this.server = sockets.createServerSocket(0, 1000, InetAddress.getLoopbackAddress());
		this.exchange = exchange;
		this.greeting = greeting;
		this.keepAlive = keepAlive;
		start(this::accept);
	}

	/**
	 * Start a server that does not close connections.
	 */
	static RawServer keepAlive(Exchange exchange) throws IOException {
		return keepAlive(exchange, (connection) -> {
		}, ServerSocketFactory.getDefault());
	}

	/**
	 * Start a server that does not close connections.
	 * @param exchange responds to a request
	 * @param greeting receives each connection before its first request
	 * @param sockets creates the socket
	 */
	static RawServer keepAlive(Exchange exchange, Greeting greeting, ServerSocketFactory sockets) throws IOException {
		return new RawServer(exchange, true, greeting, sockets);
	}

	/**
	 * Start a server that responds with these lines, or parts of lines, unchanged.
	 */
	static RawServer answering(String... lines) throws IOException {
		byte[] answer = String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
		return new RawServer((request, connection) -> write(connection, answer));
	}

	KintoUrl url() {
		return KintoUrl.of("http://127.0.0.1:" + this.server.getLocalPort() + "/v1");
	}

	/**
	 * Return the requests that were received completely.
	 */
	List<String> requests() {
		return this.requests;
	}

	static void write(Socket connection, byte[] bytes) throws IOException {
		connection.getOutputStream().write(bytes);
	}

	static void write(Socket connection, String... lines) throws IOException {
		write(connection, String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return the number of connections, including closed ones.
	 */
	int connections() {
		return this.connections.size();
	}

	/**
	 * Return whether the client closed an idle connection.
	 * @param number the number of the connection, from 0
	 */
	boolean isClosedByTheClient(int number) {
		return this.connections.get(number).isClosed();
	}

	private void accept() throws IOException {
		while (true) {
			Socket connection = this.server.accept();
			connection.setTcpNoDelay(true);
			this.connections.add(connection);
			start(() -> serve(connection));
		}
	}

	private void serve(Socket connection) throws IOException {
		try (connection) {
			this.greeting.run(connection);
			InputStream in = new BufferedInputStream(connection.getInputStream());
			do {
				String request = read(in);
				this.requests.add(request);
				this.exchange.run(request, connection);
			}
			while (this.keepAlive);
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
				byte[] body = in.readNBytes(length);
				if (body.length < length) {
					throw new IOException("The connection ended within the body of " + request);
				}
				request.append(new String(body, StandardCharsets.UTF_8));
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
				// the connection or the test has ended
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

		void run(String request, Socket connection) throws IOException;

	}

	interface Greeting {

		void run(Socket connection) throws IOException;

	}

	private interface Task {

		void run() throws IOException;

	}

}
