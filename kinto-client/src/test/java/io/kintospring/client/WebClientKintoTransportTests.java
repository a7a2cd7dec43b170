package io.kintospring.client;

import java.io.IOException;
import java.time.Duration;

import io.kintospring.KintoUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WebClientKintoTransportTests {

	private static final KintoUrl URL = KintoUrl.of("http://127.0.0.1:1/v1");

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.0001S", "P25D" })
	void connectTimeoutThatCannotBeIsRefused(Duration timeout) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WebClientKintoTransport.builder(URL).connectTimeout(timeout))
			.withMessageStartingWith("connectTimeout must be between 1ms and 24 days, but was " + timeout);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void sizeThatCannotBeIsRefused(int size) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WebClientKintoTransport.builder(URL).maxInMemorySize(size))
			.withMessageStartingWith("maxInMemorySize must be at least 1, but was " + size);
	}

	@Test
	void serverIsTheAddress() {
		assertThat(WebClientKintoTransport.builder(URL).build().server()).isEqualTo("http://127.0.0.1:1/v1");
	}

	@Test
	void httpClientOfTheUserIsUsed() throws IOException {
		try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content", "", "")) {
			WebClientKintoTransport.builder(server.url())
				.reactorNetty((connections) -> HttpClient.create(connections)
					.headers((headers) -> headers.set("X-Mine", "1")))
				.build()
				.exchange(Calls.GET.request())
				.block(Duration.ofSeconds(5));
			assertThat(server.requests().get(0)).containsIgnoringCase("\r\nX-Mine: 1\r\n");
		}
	}

	@Test
	void customizerThatFailsIsHeardOfBeforeTheFirstRequest() {
		IllegalStateException mistake = new IllegalStateException("no such proxy");
		WebClientKintoTransport.Builder builder = WebClientKintoTransport.builder(URL).reactorNetty((connections) -> {
			throw mistake;
		});
		assertThatException().isThrownBy(builder::build).isSameAs(mistake);
	}

}
