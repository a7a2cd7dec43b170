package io.kintospring.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoBatchProgress;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BucketCalls;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoBatch;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches on PostgreSQL, where a conflict with a concurrent write (409) undoes the
 * earlier calls of the same request although their responses report success.
 */
class UndoneBatchTests {

	private static final CollectionCalls<Map<String, Object>> RECORDS = KintoCalls.defaults()
		.bucket("b")
		.collection("c");

	private final List<String> sent = new ArrayList<>();

	private final List<KintoBatchProgress> progress = new ArrayList<>();

	private final List<KintoCall<?>> calls = IntStream.range(0, 5)
		.<KintoCall<?>>mapToObj((i) -> RECORDS.create("r" + i, Map.of("a", i)))
		.collect(Collectors.toCollection(ArrayList::new));

	private final List<String> authorizations = new ArrayList<>();

	private KintoAuthentication authentication = KintoAuthentication.none();

	private KintoRetry retry = KintoRetry.defaults();

	private long retries;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void undoneCallsAreSentAgain(boolean reactive) {
		BatchResult result = execute(reactive, "201 201 409 201 201", "201 201 201");
		assertThat(this.sent).containsExactly("r0 r1 r2 r3 r4", "r0 r1 r2");
		assertThat(result.published()).hasSize(5);
		assertThat(this.progress).containsExactly(new KintoBatchProgress(2, 0, 5), new KintoBatchProgress(5, 0, 5));
		assertThat(this.retries).isOne();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callsBeforeTheLastConflictAreUndone(boolean reactive) {
		BatchResult result = execute(reactive, "409 201 201 409 201", "201 409 201 201", "201 201");
		assertThat(this.sent).containsExactly("r0 r1 r2 r3 r4", "r0 r1 r2 r3", "r0 r1");
		assertThat(result.published()).hasSize(5);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void creationThatMeetsItsFirstAttemptIsASuccess(boolean reactive) {
		BatchResult result = execute(reactive, "201 409 201 201 201", "412 201");
		assertThat(result.published()).hasSize(5);
	}

	@ParameterizedTest
	@CsvSource({ "false, 3", "true, 3", "false, 0", "true, 0" })
	void undoneCallsAreNotReportedAsPublished(boolean reactive, int retries) {
		this.retry = KintoRetry.defaults().maxRetries(retries);
		this.calls.set(1, RECORDS.get("r1"));
		BatchResult result = execute(reactive, "201 200 409 201 201", "201 200 409", "201 200 409", "201 200 409");
		assertThat(this.sent).hasSize(retries + 1);
		assertThat(result.outcomes()).extracting(BatchResult.Outcome::isPublished)
			.containsExactly(false, true, false, true, true);
		assertThat(result.errors()).extracting(BatchResult.Outcome::error)
			.hasOnlyElementsOfType(KintoUnavailableException.class);
		assertThat(result.outcomes().get(0).error())
			.hasMessageContaining("undone by the server, because a later call of the same request failed");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void longWaitIsReported(boolean reactive) {
		this.retry = KintoRetry.defaults().maxDelay(Duration.ofMillis(1));
		BatchResult result = execute(reactive, "201 409:3 201 201 201");
		assertThat(result.errors()).hasSize(2)
			.allSatisfy((outcome) -> assertThat(outcome.error()).isInstanceOfSatisfying(KintoUnavailableException.class,
					(ex) -> assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(3))));
		assertThat(this.sent).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void otherRequestsOfTheBatchAreSentOnce(boolean reactive) {
		BatchResult result = execute(reactive, (options) -> options.maxRequests(2).stopAtFailedRequest(), "201 409",
				"201 201", "201 201", "201");
		assertThat(this.sent).containsExactlyInAnyOrder("r0 r1", "r0 r1", "r2 r3", "r4");
		assertThat(result.published()).hasSize(5);
	}

	/**
	 * Sent again, the first call would overwrite the last one.
	 */
	@ParameterizedTest
	@CsvSource({ "false, 5", "true, 5", "false, 2", "true, 2" })
	void undoneCallsDoNotOvertakeLaterOnes(boolean reactive, int maxRequests) {
		this.calls.set(0, RECORDS.replace("r0", Map.of("a", 0)));
		this.calls.set(4, RECORDS.replace("r0", Map.of("a", 4)));
		BatchResult result = execute(reactive, (options) -> options.maxRequests(maxRequests), "201 409 201 201 201",
				"201 201", "201");
		assertThat(result.outcomes()).extracting(BatchResult.Outcome::isPublished)
			.containsExactly(false, false, true, true, true);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void deletionOfTheParentIsNotOvertaken(boolean reactive) {
		BucketCalls bucket = KintoCalls.defaults().bucket("b");
		this.calls.set(0, bucket.collection("r9").create("r0", Map.of("a", 0)));
		this.calls.set(4, bucket.collections().delete("r9"));
		BatchResult result = execute(reactive, "201 409 201 201 200", "201 201");
		assertThat(this.sent).hasSize(1);
		assertThat(result.errors()).hasSize(2);
	}

	/**
	 * The response of the first attempt is lost.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void undoneCallsAreSentAgainAfterALostResponse(boolean reactive) {
		BatchResult result = execute(reactive, "lost", "201 201 409 201 201", "201 201 201");
		assertThat(this.sent).containsExactly("r0 r1 r2 r3 r4", "r0 r1 r2 r3 r4", "r0 r1 r2");
		assertThat(result.published()).hasSize(5);
	}

	/**
	 * The security context of Spring MVC is only known to the calling thread.
	 */
	@Test
	void undoneCallsHaveTheCredentialsOfTheCallingThread() {
		Thread caller = Thread.currentThread();
		this.authentication = () -> Mono.fromSupplier(() -> (Thread.currentThread() == caller) ? "ann" : "nobody");
		execute(false, "201 409:1 201 201 201", "201 201");
		assertThat(this.authorizations).containsExactly("ann", "ann");
	}

	/**
	 * The first attempt may have been applied before its response was lost.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void undoneCallsAreNotReportedAsNotSentAfterALostResponse(boolean reactive) {
		this.retry = KintoRetry.defaults().delay(Duration.ofMillis(1));
		BatchResult result = execute(reactive, "lost", "201 201 409 201 201", "refused");
		assertThat(result.published()).hasSize(2);
		assertThat(result.errors()).hasSize(3)
			.allSatisfy((outcome) -> assertThat(outcome.error()).isExactlyInstanceOf(KintoTransportException.class)
				.hasMessageContaining("reset"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callThatIsSentAloneIsRepeatedByItself(boolean reactive) {
		this.retry = KintoRetry.defaults().delay(Duration.ofMillis(1));
		this.calls.subList(1, 5).clear();
		BatchResult result = execute(reactive, "alone");
		assertThat(this.sent).hasSize(4);
		assertThat(result.errors()).hasSize(1);
	}

	private BatchResult execute(boolean reactive, String... answers) {
		return execute(reactive, (options) -> options, answers);
	}

	private BatchResult execute(boolean reactive, KintoBatchOptions.Customizer options, String... answers) {
		List<String> rest = new ArrayList<>(List.of(answers));
		KintoClient client = KintoClient.builder((request) -> {
			this.sent.add(ids(request));
			this.authorizations.add(String.valueOf(request.headers().getFirst("Authorization")));
			String answer = (request.path().equals("/batch") || answers[0].equals("alone")) ? rest.get(0) : "";
			return switch (answer) {
				case "" -> Mono.just(json(
						"{\"data\":{\"id\":\"" + this.sent.get(this.sent.size() - 1) + "\",\"last_modified\":5}}"));
				case "alone" -> Mono.just(rejected());
				case "refused" -> Mono.error(new KintoNotSentException("refused", new ConnectException()));
				case "lost" -> {
					rest.remove(0);
					yield Mono.error(new IOException("reset"));
				}
				default -> Mono.just(batch(rest.remove(0), ids(request)));
			};
		}).authentication(this.authentication).retry(this.retry).build();
		KintoBatch batch = KintoCalls.defaults()
			.batch(this.calls, (o) -> options.apply(o.maxRequests(5).collectErrors().onProgress(this.progress::add)));
		BatchResult result = reactive ? client.execute(batch).block(Duration.ofSeconds(10))
				: client.blocking().execute(batch);
		this.retries = client.statistics().retries();
		return result;
	}

	private static String ids(KintoRequest request) {
		Resource body = request.body();
		try {
			String text = (body != null && request.path().equals("/batch"))
					? body.getContentAsString(StandardCharsets.UTF_8) : request.path();
			return Pattern.compile("r\\d(?=\"|$)")
				.matcher(text)
				.results()
				.map(MatchResult::group)
				.collect(Collectors.joining(" "));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static KintoResponse batch(String statuses, String ids) {
		String[] id = ids.split(" ");
		String[] status = statuses.split(" ");
		return json(IntStream.range(0, id.length)
			.mapToObj((i) -> member(status[i], id[i]))
			.collect(Collectors.joining(",", "{\"responses\":[", "]}")));
	}

	private static String member(String status, String id) {
		String[] parts = status.split(":");
		String data = "{\"id\":\"" + id + "\",\"last_modified\":5,\"a\":" + id.charAt(1) + "}";
		String body = switch (parts[0]) {
			case "409" -> "{\"errno\":122}";
			case "412" -> "{\"errno\":114,\"details\":{\"existing\":" + data + "}}";
			default -> "{\"data\":" + data + "}";
		};
		String retryAfter = Stream.of(parts).skip(1).findFirst().orElse("0");
		return "{\"status\":" + parts[0] + ",\"headers\":{"
				+ (parts[0].equals("409") ? "\"Retry-After\":\"" + retryAfter + "\"" : "") + "},\"body\":" + body + "}";
	}

	private static KintoResponse rejected() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Retry-After", "0");
		return new KintoResponse(409, headers, "{\"errno\":122}".getBytes(StandardCharsets.UTF_8));
	}

	private static KintoResponse json(String body) {
		return new KintoResponse(200, new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8));
	}

}
