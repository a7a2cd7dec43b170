package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;

import io.kintospring.KintoUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReactorNettyKintoTransportTests {

	private static final KintoUrl URL = KintoUrl.of("http://127.0.0.1:1/v1");

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.0001S", "P25D" })
	void connectTimeoutThatCannotBeIsRefused(Duration timeout) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ReactorNettyKintoTransport.builder(URL).connectTimeout(timeout))
			.withMessageStartingWith("The time to connect is " + timeout + " and must be between");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void sizeThatCannotBeIsRefused(int size) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ReactorNettyKintoTransport.builder(URL).maxInMemorySize(size))
			.withMessageStartingWith("An answer may have " + size + " bytes at most");
	}

	@Test
	void serverIsTheAddress() {
		assertThat(ReactorNettyKintoTransport.builder(URL).build().server()).isEqualTo("http://127.0.0.1:1/v1");
	}

	@Test
	void httpClientOfTheUserIsUsed() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content", "", "")) {
			ReactorNettyKintoTransport.builder(server.url())
				.httpClient((client) -> client.headers((headers) -> headers.set("X-Mine", "1")))
				.build()
				.exchange(Calls.GET.request())
				.block(Duration.ofSeconds(5));
			assertThat(server.requests().get(0)).containsIgnoringCase("\r\nX-Mine: 1\r\n");
		}
	}

	@Test
	void customizerThatFailsIsHeardOfBeforeTheFirstRequest() {
		IllegalStateException mistake = new IllegalStateException("no such proxy");
		ReactorNettyKintoTransport.Builder builder = ReactorNettyKintoTransport.builder(URL).httpClient((client) -> {
			throw mistake;
		});
		assertThatException().isThrownBy(builder::build).isSameAs(mistake);
	}

}
