package io.kintospring.embedded;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for lists with many pages.
 */
class PagingTests {

	private static final int COUNT = 100_000;

	private static final String RECORDS = "/buckets/blog/collections/posts/records";

	private static EmbeddedKintoServer manyRecords;

	@BeforeAll
	static void startServer() {
		manyRecords = EmbeddedKintoServer.builder().initialData(records()).start();
	}

	@AfterAll
	static void closeServer() {
		manyRecords.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&_sort=title", "&_sort=-group,title" })
	@Timeout(60)
	void manyRecordsAreListedPageByPage(String query) {
		TestClient client = new TestClient(manyRecords, "alice");
		Set<String> ids = new HashSet<>();
		String url = RECORDS + "?_limit=1000" + query;
		for (int page = 0; page < 100; page++) {
			HttpResponse<String> response = client.send("GET", url, "");
			TestClient.json(response).path("data").forEach((data) -> ids.add(data.path("id").asString()));
			url = response.headers().firstValue("Next-Page").orElse("");
		}
		assertThat(ids).hasSize(COUNT);
		assertThat(url).isEmpty();
	}

	/**
	 * Kinto then removes the permissions of the whole list, and of what is below it.
	 */
	@ParameterizedTest
	@CsvSource({ "_limit=1, false", "_limit=1&min_last_modified=1, true" })
	void permissionsOfOtherPagesAreKeptIfThereIsAFilter(String query, boolean kept) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			String group = "/buckets/blog/groups/authors";
			client.send("PUT", group, "{\"data\":{\"members\":[]}}");
			client.send("PUT", "/buckets/blog/collections/first", "");
			List<String> others = List.of("/buckets/blog/collections/posts", RECORDS + "/a");
			others.forEach((uri) -> client.send("PUT", uri, ""));
			client.send("DELETE", "/buckets/blog/collections?_sort=id&" + query, "");
			assertThat(client.send("GET", "/buckets/blog/collections/first", "").statusCode()).isEqualTo(404);
			assertThat(others)
				.allSatisfy((uri) -> assertThat(client.get(uri).path("permissions").has("write")).isEqualTo(kept));
			assertThat(client.get(group).path("permissions").has("write")).isTrue();
		}
	}

	@Test
	void deletionTokenIsValidOnce() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.start()) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			client.send("PUT", "/buckets/blog/collections/posts", "");
			IntStream.range(0, 6).forEach((i) -> client.send("POST", RECORDS, ""));
			String next = nextPage(client.send("DELETE", RECORDS + "?_limit=2", ""));
			assertThat(client.send("DELETE", next, "").statusCode()).isEqualTo(200);
			assertThat(client.send("DELETE", next, "").statusCode()).isEqualTo(400);
			String reading = nextPage(client.send("GET", RECORDS + "?_limit=1", ""));
			assertThat(client.send("GET", reading, "").statusCode()).isEqualTo(200);
			assertThat(client.send("GET", reading, "").statusCode()).isEqualTo(200);
			assertThat(client.send("DELETE", reading, "").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void deletionTokenExpires() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
		InstantSource clock = now::get;
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("pagination_token_validity_seconds", "60")
			.clock(clock.withZone(ZoneOffset.UTC))
			.start()) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			client.send("PUT", "/buckets/blog/collections/posts", "");
			IntStream.range(0, 8).forEach((i) -> client.send("POST", RECORDS, ""));
			String first = nextPage(client.send("DELETE", RECORDS + "?_limit=2", ""));
			String other = nextPage(client.send("DELETE", RECORDS + "?_limit=2", ""));
			now.set(now.get().plusSeconds(59));
			String second = nextPage(client.send("DELETE", first, ""));
			now.set(now.get().plusSeconds(1));
			assertThat(TestClient.error(client.send("DELETE", other, ""))).isEqualTo("400 107 querystring");
			assertThat(client.send("DELETE", second, "").statusCode()).isEqualTo(200);
			assertThat(client.get(RECORDS).path("data")).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', 2", "?_limit=1, 1", "?_limit=3, 2", "?_limit=0, 3", "?_limit=, 3", "?_limit=null, 3" })
	void limitOfNothingOverridesPageSize(String query, int size) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("paginate_by", "2").start()) {
			TestClient client = new TestClient(server, "alice");
			IntStream.range(0, 3).forEach((i) -> client.send("PUT", "/buckets/b" + i, ""));
			HttpResponse<String> response = client.send("GET", "/buckets" + query, "");
			assertThat(TestClient.json(response).path("data")).hasSize(size);
			assertThat(response.headers().firstValue("Next-Page").isPresent()).isEqualTo(size < 3);
		}
	}

	@Test
	void deletionIsPagedAndFiltered() {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("paginate_by", "2").start()) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			client.send("PUT", "/buckets/blog/collections/posts", "");
			IntStream.range(0, 6)
				.forEach((i) -> client.send("PUT", RECORDS + "/r" + i, "{\"data\":{\"n\":%d}}".formatted(i % 2)));
			HttpResponse<String> page = client.send("DELETE", RECORDS + "?n=0", "");
			assertThat(TestClient.json(page).path("data")).hasSize(2)
				.allMatch((data) -> data.path("deleted").asBoolean());
			page = client.send("DELETE", nextPage(page), "");
			assertThat(TestClient.json(page).path("data").path(0).path("id").asString()).isEqualTo("r0");
			assertThat(page.headers().firstValue("Next-Page")).isEmpty();
			HttpResponse<String> left = client.send("HEAD", RECORDS, "");
			assertThat(left.headers().firstValue("Total-Objects")).hasValue("3");
		}
	}

	private static String nextPage(HttpResponse<String> response) {
		return response.headers().firstValue("Next-Page").orElseThrow();
	}

	private static ByteArrayInputStream records() {
		String records = IntStream.range(0, COUNT)
			.mapToObj((i) -> "\"r%d\":{\"data\":{\"title\":\"%d\",\"group\":%d}}".formatted(i, (i * 7919) % COUNT,
					i % 10))
			.collect(Collectors.joining(","));
		String json = """
				{"buckets": {"blog": {"permissions": {"read": ["system.Everyone"]},
				  "collections": {"posts": {"records": {%s}}}}}}""".formatted(records);
		return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
	}

}
