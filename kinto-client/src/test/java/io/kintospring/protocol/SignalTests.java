package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;

import io.kintospring.KintoSignal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals in the headers of responses.
 */
class SignalTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	@Test
	void responseWithoutHeadersHasNoSignals() {
		assertThat(Responses.json(200, "{}").signals(NOW)).isEmpty();
	}

	@Test
	void backoffIsRead() {
		assertThat(signals("Backoff", "30"))
			.containsExactly(new KintoSignal.Backoff(Duration.ofSeconds(30), Instant.parse("2026-11-23T12:00:30Z")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-5", "soon", "", "1.5", "Wed, 25 Nov 2026 12:00:00 GMT" })
	void zeroBackoffIsNoSignal(String value) {
		assertThat(signals("Backoff", value)).isEmpty();
	}

	/**
	 * The limit for a backoff is up to the client.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "99999999999999", "99999999999999999999" })
	void hugeBackoffIsCapped(String value) {
		assertThat(signals("Backoff", value)).singleElement()
			.isEqualTo(
					new KintoSignal.Backoff(Duration.ofSeconds(Integer.MAX_VALUE), NOW.plusSeconds(Integer.MAX_VALUE)));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "7, 7", "99999999999, 2147483647", "99999999999999999999, 2147483647",
			"'Fri, 31 Dec 9999 23:59:59 GMT', 2147483647", "0, -", "-5, -", "' 7 ', 7", "soon, -", "1.5, -", "'', -",
			"'Mon, 23 Nov 2026 12:00:07 GMT', 7", "'Mon, 23 Nov 2026 11:00:00 GMT', -",
			"'Fri, 5 Mar 2027 12:00:00 GMT', 8812800", "'Monday, 23-Nov-26 12:00:07 GMT', 7",
			"'Mon Nov 23 12:00:07 2026', 7", "'Fri Mar  5 12:00:00 2027', 8812800",
			"'Monday, 23-Nov-26 11:00:00 GMT', -", "'Mon, 31 Feb 2026 12:00:07 GMT', -", "2026-11-23T12:00:07Z, -" })
	void retryAfterIsRead(String value, @Nullable Integer seconds) {
		if (seconds == null) {
			assertThat(signals("Retry-After", value)).isEmpty();
		}
		else {
			assertThat(signals("Retry-After", value))
				.containsExactly(new KintoSignal.RetryAfter(Duration.ofSeconds(seconds), NOW.plusSeconds(seconds)));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			{"code":"soft-eol","message":"Soon","url":"https://x"} | soft-eol | Soon | https://x
			{"url":"https://x","code":"hard-eol","message":"Over"} | hard-eol | Over | https://x
			{"code":"soft-eol","message":null,"url":null}          | soft-eol | -    | -
			{"code":"soft-eol"}                                    | soft-eol | -    | -
			{"code":"soft-eol","message":5,"url":[],"more":{}}     | soft-eol | -    | -
			""")
	void alertIsRead(String value, String type, @Nullable String message, @Nullable String url) {
		assertThat(signals("Alert", value)).containsExactly(new KintoSignal.Deprecation(type, message, url));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "{", "[]", "5", "null", "{}", "{\"code\":5}", "{\"code\":null}",
			"{\"type\":\"soft-eol\"}" })
	void unreadableAlertIsNoSignal(String value) {
		assertThat(signals("Alert", value)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 304, 404, 410, 412, 503 })
	void signalsAreReadForEveryStatus(int status) {
		assertThat(Responses.empty(status, "backoff", "30", "ALERT", "{\"code\":\"hard-eol\"}", "retry-after", "3")
			.signals(NOW))
			.containsExactlyInAnyOrder(new KintoSignal.Backoff(Duration.ofSeconds(30), NOW.plusSeconds(30)),
					new KintoSignal.RetryAfter(Duration.ofSeconds(3), NOW.plusSeconds(3)),
					new KintoSignal.Deprecation("hard-eol", null, null));
	}

	@Test
	void unreadableSignalDoesNotHideOthers() {
		assertThat(Responses.empty(200, "Backoff", "x", "Retry-After", "y", "Alert", "{\"code\":\"soft-eol\"}")
			.signals(NOW)).containsExactly(new KintoSignal.Deprecation("soft-eol", null, null));
	}

	private static Iterable<KintoSignal> signals(String name, String value) {
		return Responses.json(200, "{}", name, value).signals(NOW);
	}

}
