package io.kintospring.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.kintospring.KintoSignal;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * How the requests of a batch are run.
 */
class BatchTests {

	private static final String TWO_DELETED = """
			{"responses": [
			  {"status": 200, "headers": {"Backoff": "30"}, "body": {"data": {"id": "a", "last_modified": 1}}},
			  {"status": 200, "headers": {"Backoff": "30"}, "body": {"data": {"id": "a", "last_modified": 1}}}
			]}""";

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private final List<KintoCall<?>> calls = IntStream.range(0, 6)
		.<KintoCall<?>>mapToObj((i) -> KintoCalls.defaults().deleteBucket("b" + i))
		.toList();

	@Test
	void requestsGoOneAfterTheOther() {
		List<Sinks.One<KintoResponse>> answers = new CopyOnWriteArrayList<>();
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			Sinks.One<KintoResponse> answer = Sinks.one();
			answers.add(answer);
			return answer.asMono();
		}).build();
		CompletableFuture<BatchResult> all = client.execute(batch(1, false)).toFuture();
		for (int i = 0; i < 3; i++) {
			int sent = i + 1;
			Awaitility.await().untilAsserted(() -> assertThat(answers).hasSize(sent));
			answers.get(i).tryEmitValue(response(TWO_DELETED));
		}
		assertThat(all).succeedsWithin(Duration.ofSeconds(5))
			.satisfies((result) -> assertThat(result.published()).hasSize(6));
	}

	@Test
	void requestsAreUnderWayAtTheSameTimeIfAskedFor() {
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return Mono.never();
		}).build();
		client.execute(batch(2, false)).subscribe().dispose();
		assertThat(this.sent).hasSize(2);
	}

	@Test
	void failureOfARequestIsCollectedByDefault() {
		BatchResult result = failing().await(batch(1, false));
		assertThat(this.sent).hasSize(3);
		assertThat(result.errors()).hasSize(2)
			.allSatisfy((outcome) -> assertThat(outcome.error()).isInstanceOf(KintoTransportException.class));
		assertThat(result.published()).hasSize(4);
	}

	@Test
	void failureOfARequestIsTheEndIfAskedFor() {
		BatchResult result = failing().await(batch(1, true));
		assertThat(this.sent).hasSize(1);
		assertThat(result.errors()).hasSize(2);
		assertThat(result.notSent()).hasSize(4);
	}

	@Test
	void signalsOfMembersAreHeardOnceForEachRequest() {
		List<KintoSignal> heard = new ArrayList<>();
		KintoClient client = KintoClient.builder((request) -> Mono.just(response(TWO_DELETED)))
			.signalListener(heard::add)
			.build();
		client.await(batch(1, false));
		assertThat(heard).hasSize(3).allSatisfy((signal) -> assertThat(signal).isInstanceOf(KintoSignal.Backoff.class));
		assertThat(client.remainingBackoff()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
	}

	/**
	 * Who listens may wait, or depend on what is kept per thread.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoWaitsReadsTheAnswersAndHears(boolean stop) {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		KintoClient client = KintoClient
			.builder((request) -> Mono.fromSupplier(() -> response(TWO_DELETED)).subscribeOn(Schedulers.parallel()))
			.signalListener((signal) -> threads.add(Thread.currentThread()))
			.build();
		client.await(batch(2, stop));
		assertThat(threads).containsExactly(Thread.currentThread());
	}

	@Test
	void answersAreNotReadWhereConnectionsWait() {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		Scheduler connections = Schedulers.newSingle("connections");
		KintoClient client = KintoClient
			.builder((request) -> Mono.fromSupplier(() -> response(TWO_DELETED)).subscribeOn(connections))
			.signalListener((signal) -> threads.add(Thread.currentThread().getName()))
			.build();
		client.execute(batch(1, true)).block(Duration.ofSeconds(5));
		assertThat(threads).isNotEmpty().allSatisfy((name) -> assertThat(name).doesNotStartWith("connections"));
		connections.dispose();
	}

	@Test
	void interruptionOfWhoWaitsIsTold() throws InterruptedException {
		KintoClient client = KintoClient.builder((request) -> Mono.never()).build();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread thread = new Thread(() -> failure.complete(catchThrowable(() -> client.await(batch(1, false)))));
		thread.start();
		thread.interrupt();
		assertThat(failure).succeedsWithin(Duration.ofSeconds(5))
			.satisfies((ex) -> assertThat(ex).isInstanceOf(KintoTransportException.class)
				.hasMessage("batch: interrupted while waiting for the answer"));
	}

	private KintoClient failing() {
		return KintoClient.builder((request) -> {
			this.sent.add(request.path());
			return (this.sent.size() == 1) ? Mono.error(new IOException("cut")) : Mono.just(response(TWO_DELETED));
		}).build();
	}

	private KintoBatch batch(int parallel, boolean stop) {
		return KintoCalls.defaults().batch(this.calls, (o) -> {
			var options = o.maxRequests(2).parallel(parallel);
			return stop ? options.stopAtFailedRequest() : options;
		});
	}

	private static KintoResponse response(String body) {
		return new KintoResponse(200, new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8));
	}

}
