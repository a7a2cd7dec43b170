package io.kintospring.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import io.kintospring.protocol.KintoBatchException;
import io.kintospring.KintoException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoUrl;
import io.kintospring.client.FaultyOperation.Answer;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for each row of the fault matrix in {@code docs/reliability.md}, with both
 * templates. All operations of a row run at the same time, each with a server of its own.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class FaultMatrixTests {

	private static final Path PAGE = Path.of("..", "docs", "reliability.md");

	private static final String LASTING = "### Faults that last";

	private static final String SINGLE = "### Faults that occur once";

	private static final String PASSWORD = "changeit";

	/** Timeout that ends attempts. */
	private static final Duration SHORT = Duration.ofMillis(500);

	/** Timeout that does not end attempts. No call takes as long. */
	private static final Duration LONG = Duration.ofSeconds(20);

	private static final ExecutorService THREADS = Executors.newCachedThreadPool();

	@TempDir
	private static Path folder;

	private static KeyStore keys;

	@Parameter
	private Flavour flavour;

	@BeforeAll
	static void createCertificates() throws Exception {
		keytool("-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c");
		keytool("-alias", "server", "-dname", "CN=server", "-ext", "SAN=ip:127.0.0.1", "-signer", "authority",
				"-startdate", "-3d", "-validity", "1");
		keys = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
	}

	@AfterAll
	static void stop() {
		THREADS.shutdownNow();
	}

	static Stream<List<String>> lasting() {
		return rows(LASTING).skip(1);
	}

	static Stream<List<String>> single() {
		return rows(SINGLE).skip(1);
	}

	@ParameterizedTest
	@MethodSource("lasting")
	void lastingFaultIsReportedAsDocumented(List<String> row) {
		Fault fault = Fault.of(row.get(0));
		assertThat(row.get(1)).isEqualTo(fault.waits() ? "timeout" : "no time");
		assertCells(cells(fault, true), row.subList(2, row.size()));
	}

	@ParameterizedTest
	@MethodSource("single")
	void singleFaultIsReportedAsDocumented(List<String> row) {
		assertCells(cells(Fault.of(row.get(0)), false), row.subList(1, row.size()));
	}

	/**
	 * Check the outcomes. A documented outcome such as {@code NotSent or Transport 1-4}
	 * depends on the time of the fault.
	 */
	private static void assertCells(List<String> actual, List<String> documented) {
		List<String> patterns = documented.stream()
			.map((cell) -> cell.replaceAll("(\\w+) or (\\w+)", "($1|$2)").replaceAll("(\\d)-(\\d)", "[$1-$2]"))
			.toList();
		assertThat(actual).as("%s, documented as %s", actual, documented)
			.zipSatisfy(patterns, (outcome, pattern) -> assertThat(outcome).matches(pattern));
	}

	@Test
	void pageHasAllFaultsAndOperations() {
		assertThat(Stream.concat(lasting(), single()).map((row) -> Fault.of(row.get(0)))).contains(Fault.values());
		List<String> operations = Arrays.stream(FaultyOperation.values()).map(FaultyOperation::toString).toList();
		assertThat(rows(LASTING).findFirst().orElseThrow()).containsSubsequence(operations);
		assertThat(rows(SINGLE).findFirst().orElseThrow()).containsSubsequence(operations);
	}

	/**
	 * Read the rows of the table in a section, without the line below its head.
	 */
	private static Stream<List<String>> rows(String section) {
		try {
			return Files.readString(PAGE).split(section + "\n", 2)[1].split("\n##", 2)[0].lines()
				.filter((line) -> line.startsWith("| "))
				.map((line) -> Arrays.stream(line.substring(1).split("\\|")).map(String::trim).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> cells(Fault fault, boolean lasting) {
		List<CompletableFuture<String>> cells = Arrays.stream(FaultyOperation.values())
			.map((operation) -> CompletableFuture.supplyAsync(() -> cell(fault, operation, lasting), THREADS))
			.toList();
		return cells.stream().map(CompletableFuture::join).toList();
	}

	/**
	 * Return the outcome of an operation and the number of attempts.
	 */
	private String cell(Fault fault, FaultyOperation operation, boolean lasting) {
		try (FaultyServer server = new FaultyServer(fault, operation, lasting);
				KintoClient client = client(fault, server)) {
			CollectionOperations<Map<String, Object>> records = this.flavour.template(client, Calls.KINTO)
				.bucket("b")
				.collection("c");
			if (!fault.preventsConnections()) {
				client.blocking().execute(Calls.KINTO.fetchServerInfo());
			}
			server.begin();
			long start = System.nanoTime();
			String outcome = outcome(records, operation);
			Duration duration = Duration.ofNanos(System.nanoTime() - start);
			long attempts = fault.isOfRequests() ? server.attempts() : 1 + client.statistics().retries();
			long timeouts = outcome.equals("ok") ? attempts - 1 : attempts;
			assertThat(duration).as("duration of %s, %s %d", operation, outcome, attempts)
				.isGreaterThanOrEqualTo(fault.waits() ? SHORT.multipliedBy(timeouts) : Duration.ZERO)
				.isLessThan(LONG);
			return outcome + " " + attempts;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String outcome(CollectionOperations<Map<String, Object>> records, FaultyOperation operation) {
		try {
			operation.run(records);
			return "ok";
		}
		catch (KintoBatchException ex) {
			return name(ex.getCause());
		}
		catch (KintoException ex) {
			return name(ex);
		}
		catch (UncheckedIOException ex) {
			return name(ex.getCause().getCause());
		}
	}

	private static String name(@Nullable Throwable ex) {
		return String.valueOf(ex).replaceAll("(?s)^io\\.kintospring\\.Kinto(\\w+)Exception: .*", "$1");
	}

	private static KintoClient client(Fault fault, FaultyServer server) {
		Duration timeout = fault.waits() ? SHORT : LONG;
		return KintoClient.builder(WebClientKintoTransport.builder(server.url()).reactorNetty((connections) -> {
			HttpClient client = HttpClient.create(connections);
			return switch (fault) {
				case UNKNOWN_HOST -> client.resolver(new NoNames());
				case EXPIRED_CERTIFICATE -> client.secure((ssl) -> ssl.sslContext(trust()));
				default -> client;
			};
		}).build())
			.timeout(timeout)
			.transferTimeout(timeout)
			.callTimeout(Duration.ofSeconds(50))
			.retry(KintoRetry.defaults().delay(Duration.ofMillis(5)))
			.build();
	}

	private static SslContext trust() {
		try {
			X509Certificate authority = (X509Certificate) keys.getCertificate("authority");
			return SslContextBuilder.forClient().trustManager(authority).build();
		}
		catch (KeyStoreException | SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void keytool(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of("-genkeypair", "-keyalg", "RSA", "-storetype", "PKCS12", "-storepass", PASSWORD));
		command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

	/**
	 * Resolver that knows no names, without using the network.
	 */
	private static final class NoNames extends AddressResolverGroup<InetSocketAddress> {

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new DefaultNameResolver(executor) {

				@Override
				protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
					promise.setFailure(new UnknownHostException(name));
				}

			}.asAddressResolver();
		}

	}

	/**
	 * Server with a fault that begins when the client knows the server.
	 */
	private static final class FaultyServer implements AutoCloseable {

		private final Fault fault;

		private final FaultyOperation operation;

		private final boolean lasting;

		private final AtomicInteger attempts = new AtomicInteger();

		private final AtomicInteger connections = new AtomicInteger();

		private volatile boolean begun;

		private final AutoCloseable server;

		private final KintoUrl url;

		FaultyServer(Fault fault, FaultyOperation operation, boolean lasting) throws IOException {
			this.fault = fault;
			this.operation = operation;
			this.lasting = lasting;
			if (fault == Fault.REFUSED) {
				RefusingPort port = new RefusingPort();
				this.server = port;
				this.url = port.url();
				return;
			}
			RawServer raw = RawServer.keepAlive((request, connection) -> {
				Answer answer = operation.answer(request, fault == Fault.LOST && this.attempts.get() > 0);
				if (fault.isOfRequests() && this.begun && operation.sent(request) && isFaulty()) {
					fault.respond(connection, answer);
				}
				else {
					write(connection, answer);
				}
			}, (connection) -> {
				if (!fault.isOfRequests() && this.begun && !isPreparing() && isFaulty()) {
					fault.greet(connection);
				}
			}, sockets(fault));
			this.server = raw;
			this.url = switch (fault) {
				case UNKNOWN_HOST -> KintoUrl.of(raw.url().toString().replace("127.0.0.1", "localhost"));
				case SLOW_TLS, EXPIRED_CERTIFICATE -> KintoUrl.of(raw.url().toString().replace("http:", "https:"));
				default -> raw.url();
			};
		}

		/**
		 * Count an attempt, and return whether the fault affects it.
		 */
		private boolean isFaulty() {
			return this.attempts.incrementAndGet() == 1 || this.lasting;
		}

		/**
		 * Return whether a new connection is for a request that precedes the operation.
		 */
		private boolean isPreparing() {
			return this.operation == FaultyOperation.UPDATE_BY_FUNCTION && this.connections.incrementAndGet() == 1;
		}

		private void write(Socket connection, Answer answer) throws IOException {
			RawServer.write(connection, "HTTP/1.1 " + answer.status(), "Content-Type: application/json", "ETag: \"5\"",
					"Content-Length: " + answer.length(),
					"Connection: " + (this.fault.isOfRequests() ? "keep-alive" : "close"), "", answer.body());
			if (!this.fault.isOfRequests()) {
				connection.close();
			}
		}

		private static ServerSocketFactory sockets(Fault fault) throws IOException {
			if (fault != Fault.EXPIRED_CERTIFICATE) {
				return ServerSocketFactory.getDefault();
			}
			try {
				KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
				factory.init(keys, PASSWORD.toCharArray());
				SSLContext context = SSLContext.getInstance("TLS");
				context.init(factory.getKeyManagers(), null, null);
				return context.getServerSocketFactory();
			}
			catch (Exception ex) {
				throw new IOException(ex);
			}
		}

		KintoUrl url() {
			return this.url;
		}

		int attempts() {
			return this.attempts.get();
		}

		void begin() {
			this.begun = true;
		}

		@Override
		public void close() throws IOException {
			try {
				this.server.close();
			}
			catch (Exception ex) {
				throw new IOException(ex);
			}
		}

	}

}
