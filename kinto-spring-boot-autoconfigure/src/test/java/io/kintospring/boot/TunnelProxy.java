package io.kintospring.boot;

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
 * Proxy that opens tunnels to one server, whatever the requested host.
 */
public final class TunnelProxy implements AutoCloseable {

	private final ServerSocket socket;

	private final URI server;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	public TunnelProxy(String server) {
		this.server = URI.create(server);
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.submit(this::accept);
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Return the request lines of the requested tunnels.
	 */
	public List<String> requests() {
		return this.requests;
	}

	private Void accept() throws IOException {
		while (true) {
			Socket client = this.socket.accept();
			this.threads.submit(() -> tunnel(client));
		}
	}

	private Void tunnel(Socket client) throws IOException {
		try (client; Socket target = new Socket(this.server.getHost(), this.server.getPort())) {
			this.requests.add(read(client.getInputStream()).lines().findFirst().orElseThrow());
			client.getOutputStream()
				.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			this.threads.submit(() -> client.getInputStream().transferTo(target.getOutputStream()));
			target.getInputStream().transferTo(client.getOutputStream());
		}
		return null;
	}

	private static String read(InputStream in) throws IOException {
		StringBuilder request = new StringBuilder();
		while (request.indexOf("\r\n\r\n") < 0) {
			request.append((char) in.read());
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
