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
			"http://[::1]:8888/v1, http://[::1]:8888/v1", "http://h:1/v1, http://h:1/v1",
			"http://h:65535/v1, http://h:65535/v1" })
	void validUrlIsAccepted(String text, String url) {
		assertThat(KintoUrl.of(text)).hasToString(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "not a url", "", "localhost:8888/v1", "localhost", "/v1", "ftp://h/v1", "http:/h/v1",
			"http:///v1", "http://h/v1 x", "file:///v1", "müller:80" })
	void textThatIsNotAUrlIsRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("'" + text + "' is not a URL of the form http://host:port/v1 or https://host/v1");
	}

	/**
	 * Text after a colon that is not a port may be a password.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "mailto:h/v1", "http://[::1/v1", "alice:s3cr3t", "alice:s3cr3t/v1", "redis://:s3cr3t/1",
			"alice:123456789012", "jdbc:kinto://h/v1;password=s3cr3t", "http:\\\\alice:s3cr3t\\h\\v1" })
	void possiblePasswordsAreNotRepeatedInMessages(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("it is not a URL of the form http://host:port/v1 or https://host/v1")
			.withNoCause();
	}

	@ParameterizedTest
	@CsvSource({ "http://h, http://h/v1", "http://h/, http://h/v1", "https://h:1/service, https://h:1/service/v1",
			"http://h/v1/buckets, http://h/v1/buckets/v1", "http://h/vx, http://h/vx/v1", "http://v1, http://v1/v1",
			"http://h/dev1, http://h/dev1/v1" })
	void messageSuggestsAMissingVersion(String text, String suggestion) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("'" + text + "' does not end with the version of the API: did you mean '" + suggestion + "'?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://alice:s3cr3t@h/v1", "http://s3cr3t@h/v1", "http://alice:s3cr3t@h",
			"http://alice:s3cr3t@/v1", "http://alice:s3c r3t@h/v1", "alice:s3cr3t@h:8888/v1", "//alice:s3cr3t@h/v1",
			"ftp://alice:s3cr3t@h/v1", "http://alice:x#s3cr3t@h/v1", "http://alice:x?s3cr3t@h/v1",
			"http://alice:1/s3cr3t@h", "http://alice:s3cr3t@h_x/v1", "http://alice:%zzs3cr3t@h/v1",
			"http://alice:s3cr3t@h/v1?a#b", "http://alice:s3cr3t%40h/v1", "http://alice:s3cr3t%2540h/v1",
			"http://alice:s3cr3t%252540h", "http://s3cr3t%40h/v1", "http://alice:s3@cr3t@h/v1",
			"http://alice:s3%40cr3t@h/v1", "http://alice:s3cr3t\uff20h/v1", "http://alice:s3cr3t\ufe6bh/v1",
			"redis://:s3cr3t%40h/1", "jdbc:postgresql://alice:s3cr3t%40h/v1", "http:alice:s3cr3t@h/v1",
			"http:\\\\alice:s3cr3t@h/v1", " http://alice:s3cr3t @h/v1", "http://h/alice:s3cr3t%40/v1" })
	void credentialsAreRejectedAndNotRepeated(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("the URL must not contain credentials: set a username and a password instead")
			.withNoCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h/v1?token=s3cr3t", "http://h/v1#s3cr3t", "http://h?token=s3cr3t" })
	void queryIsRejectedAndNotRepeated(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("the URL must not have a query or a fragment");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "http://my_host/v1 | 'my_host'", "http://my_host:80/v1 | 'my_host:80'",
					"http://:8888/v1 | ':8888'", "http://h:x/v1 | the host of the URL",
					"http://alice:s3cr3t/v1 | the host of the URL", "http://alice:s3c%72r3t/v1 | the host of the URL",
					"http://alice;password=s3cr3t/v1 | the host of the URL" })
	void urlWithoutAValidHostIsRejected(String text, String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage(host + " is not a valid host: use letters, digits, '-' and '.', and a port after ':'")
			.withNoCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h:0/v1", "http://h:65536/v1", "http://h:99999/v1", "https://h:99999999999/v1",
			"http://[::1]:65536/v1", "http://h:99999" })
	void invalidPortIsRejected(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("the port of the URL must be between 1 and 65535");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h/alice:s3cr3t", "http://h/alice;password=s3cr3t", "http://h/%61lice%3As3cr3t" })
	void pathWithAPossiblePasswordIsNotRepeated(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoUrl.of(text))
			.withMessage("it does not end with the version of the API: add /v1");
	}

	@Test
	void urlsAreEqualRegardlessOfASlashAtTheEnd() {
		assertThat(KintoUrl.of("http://h/v1/")).isEqualTo(KintoUrl.of("http://h/v1"))
			.hasSameHashCodeAs(KintoUrl.of("http://h/v1"))
			.isNotEqualTo(KintoUrl.of("http://h/v2"));
	}

}
