package io.kintospring.embedded.fault;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.TestClient;
import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Faults} over HTTP.
 */
@EmbeddedKinto(settings = "kinto.retry_after_seconds=7")
class FaultsTests {

	private static final UnaryOperator<RequestPattern> WRITES = (requests) -> requests.method("PUT|POST")
		.path("/buckets/.*");

	private TestClient client;

	private Faults faults;

	@BeforeEach
	void createClient(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.faults = server.faults();
	}

	@Test
	void failureAppliesToNumberOfRequests() {
		this.faults.fail(2, WRITES, 503, Duration.ofSeconds(30));
		assertThat(put().statusCode()).isEqualTo(503);
		assertThat(put().headers().firstValue("Retry-After")).hasValue("30");
		assertThat(put().statusCode()).isEqualTo(201);
	}

	@Test
	void failedRequestHasErrorBodyAndNoEffect() {
		this.faults.fail(1, WRITES, 503);
		HttpResponse<String> response = put();
		assertThat(response.body()).contains("\"code\":503", "\"errno\":201", "\"error\":\"Service Unavailable\"");
		assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(this.client.get("/buckets").path("data")).isEmpty();
	}

	@Test
	void permanentFailureHasNoRetryAfterHeader() {
		this.faults.fail(1, WRITES, 500);
		assertThat(put().headers().firstValue("Retry-After")).isEmpty();
	}

	@Test
	void requestsThatDoNotMatchSucceed() {
		this.faults.fail(1, WRITES, 503);
		assertThat(this.client.send("GET", "/buckets", "").statusCode()).isEqualTo(200);
		assertThat(put().statusCode()).isEqualTo(503);
	}

	@Test
	void droppedConnectionHasNoResponse() {
		this.faults.dropConnection(1, (requests) -> requests.method("PUT"));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(this::put)
			.withCauseInstanceOf(IOException.class);
		assertThat(this.client.get("/buckets").path("data")).isEmpty();
	}

	@Test
	void requestWithDroppedResponseIsApplied() {
		this.faults.dropResponse(1, (requests) -> requests.method("PUT"));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(this::put)
			.withCauseInstanceOf(IOException.class);
		assertThat(this.client.get("/buckets").path("data")).hasSize(1);
	}

	@Test
	void delayedRequestSucceedsAfterDelay() {
		Duration delay = Duration.ofMillis(200);
		this.faults.delay(1, delay, (requests) -> requests);
		long start = System.nanoTime();
		assertThat(put().statusCode()).isEqualTo(201);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
	}

	@Test
	void clearRemovesAllFaults() {
		this.faults.fail(5, (requests) -> requests, 500).clear();
		assertThat(put().statusCode()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource({ "400, 999", "401, 104", "403, 121", "404, 111", "409, 122", "410, 202", "412, 114", "429, 117",
			"500, 999", "503, 201" })
	void failureHasErrnoOfStatus(int status, int errno) {
		this.faults.fail(1, WRITES, status);
		HttpResponse<String> response = put();
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains("\"code\":" + status + ",", "\"errno\":" + errno + ",");
		assertThat(put().statusCode()).isEqualTo(201);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 399, 499, 600 })
	void statusMustBeError(int status) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.fail(1, WRITES, status))
			.withMessageContaining(String.valueOf(status));
	}

	private HttpResponse<String> put() {
		return this.client.send("PUT", "/buckets/blog", "");
	}

}
