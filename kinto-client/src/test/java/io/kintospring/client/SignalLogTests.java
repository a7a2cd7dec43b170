package io.kintospring.client;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kintospring.protocol.KintoBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for the log messages about signals: each is logged once, however often the server
 * sends it.
 */
class SignalLogTests {

	private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Signals.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		LOGGER.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		LOGGER.detachAppender(this.log);
	}

	@ParameterizedTest
	@CsvSource({ "Backoff, soon", "Retry-After, 1 day", "Alert, moved" })
	void unreadableHeaderIsLoggedOnce(String header, String value) {
		for (int status : List.of(200, 503)) {
			KintoClient client = KintoClient
				.builder((request) -> Mono
					.just(Calls.answer(status, "{\"data\":{\"id\":\"b\",\"last_modified\":5}}", header, value)))
				.build();
			this.log.list.clear();
			for (int i = 0; i < 3; i++) {
				catchThrowable(() -> client.blocking().execute(Calls.GET));
			}
			assertThat(messages()).singleElement()
				.asString()
				.contains("'" + header + "'", client.server(), "cannot be read", value);
		}
	}

	@Test
	void alertIsLoggedOnceWithoutAListener() {
		KintoClient client = client("{\"code\":\"hard-eol\",\"message\":\"Move to x\",\"url\":\"https://x\"}");
		client.blocking().execute(Calls.GET);
		client.blocking().execute(Calls.GET);
		assertThat(messages()).singleElement()
			.asString()
			.contains("hard-eol", "Move to x", "See https://x", client.server());
	}

	@Test
	void alertIsLoggedOnceByAClientAndItsCopies() {
		KintoClient client = client("{\"code\":\"soft-eol\",\"message\":\"Move to x\"}");
		client.blocking().execute(Calls.GET);
		client.mutate().ownConnections().build().blocking().execute(Calls.GET);
		client.mutate().build().mutate().build().blocking().execute(Calls.GET);
		assertThat(messages()).singleElement().asString().endsWith("Move to x");
	}

	@Test
	void eachChangeOfAnAlertIsLogged() {
		Iterator<String> alerts = List.of("2030-01-01", "2030-01-01", "2031-01-01", "2031-01-01").iterator();
		KintoClient client = KintoClient
			.builder((request) -> Mono
				.just(Calls.found("Alert", "{\"code\":\"soft-eol\",\"message\":\"Ends " + alerts.next() + "\"}")))
			.build();
		while (alerts.hasNext()) {
			client.blocking().execute(Calls.GET);
		}
		assertThat(messages()).hasSize(2);
		assertThat(messages().get(0)).endsWith("Ends 2030-01-01");
		assertThat(messages().get(1)).endsWith("Ends 2031-01-01");
	}

	@Test
	void headersCannotForgeOrFloodTheLog() {
		String forged = "{\"code\":\"soft-eol\",\"message\":\"x\\r\\n2026-11-23 ERROR all is lost\\u0000\"}";
		client(forged).blocking().execute(Calls.GET);
		client("a\tb\u0085".repeat(300_000)).blocking().execute(Calls.GET);
		assertThat(messages()).hasSize(2).allSatisfy((message) -> {
			assertThat(message.chars()).noneMatch(Character::isISOControl);
			assertThat(message).hasSizeLessThan(500);
		});
	}

	/**
	 * Line separators, direction marks, zero-width characters, unusual spaces, and tags
	 * beyond 16 bits.
	 */
	@ParameterizedTest
	@ValueSource(ints = { '\n', '\r', '\t', 0x1b, 0x7f, 0x85, 0xa0, 0xad, 0x61c, 0x2007, 0x200b, 0x200e, 0x2028, 0x2029,
			0x202e, 0x2066, 0x3000, 0xd800, 0xfeff, 0xe0001 })
	void invisibleCharacterIsEscaped(int character) {
		String text = new StringBuilder("a ü € ").appendCodePoint(0x1f600)
			.appendCodePoint(character)
			.append('b')
			.toString();
		client(new JsonMapper().writeValueAsString(Map.of("code", "soft-eol", "message", text))).blocking()
			.execute(Calls.GET);
		client(text).blocking().execute(Calls.GET);
		assertThat(messages()).hasSize(2)
			.allSatisfy((message) -> assertThat(message)
				.endsWith("a ü € \ud83d\ude00" + String.format("\\u%04x", character) + "b"));
	}

	@Test
	void signalsOfBatchMembersAreLoggedOnce() {
		String member = "{\"status\":200,\"headers\":{\"Alert\":\"" + "x".repeat(10_000)
				+ "\"},\"body\":{\"data\":{\"id\":\"b\",\"last_modified\":5}}}";
		KintoClient client = KintoClient
			.builder((request) -> Mono.just(Calls.answer(200, "{\"responses\":[" + member + "," + member + "]}")))
			.build();
		KintoBatch batch = Calls.KINTO.batch(List.of(Calls.GET, Calls.KINTO.bucket("b").attributes().get()),
				(o) -> o.maxRequests(25));
		client.blocking().execute(batch);
		client.blocking().execute(batch);
		assertThat(messages()).hasSizeLessThan(2).allSatisfy((message) -> assertThat(message).hasSizeLessThan(500));
	}

	private static KintoClient client(String alert) {
		return KintoClient.builder((request) -> Mono.just(Calls.found("Alert", alert))).build();
	}

	private List<String> messages() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
