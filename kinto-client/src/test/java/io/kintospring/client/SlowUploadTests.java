package io.kintospring.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.kintospring.KintoUrl;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.core.io.AbstractResource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a server with a slow connection, which transfers 64 KiB in 50 ms.
 */
@Timeout(30)
class SlowUploadTests {

	private static final int PIECE = 64 * 1024;

	private final ScheduledExecutorService line = Executors.newSingleThreadScheduledExecutor();

	private final CompletableFuture<Long> received = new CompletableFuture<>();

	private ServerSocket server;

	@BeforeEach
	void start() throws IOException {
		this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.line.submit(this::accept);
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
		this.line.shutdownNow();
	}

	/**
	 * The operating system buffers a part at once, and then nothing for longer than the
	 * timeout.
	 */
	@Test
	void slowUploadSucceedsBeyondTheTimeout() {
		KintoClient client = KintoClient
			.builder(WebClientKintoTransport
				.builder(KintoUrl.of("http://127.0.0.1:" + this.server.getLocalPort() + "/v1"))
				.build())
			.timeout(Duration.ofMillis(500))
			.build();
		KintoRequest request = KintoRequest.of("upload", HttpMethod.POST, "/files").withBody(new File());
		assertThat(client.blocking().execute(KintoCall.of(request, KintoResponse::status))).isEqualTo(201);
		assertThat(this.received.join()).isEqualTo(File.LENGTH);
		client.close();
	}

	private Void accept() throws IOException {
		Socket connection = this.server.accept();
		InputStream in = connection.getInputStream();
		while (!readLine(in).isEmpty()) {
			// the headers
		}
		long[] count = new long[1];
		this.line.scheduleAtFixedRate(() -> {
			try {
				count[0] += in.readNBytes((int) Math.min(PIECE, File.LENGTH - count[0])).length;
				if (count[0] == File.LENGTH) {
					connection.getOutputStream()
						.write("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.UTF_8));
					this.received.complete(count[0]);
				}
			}
			catch (IOException ex) {
				this.received.completeExceptionally(ex);
			}
		}, 0, 50, TimeUnit.MILLISECONDS);
		return null;
	}

	private static String readLine(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			line.append((char) next);
		}
		return line.toString().trim();
	}

	/**
	 * File that is not in memory.
	 */
	private static final class File extends AbstractResource {

		static final long LENGTH = 2L * 1024 * 1024;

		@Override
		public InputStream getInputStream() {
			return new ByteArrayInputStream(new byte[(int) LENGTH]);
		}

		@Override
		public long contentLength() {
			return LENGTH;
		}

		@Override
		public String getDescription() {
			return "a file";
		}

	}

}
