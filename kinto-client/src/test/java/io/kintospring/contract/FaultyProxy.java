package io.kintospring.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * HTTP proxy that disturbs a part of the exchanges. The fault of a request depends only
 * on the seed, the operation in the header {@value #OPERATION}, and the number of earlier
 * requests of this operation.
 */
final class FaultyProxy implements Closeable {

	/** Header with the operation that a request belongs to. */
	static final String OPERATION = "X-Chaos";

	private static final Pattern OPERATION_HEADER = Pattern.compile("(?im)^" + OPERATION + ": *(\\S+)");

	private static final Pattern LENGTH_HEADER = Pattern.compile("(?im)^content-length: *(\\d+)");

	private static final long OUTAGE_MILLIS = 50;

	private final InetSocketAddress server;

	private final long seed;

	private final double probability;

	private final int port;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final Map<String, Integer> requests = new ConcurrentHashMap<>();

	private final Map<Fault, Integer> faults = new ConcurrentSkipListMap<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile @Nullable ServerSocket listener;

	private volatile @Nullable CyclicBarrier rendezvous;

	FaultyProxy(String host, int port, long seed, double probability) throws IOException {
		this.server = new InetSocketAddress(host, port);
		this.seed = seed;
		this.probability = probability;
		ServerSocket first = listen(0);
		this.port = first.getLocalPort();
		start(() -> accept(first));
	}

	int port() {
		return this.port;
	}

	/**
	 * Return the number of injected faults by kind.
	 */
	Map<Fault, Integer> faults() {
		return this.faults;
	}

	/**
	 * Return the number of requests that were received completely.
	 */
	int requests() {
		return this.requests.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Return the number of connections that are open, or whose last request is still
	 * being forwarded.
	 */
	int connections() {
		return this.connections.size();
	}

	/**
	 * Inject no more faults, and forward requests only in groups of this size.
	 */
	void forwardTogether(int size) {
		this.rendezvous = new CyclicBarrier(size);
	}

	private void accept(ServerSocket first) throws IOException, InterruptedException {
		ServerSocket next = first;
		while (this.closed.getCount() > 0) {
			this.listener = next;
			try (ServerSocket current = next) {
				while (true) {
					Socket client = current.accept();
					this.connections.add(client);
					start(() -> serve(client));
				}
			}
			catch (IOException ex) {
				// an outage, or the end of the test
			}
			if (!this.closed.await(OUTAGE_MILLIS, TimeUnit.MILLISECONDS)) {
				next = listen(this.port);
			}
		}
	}

	private static ServerSocket listen(int port) throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
		return socket;
	}

	private void serve(Socket client) throws IOException, InterruptedException {
		try (client; Socket backend = new Socket()) {
			client.setTcpNoDelay(true);
			backend.connect(this.server);
			backend.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(client.getInputStream());
			InputStream answers = new BufferedInputStream(backend.getInputStream());
			while (true) {
				Message request = Message.read(in, true);
				Exchange exchange = new Exchange(client, () -> forward(request, backend, answers));
				Fault fault = fault(request);
				if (fault == null) {
					exchange.respond();
				}
				else {
					this.faults.merge(fault, 1, Integer::sum);
					fault.action.run(this, exchange);
				}
			}
		}
		finally {
			this.connections.remove(client);
		}
	}

	private @Nullable Fault fault(Message request) {
		String operation = request.find(OPERATION_HEADER, request.firstLine());
		int attempt = this.requests.merge(operation, 1, Integer::sum);
		if (this.rendezvous != null) {
			return null;
		}
		SplittableRandom random = new SplittableRandom(this.seed + 31L * operation.hashCode() + attempt);
		return (random.nextDouble() < this.probability) ? Fault.values()[random.nextInt(Fault.values().length)] : null;
	}

	private byte[] forward(Message request, Socket backend, InputStream answers) throws IOException {
		CyclicBarrier barrier = this.rendezvous;
		if (barrier != null) {
			meet(barrier);
		}
		backend.getOutputStream().write(request.bytes);
		return Message.read(answers, !request.firstLine().startsWith("HEAD")).bytes;
	}

	private static void meet(CyclicBarrier barrier) throws IOException {
		try {
			barrier.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IOException("Not all connections of the pool can be used", ex);
		}
	}

	/**
	 * Refuse new connections for a short time.
	 */
	private void refuse() throws IOException {
		ServerSocket current = this.listener;
		if (current != null) {
			current.close();
		}
	}

	private void drip(Exchange exchange, byte[] bytes) throws IOException, InterruptedException {
		int parts = 10;
		for (int i = 0; i < parts; i++) {
			exchange.write(Arrays.copyOfRange(bytes, bytes.length * i / parts, bytes.length * (i + 1) / parts));
			this.closed.await(30, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void close() throws IOException {
		this.closed.countDown();
		refuse();
		for (Socket connection : this.connections) {
			connection.close();
		}
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// a fault, or the end of the connection
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "faulty-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Task {

		void run() throws IOException, InterruptedException;

	}

	/**
	 * Kind of fault.
	 */
	enum Fault {

		/** No connections for a while. The request is lost. */
		REFUSED((proxy, exchange) -> {
			proxy.refuse();
			exchange.client.close();
		}),

		/** The connection is closed instead of forwarding the request. */
		CLOSED_BEFORE((proxy, exchange) -> exchange.client.close()),

		/** The connection is reset after the request was processed. */
		RESET_BEFORE_RESPONSE((proxy, exchange) -> {
			exchange.forward.run();
			exchange.reset();
		}),

		/** The connection is reset within the response. */
		RESET_WITHIN_RESPONSE((proxy, exchange) -> {
			exchange.writeHalf(exchange.forward.run());
			exchange.reset();
		}),

		/** The connection is closed within the response. */
		TRUNCATED((proxy, exchange) -> {
			exchange.writeHalf(exchange.forward.run());
			exchange.client.close();
		}),

		/** No response to a request that was not processed. */
		STALLED_BEFORE((proxy, exchange) -> exchange.stall()),

		/** No response to a request that was processed. */
		STALLED_AFTER((proxy, exchange) -> {
			exchange.forward.run();
			exchange.stall();
		}),

		/** Not an HTTP response. */
		GARBAGE((proxy, exchange) -> {
			exchange.forward.run();
			exchange.write("\0\1\2 garbage \r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
			exchange.client.close();
		}),

		/** A page with status 200 instead of the response. */
		WRONG_PAGE((proxy, exchange) -> {
			exchange.forward.run();
			exchange.answer("200 OK");
		}),

		/** A response that arrives slowly, but in time. */
		SLOW((proxy, exchange) -> proxy.drip(exchange, exchange.forward.run())),

		/** 502. */
		BAD_GATEWAY((proxy, exchange) -> exchange.answer("502 Bad Gateway")),

		/** 503. */
		UNAVAILABLE((proxy, exchange) -> exchange.answer("503 Service Unavailable")),

		/** 503 with Retry-After. */
		RETRY_NOW((proxy, exchange) -> exchange.answer("503 Service Unavailable\r\nRetry-After: 0")),

		/** 429 with Retry-After. */
		TOO_MANY((proxy, exchange) -> exchange.answer("429 Too Many Requests\r\nRetry-After: 1"));

		private final Action action;

		Fault(Action action) {
			this.action = action;
		}

	}

	private interface Action {

		void run(FaultyProxy proxy, Exchange exchange) throws IOException, InterruptedException;

	}

	private interface Forward {

		byte[] run() throws IOException;

	}

	/**
	 * Request of a client that waits for its response.
	 */
	private record Exchange(Socket client, Forward forward) {

		void respond() throws IOException {
			write(this.forward.run());
		}

		void write(byte[] bytes) throws IOException {
			this.client.getOutputStream().write(bytes);
		}

		void writeHalf(byte[] bytes) throws IOException {
			write(Arrays.copyOf(bytes, bytes.length / 2));
		}

		void answer(String statusAndHeaders) throws IOException {
			String page = "<html>proxy</html>";
			write(("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Type: text/html\r\nContent-Length: " + page.length()
					+ "\r\n\r\n" + page)
				.getBytes(StandardCharsets.US_ASCII));
		}

		void reset() throws IOException {
			this.client.setSoLinger(true, 0);
			this.client.close();
		}

		/**
		 * Wait until the client closes the connection.
		 */
		void stall() throws IOException {
			this.client.getInputStream().read();
			this.client.close();
		}

	}

	/**
	 * Request or response.
	 */
	private record Message(byte[] bytes, String head) {

		static Message read(InputStream in, boolean withBody) throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			int last = 0;
			while (last != 0x0d0a0d0a) {
				int next = in.read();
				if (next < 0) {
					throw new EOFException();
				}
				bytes.write(next);
				last = (last << 8) | next;
			}
			String head = bytes.toString(StandardCharsets.ISO_8859_1);
			Message message = new Message(bytes.toByteArray(), head);
			int length = withBody ? Integer.parseInt(message.find(LENGTH_HEADER, "0")) : 0;
			byte[] body = in.readNBytes(length);
			if (body.length < length) {
				throw new EOFException();
			}
			bytes.write(body);
			return new Message(bytes.toByteArray(), head);
		}

		String firstLine() {
			return this.head.substring(0, this.head.indexOf("\r\n"));
		}

		String find(Pattern header, String fallback) {
			Matcher matcher = header.matcher(this.head);
			return matcher.find() ? matcher.group(1) : fallback;
		}

	}

}
