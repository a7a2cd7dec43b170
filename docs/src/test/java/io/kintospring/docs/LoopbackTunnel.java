package io.kintospring.docs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Port of the loopback interface that forwards all connections to one server. As a proxy,
 * it opens a tunnel to that server for each {@code CONNECT}, whatever the host.
 */
final class LoopbackTunnel implements AutoCloseable {

	private final ServerSocket socket;

	private final URI server;

	private final boolean proxy;

	private final List<String> tunnels = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private LoopbackTunnel(String server, boolean proxy) {
		this.server = URI.create(server);
		this.proxy = proxy;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.submit(this::accept);
	}

	static LoopbackTunnel to(String server) {
		return new LoopbackTunnel(server, false);
	}

	static LoopbackTunnel proxyTo(String server) {
		return new LoopbackTunnel(server, true);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Return the first lines of the requests for tunnels.
	 */
	List<String> tunnels() {
		return this.tunnels;
	}

	private Void accept() throws IOException {
		while (true) {
			Socket client = this.socket.accept();
			this.threads.submit(() -> forward(client));
		}
	}

	private Void forward(Socket client) throws IOException {
		try (client; Socket target = new Socket(this.server.getHost(), this.server.getPort())) {
			if (this.proxy) {
				this.tunnels.add(head(client.getInputStream()).lines().findFirst().orElseThrow());
				client.getOutputStream()
					.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			this.threads.submit(() -> client.getInputStream().transferTo(target.getOutputStream()));
			target.getInputStream().transferTo(client.getOutputStream());
		}
		return null;
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder request = new StringBuilder();
		while (request.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new EOFException();
			}
			request.append((char) next);
		}
		return request.toString();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
