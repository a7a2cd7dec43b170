package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.StorageBackend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the text of numbers. The expected values were recorded from a real Kinto.
 */
class NumberTests {

	private static final String RECORD = "/buckets/blog/collections/posts/records/a";

	private static final Pattern VALUE = Pattern.compile("\"v\":(-?\\d[\\d.eE+-]*)");

	private static EmbeddedKintoServer postgresql;

	private static EmbeddedKintoServer memory;

	@BeforeAll
	static void startServers() {
		postgresql = start(StorageBackend.POSTGRESQL);
		memory = start(StorageBackend.MEMORY);
	}

	private static EmbeddedKintoServer start(StorageBackend backend) {
		EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.settings(KintoServerSettings.defaults().with(KintoSetting.STORAGE_BACKEND, backend))
			.start();
		TestClient client = new TestClient(server, "alice");
		client.send("PUT", "/buckets/blog", "");
		client.send("PUT", "/buckets/blog/collections/posts", "");
		return server;
	}

	@AfterAll
	static void stopServers() {
		postgresql.close();
		memory.close();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "-0, 0", "1, 1", "-9223372036854775808, -9223372036854775808",
			"18446744073709551615, 18446744073709551615", "1.0, 1.0", "12345678.0, 12345678.0", "1.50, 1.5",
			"1E5, 100000.0", "0e5, 0.0", "1e-400, 0.0", "0.0001, 0.0001", "0.00001, 1e-05", "-1.5e-7, -1.5e-07",
			"4.9e-324, 5e-324", "2.2250738585072011e-308, 2.2250738585072014e-308",
			"9007199254740993, 9007199254740993", "9007199254740993.0, 9007199254740992.0",
			"123456789.123456789012345, 123456789.1234568", "-75075135683961253e-5, -750751356839.6124",
			"8e-28, 8.000000000000001e-28", "0.18078399346030394, 0.1807839934603039",
			"0.9848958711440725, 0.9848958711440724", "1.0842185946858501775, 1.08421859468585",
			"91992071764458.45, 91992071764458.44", "9999999999999998.0, 9999999999999998.0",
			"966821180346712.8, 966821180346712.8" })
	void numberIsReadAndWrittenAsInKinto(String sent, String expected) {
		assertThat(write(postgresql, sent)).isEqualTo(expected);
		assertThat(read(postgresql)).isEqualTo(expected);
		assertThat(write(memory, sent)).isEqualTo(expected);
		assertThat(read(memory)).isEqualTo(expected);
	}

	@Test
	void numberCanHaveManyDigits() {
		assertThat(write(postgresql, "0." + "0".repeat(2_000) + "1e2001")).isEqualTo("1.0");
		assertThat(write(memory, "1" + "0".repeat(20) + "." + "9".repeat(2_000))).isEqualTo("1e+20");
	}

	@ParameterizedTest
	@CsvSource({ "-9109153008.86834497869, -9109153008.868345, -9109153008.868343",
			"8.065247069005929e-202, 8.0652470690059295e-202, 8.065247069005929e-202",
			"913365.7929478222754631341, 913365.7929478223, 913365.7929478224",
			"5.684341886080802e-14, 5.684341886080803e-14, 5.684341886080804e-14" })
	void memoryBackendReadsNumberAgain(String sent, String onPostgresql, String inMemory) {
		assertThat(write(postgresql, sent)).isEqualTo(onPostgresql);
		assertThat(read(postgresql)).isEqualTo(onPostgresql);
		assertThat(write(memory, sent)).isEqualTo(inMemory);
		assertThat(read(memory)).isEqualTo(inMemory);
	}

	@ParameterizedTest
	@CsvSource({ "-0.0, -0.0, 0.0", "1e16, 1e+16, 10000000000000000", "-1e16, -1e+16, -10000000000000000",
			"1.5e16, 1.5e+16, 15000000000000000", "18446744073709551616, 1.8446744073709552e+19, 18446744073709552000",
			"-9223372036854775809, -9.223372036854776e+18, -9223372036854776000",
			"500873452888432123752280, 5.008734528884322e+23, 500873452888432200000000",
			"885387426884230072e+4, 8.8538742688423e+21, 8853874268842300000000",
			"1e23, 1e+23, 100000000000000000000000" })
	void postgresqlKeepsLargeDoublesAsIntegers(String sent, String written, String found) {
		assertThat(write(postgresql, sent)).isEqualTo(written);
		assertThat(read(postgresql)).isEqualTo(found);
		assertThat(write(memory, sent)).isEqualTo(written);
		assertThat(read(memory)).isEqualTo(written);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "application/json | {\"data\":{\"w\":1}}",
					"application/merge-patch+json | {\"data\":{\"w\":{\"x\":1}}}",
					"application/merge-patch+json | {\"data\":{\"w\":null}}" })
	void patchKeepsNumbersOfOtherFields(String type, String patch) {
		assertThat(patched(memory, "12345678.0", type, patch)).isEqualTo("12345678.0");
		assertThat(patched(memory, "-0.0", type, patch)).isEqualTo("-0.0");
		assertThat(patched(memory, "1e22", type, patch)).isEqualTo("1e+22");
		assertThat(patched(postgresql, "12345678.0", type, patch)).isEqualTo("12345678.0");
		assertThat(patched(postgresql, "1e22", type, patch)).isEqualTo("10000000000000000000000");
		assertThat(patched(postgresql, "18446744073709551615", type, patch)).isEqualTo("18446744073709551615");
	}

	@ParameterizedTest
	@CsvSource({ "1e+16, 1e+16", "5.684341886080802e-14, 5.684341886080804e-14", "1.8e308, 400" })
	void batchWritesAndReadsNumbersOnceMore(String sent, String written) {
		String response = new TestClient(postgresql, "alice")
			.send("POST", "/batch",
					"{\"requests\":[{\"method\":\"PUT\",\"path\":\"%s\",\"body\":{\"data\":{\"v\":%s}}}]}"
						.formatted(RECORD, sent))
			.body();
		assertThat(written.equals("400") ? String.valueOf(response.contains("\"status\":400")) : value(response))
			.isEqualTo(written.equals("400") ? "true" : written);
	}

	private static String patched(EmbeddedKintoServer server, String sent, String type, String patch) {
		write(server, sent);
		HttpResponse<String> response = new TestClient(server, "alice").send("PATCH", RECORD, patch, "Content-Type",
				type);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(value(response.body())).isEqualTo(read(server));
		return read(server);
	}

	private static String write(EmbeddedKintoServer server, String number) {
		return value(
				new TestClient(server, "alice").send("PUT", RECORD, "{\"data\":{\"v\":%s}}".formatted(number)).body());
	}

	private static String read(EmbeddedKintoServer server) {
		return value(new TestClient(server, "alice").send("GET", RECORD, "").body());
	}

	private static String value(String body) {
		Matcher matcher = VALUE.matcher(body);
		assertThat(matcher.find()).as(body).isTrue();
		return matcher.group(1);
	}

}
