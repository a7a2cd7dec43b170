package io.kintospring.embedded;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for lists with many pages.
 */
class PagingTests {

	private static final int COUNT = 100_000;

	private static final String RECORDS = "/buckets/blog/collections/posts/records";

	@ParameterizedTest
	@ValueSource(strings = { "", "&_sort=title", "&_sort=-group,title" })
	@Timeout(60)
	void manyRecordsAreListedPageByPage(String query) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().initialData(records()).start()) {
			TestClient client = new TestClient(server, "alice");
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
