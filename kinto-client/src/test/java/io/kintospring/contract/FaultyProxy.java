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

	private static final Pattern CONTENT_TYPE_HEADER = Pattern.compile("(?im)^content-type:.*$");

	private static final Pattern STATUS_LINE = Pattern.compile("^(HTTP/1\\.1) (.*)");

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
				Message head = Message.readHead(in);
				Fault fault = fault(head);
				if (fault == Fault.RESET_WITHIN_REQUEST) {
					this.faults.merge(fault, 1, Integer::sum);
					reset(client);
					return;
				}
				Message request = head.withBody(in);
				Exchange exchange = new Exchange(client, request, () -> forward(request, backend, answers));
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

	private Message forward(Message request, Socket backend, InputStream answers) throws IOException {
		CyclicBarrier barrier = this.rendezvous;
		if (barrier != null) {
			meet(barrier);
		}
		backend.getOutputStream().write(request.bytes);
		Message response = Message.readHead(answers);
		return request.firstLine().startsWith("HEAD") ? response : response.withBody(answers);
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

	private static void reset(Socket connection) throws IOException {
		connection.setSoLinger(true, 0);
		connection.close();
	}

	private void drip(Exchange exchange, Message response) throws IOException, InterruptedException {
		byte[] bytes = response.bytes;
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

		/** The connection is reset instead of forwarding the request. */
		RESET_BEFORE((proxy, exchange) -> reset(exchange.client)),

		/** The connection is reset before the body of the request is read. */
		RESET_WITHIN_REQUEST((proxy, exchange) -> reset(exchange.client)),

		/** The connection is reset after the request was processed. */
		RESET_BEFORE_RESPONSE((proxy, exchange) -> {
			exchange.forward.run();
			reset(exchange.client);
		}),

		/** The connection is reset within the response. */
		RESET_WITHIN_RESPONSE((proxy, exchange) -> {
			exchange.writeHalf(exchange.forward.run());
			reset(exchange.client);
		}),

		/** The connection is reset when the client may use it again. */
		RESET_AFTER_RESPONSE((proxy, exchange) -> {
			exchange.respond();
			reset(exchange.client);
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

		/** A response that is longer than it says. */
		SHORT_LENGTH((proxy, exchange) -> exchange.write(exchange.forward.run().withLength(-2))),

		/** A response that is shorter than it says. */
		LONG_LENGTH((proxy, exchange) -> {
			exchange.write(exchange.forward.run().withLength(2));
			exchange.stall();
		}),

		/** A response with another content type. */
		WRONG_TYPE((proxy, exchange) -> exchange
			.write(exchange.forward.run().withHead(CONTENT_TYPE_HEADER, "Content-Type: text/plain"))),

		/** A response that is not compressed as it says. */
		UNDECODABLE((proxy, exchange) -> exchange
			.write(exchange.forward.run().withHead(STATUS_LINE, "$1 $2\r\nContent-Encoding: gzip"))),

		/** A response of HTTP/1.0, which ends with its connection. */
		HTTP_1_0((proxy, exchange) -> {
			exchange.write(exchange.forward.run().withHead(STATUS_LINE, "HTTP/1.0 $2"));
			exchange.client.close();
		}),

		/** An interim response before the response. */
		INTERIM((proxy, exchange) -> exchange
			.write(exchange.forward.run().withHead(STATUS_LINE, "HTTP/1.1 103 Early Hints\r\n\r\n$1 $2"))),

		/** A response that arrives slowly, but in time. */
		SLOW((proxy, exchange) -> proxy.drip(exchange, exchange.forward.run())),

		/** A redirect to the same address. */
		REDIRECT_LOOP((proxy, exchange) -> exchange
			.answer("307 Temporary Redirect\r\nLocation: " + exchange.request.target())),

		/** A redirect to another server. */
		REDIRECT((proxy, exchange) -> exchange
			.answer("307 Temporary Redirect\r\nLocation: http://127.0.0.1:1" + exchange.request.target())),

		/** 502. */
		BAD_GATEWAY((proxy, exchange) -> exchange.answer("502 Bad Gateway")),

		/** 503. */
		UNAVAILABLE((proxy, exchange) -> exchange.answer("503 Service Unavailable")),

		/** 503 with Retry-After. */
		RETRY_NOW((proxy, exchange) -> exchange.answer("503 Service Unavailable\r\nRetry-After: 0")),

		/** 409 with Retry-After. */
		CONCURRENT((proxy, exchange) -> exchange.answer("409 Conflict\r\nRetry-After: 0")),

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

		Message run() throws IOException;

	}

	/**
	 * Request of a client that waits for its response.
	 */
	private record Exchange(Socket client, Message request, Forward forward) {

		void respond() throws IOException {
			write(this.forward.run());
		}

		void write(byte[] bytes) throws IOException {
			this.client.getOutputStream().write(bytes);
		}

		void write(Message message) throws IOException {
			write(message.bytes);
		}

		void writeHalf(Message message) throws IOException {
			write(Arrays.copyOf(message.bytes, message.bytes.length / 2));
		}

		void answer(String statusAndHeaders) throws IOException {
			String page = "<html>proxy</html>";
			write(("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Type: text/html\r\nContent-Length: " + page.length()
					+ "\r\n\r\n" + page)
				.getBytes(StandardCharsets.US_ASCII));
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

		static Message readHead(InputStream in) throws IOException {
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
			return new Message(bytes.toByteArray(), bytes.toString(StandardCharsets.ISO_8859_1));
		}

		Message withBody(InputStream in) throws IOException {
			int length = length();
			byte[] body = in.readNBytes(length);
			if (body.length < length) {
				throw new EOFException();
			}
			return with(this.head, body);
		}

		Message withHead(Pattern part, String replacement) {
			String changed = part.matcher(this.head).replaceFirst(replacement);
			return with(changed, Arrays.copyOfRange(this.bytes, this.head.length(), this.bytes.length));
		}

		/**
		 * Return a message that says that its body is longer by a number of bytes.
		 */
		Message withLength(int difference) {
			return withHead(LENGTH_HEADER, "Content-Length: " + Math.max(0, length() + difference));
		}

		private static Message with(String head, byte[] body) {
			byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
			byte[] bytes = Arrays.copyOf(start, start.length + body.length);
			System.arraycopy(body, 0, bytes, start.length, body.length);
			return new Message(bytes, head);
		}

		private int length() {
			return Integer.parseInt(find(LENGTH_HEADER, "0"));
		}

		String target() {
			return firstLine().split(" ")[1];
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
