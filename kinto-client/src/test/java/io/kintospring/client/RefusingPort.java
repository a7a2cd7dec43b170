package io.kintospring.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import io.kintospring.KintoUrl;

/**
 * Port that refuses connections. A bound socket reserves it, so that no other server can
 * listen on it.
 */
final class RefusingPort implements AutoCloseable {

	private final Socket socket = new Socket();

	RefusingPort() throws IOException {
		this.socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	KintoUrl url() {
		return KintoUrl.of("http://127.0.0.1:" + this.socket.getLocalPort() + "/v1");
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
