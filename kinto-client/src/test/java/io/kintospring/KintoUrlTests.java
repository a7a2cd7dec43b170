package io.kintospring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KintoUrlTests {

	@ParameterizedTest
	@CsvSource({ "http://localhost:8888/v1, http://localhost:8888/v1",
			"https://kinto.example.com/v1/, https://kinto.example.com/v1", "http://h/v1//, http://h/v1",
			"' http://h/v1 ', http://h/v1", "http://h/v2, http://h/v2", "http://h/service/v1, http://h/service/v1",
			"HTTPS://h/v1, HTTPS://h/v1", "http://127.0.0.1/v1, http://127.0.0.1/v1",
			"http://[::1]:8888/v1, http://[::1]:8888/v1" })
	void addressIsTaken(String text, String url) {
		assertThat(KintoUrl.of(text)).hasToString(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "not a url", "", "localhost:8888/v1", "localhost", "/v1", "ftp://h/v1", "http:/h/v1",
			"http:///v1", "mailto:h/v1", "http://h/v1 x", "http://[::1/v1", "file:///v1" })
	void textThatIsNoAddressIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("'" + text + "' is no address of the form http://host:port/v1 or https://host/v1");
	}

	@ParameterizedTest
	@CsvSource({ "http://h, http://h/v1", "http://h/, http://h/v1", "https://h:1/service, https://h:1/service/v1",
			"http://h/v1/buckets, http://h/v1/buckets/v1", "http://h/vx, http://h/vx/v1", "http://v1, http://v1/v1",
			"http://h/dev1, http://h/dev1/v1" })
	void addressWithoutAVersionIsRefusedWithASuggestion(String text, String suggestion) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("'" + text + "' does not end with the version of the API: is '" + suggestion + "' meant?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://alice:s3cr3t@h/v1", "http://s3cr3t@h/v1", "http://alice:s3cr3t@h",
			"http://alice:s3cr3t@/v1", "http://alice:s3c r3t@h/v1", "alice:s3cr3t@h:8888/v1", "//alice:s3cr3t@h/v1",
			"ftp://alice:s3cr3t@h/v1", "http://alice:x#s3cr3t@h/v1", "http://alice:x?s3cr3t@h/v1",
			"http://alice:1/s3cr3t@h", "http://alice:s3cr3t@h_x/v1", "http://alice:%zzs3cr3t@h/v1",
			"http://alice:s3cr3t@h/v1?a#b" })
	void credentialsAreRefusedAndNotRepeated(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("it holds credentials, which belong into a user name and a password of their own")
			.withNoCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h/v1?token=s3cr3t", "http://h/v1#s3cr3t", "http://h?token=s3cr3t" })
	void queryIsRefusedAndNotRepeated(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("it has a query or a fragment, which the root of an API has not");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://my_host/v1", "http://:8888/v1", "http://h:x/v1" })
	void addressWithoutAHostIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessageContaining("is no host's name: letters, digits, '-' and '.' are allowed");
	}

	@Test
	void addressesAreEqualWhateverTheSlash() {
		assertThat(KintoUrl.of("http://h/v1/")).isEqualTo(KintoUrl.of("http://h/v1"))
			.hasSameHashCodeAs(KintoUrl.of("http://h/v1"))
			.isNotEqualTo(KintoUrl.of("http://h/v2"));
	}

}
