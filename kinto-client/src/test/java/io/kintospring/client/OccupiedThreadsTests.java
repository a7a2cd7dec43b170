package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.kintospring.KintoAttachment;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for blocking calls on all threads of {@link Schedulers#boundedElastic()}.
 */
@Timeout(60)
class OccupiedThreadsTests {

	private static final KintoCall<KintoAttachment> UPLOAD = Calls.KINTO.bucket("b")
		.collection("c")
		.attachments()
		.add("r", new ByteArrayResource(new byte[100_000]), (u) -> u.filename("a.bin"));

	@Test
	void callsTimeOut() {
		try (KintoClient client = KintoClient.builder((request) -> Mono.never())
			.timeout(Duration.ofMillis(200))
			.build()) {
			assertThat(onAllThreads(() -> catchThrowable(() -> client.blocking().execute(Calls.GET))))
				.allSatisfy((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
					.hasMessageEndingWith("no response within 200 ms"));
		}
	}

	/**
	 * For example, a fallback to another server that does not respond either.
	 */
	@Test
	void callsTimeOutIfSubscribersCallTheBlockingTemplate() {
		try (KintoClient client = KintoClient.builder((request) -> Mono.never())
			.timeout(Duration.ofMillis(200))
			.build()) {
			List<CompletableFuture<?>> calls = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				calls.add(client.execute(Calls.GET)
					.onErrorResume((ex) -> Mono.just(client.blocking().execute(Calls.GET)))
					.toFuture());
			}
			assertThat(calls).allSatisfy((call) -> assertThat(call).failsWithin(Duration.ofSeconds(15))
				.withThrowableOfType(ExecutionException.class));
		}
	}

	@Test
	void callsTimeOutIfOtherSubscribersBlock() throws InterruptedException {
		CountDownLatch blocked = new CountDownLatch(100);
		CountDownLatch end = new CountDownLatch(1);
		try (KintoClient client = KintoClient.builder((request) -> Mono.never())
			.timeout(Duration.ofMillis(200))
			.build()) {
			for (int i = 0; i < 100; i++) {
				client.execute(Calls.GET).subscribe(null, (ex) -> {
					blocked.countDown();
					awaited(end);
				});
			}
			assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(client.execute(Calls.GET).toFuture()).failsWithin(Duration.ofSeconds(5))
				.withThrowableOfType(ExecutionException.class);
		}
		finally {
			end.countDown();
		}
	}

	private static void awaited(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void stalledUploadsTimeOut() {
		try (KintoClient client = KintoClient
			.builder((request) -> request.path().equals("/") ? Mono.just(Calls.answer(200, info())) : Mono.never())
			.transferTimeout(Duration.ofMillis(200))
			.build()) {
			assertThat(onAllThreads(() -> catchThrowable(() -> client.blocking().execute(UPLOAD))))
				.allSatisfy((ex) -> assertThat(ex).isExactlyInstanceOf(KintoTransportException.class)
					.hasMessageEndingWith("nothing was transferred for 200 ms"));
		}
	}

	@Test
	void uploadsSucceed() throws IOException {
		try (RawServer server = RawServer.keepAlive((request, connection) -> {
			String json = request.startsWith("POST ")
					? "{\"filename\":\"a\",\"hash\":\"\",\"location\":\"x\",\"mimetype\":\"a/b\",\"size\":1}" : info();
			RawServer.write(connection, "HTTP/1.1 200 OK", "Content-Type: application/json",
					"Content-Length: " + json.length(), "", json);
		}); KintoClient client = KintoClient.builder(WebClientKintoTransport.builder(server.url())).build()) {
			assertThat(onAllThreads(() -> client.blocking().execute(UPLOAD)))
				.allSatisfy((attachment) -> assertThat(attachment.filename()).isEqualTo("a"));
		}
	}

	private static String info() {
		return "{\"http_api_version\":\"1.23\",\"capabilities\":{\"attachments\":{}}}";
	}

	/**
	 * Run a task on all threads at the same time.
	 */
	private static <T> List<T> onAllThreads(Callable<T> task) {
		int threads = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
		CountDownLatch started = new CountDownLatch(threads);
		List<CompletableFuture<T>> results = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			results.add(Mono.fromCallable(() -> {
				started.countDown();
				assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
				return task.call();
			}).subscribeOn(Schedulers.boundedElastic()).toFuture());
		}
		try {
			assertThat(CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new)))
				.succeedsWithin(Duration.ofSeconds(15));
			return results.stream().map(CompletableFuture::join).toList();
		}
		finally {
			results.forEach((result) -> result.cancel(true));
		}
	}

}
