package io.kintospring.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Connection to a server that sends and reads bytes as they are.
 */
final class TestConnection implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

	private final Socket socket;

	TestConnection(EmbeddedKintoServer server) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
		this.socket.setSoTimeout(20_000);
	}

	/**
	 * Send text.
	 * @param lines the text, whose line breaks are replaced with those of HTTP
	 * @return this connection
	 * @throws IOException if the connection is closed
	 */
	TestConnection send(String lines) throws IOException {
		this.socket.getOutputStream().write(lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	/**
	 * Read a response that has a body.
	 * @return the response
	 * @throws IOException if the connection is closed
	 */
	String read() throws IOException {
		String head = readHead();
		Matcher length = LENGTH.matcher(head);
		int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
		return head + new String(this.socket.getInputStream().readNBytes(size), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Read the status and headers of a response.
	 * @return the lines, including the empty one
	 * @throws IOException if the connection is closed
	 */
	String readHead() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = this.socket.getInputStream().read();
			if (next < 0) {
				throw new IOException("The connection was closed after: " + head);
			}
			head.write(next);
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Read until the server closes the connection.
	 * @return the text
	 * @throws IOException if the server does not close the connection, or resets it
	 */
	String readAll() throws IOException {
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Close the connection so that the server cannot write to it any more.
	 * @throws IOException if the connection cannot be closed
	 */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
