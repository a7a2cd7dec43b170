package io.kintospring.embedded;

import java.net.http.HttpResponse;
import java.util.List;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the versions of objects and lists that clients choose.
 */
@EmbeddedKinto
class VersionTests {

	private static final String BUCKET = "/buckets/blog";

	private static final String RECORDS = BUCKET + "/collections/posts/records";

	private static final long FUTURE = 4_000_000_000_000L;

	private TestClient client;

	@BeforeEach
	void createCollection(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", BUCKET, "");
		this.client.send("PUT", BUCKET + "/collections/posts", "");
	}

	@ParameterizedTest
	@ValueSource(longs = { -5, 0, 1000 })
	void newRecordInPastDoesNotDefineVersionOfList(long version) {
		long before = listVersion();
		assertThat(put("a", version)).isEqualTo(version);
		assertThat(get("a")).isEqualTo(version);
		assertThat(listVersion()).isEqualTo(before);
		assertThat(put("b", null)).isGreaterThan(before);
	}

	@Test
	void versionOfListGoesBackWhenNewestTombstoneIsReplacedByRecordInPast() {
		put("a", null);
		long before = put("b", null);
		this.client.send("DELETE", RECORDS + "/a", "");
		assertThat(listVersion()).isGreaterThan(before);
		put("a", 1000L);
		assertThat(listVersion()).isEqualTo(before);
	}

	@Test
	void versionOfListDoesNotGoBackBehindFirstRequest() {
		long first = listVersion();
		put("a", null);
		put("a", 0L);
		assertThat(listVersion()).isEqualTo(first);
		assertThat(put("b", null)).isGreaterThan(first);
	}

	@Test
	void newRecordInFutureDefinesVersionOfList() {
		assertThat(put("a", FUTURE)).isEqualTo(FUTURE);
		assertThat(listVersion()).isEqualTo(FUTURE);
		assertThat(put("b", null)).isEqualTo(FUTURE + 1);
		assertThat(put("c", FUTURE - 1)).isEqualTo(FUTURE - 1);
		assertThat(listVersion()).isEqualTo(FUTURE + 1);
	}

	@Test
	void versionOfListIsNotUsedTwice() {
		put("a", FUTURE);
		assertThat(put("b", FUTURE)).isEqualTo(FUTURE + 1);
		assertThat(put("c", FUTURE + 1)).isEqualTo(FUTURE + 2);
		assertThat(listVersion()).isEqualTo(FUTURE + 2);
	}

	@Test
	void updateIgnoresVersionUnlessItIsLater() {
		put("a", FUTURE);
		assertThat(put("a", FUTURE - 5)).isEqualTo(FUTURE + 1);
		assertThat(put("a", FUTURE + 1)).isEqualTo(FUTURE + 2);
		assertThat(put("a", FUTURE + 100)).isEqualTo(FUTURE + 100);
		assertThat(patch("a", FUTURE + 50)).isEqualTo(FUTURE + 101);
		assertThat(patch("a", FUTURE + 200)).isEqualTo(FUTURE + 200);
		assertThat(listVersion()).isEqualTo(FUTURE + 200);
	}

	@Test
	void updateSetsVersionToZeroAsInKinto() {
		put("a", null);
		assertThat(put("a", 0L)).isZero();
		assertThat(patch("a", 0L)).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"1000\"", "\"x\"", "1.5", "null", "[]", "[1]", "{}" })
	void versionOfWrongTypeIsIgnoredForNewRecord(String version) {
		long before = listVersion();
		HttpResponse<String> response = this.client.send("PUT", RECORDS + "/a",
				"{\"data\":{\"last_modified\":%s}}".formatted(version));
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(version(response)).isGreaterThan(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"1000\"", "1.5", "null", "[]", "[1]", "{}", "true" })
	void versionOfWrongTypeIsIgnoredInUpdate(String version) {
		long before = put("a", null);
		HttpResponse<String> response = this.client.send("PUT", RECORDS + "/a",
				"{\"data\":{\"last_modified\":%s}}".formatted(version));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(version(response)).isGreaterThan(before);
	}

	@Test
	void versionIsNotBeforeYear1() {
		assertThat(put("a", -62_135_596_800_000L)).isEqualTo(-62_135_596_800_000L);
		HttpResponse<String> response = this.client.send("PUT", RECORDS + "/b",
				"{\"data\":{\"last_modified\":-62135596800001}}");
		assertThat(TestClient.error(response)).isEqualTo("400 107 body:data.last_modified");
	}

	@Test
	void versionTrueIsOne() {
		String body = "{\"data\":{\"last_modified\":true}}";
		assertThat(TestClient.error(this.client.send("PUT", RECORDS + "/a", body)))
			.isEqualTo("400 107 body:data.last_modified");
		put("a", 0L);
		assertThat(TestClient.error(this.client.send("PUT", RECORDS + "/a", body)))
			.isEqualTo("400 107 body:data.last_modified");
		assertThat(TestClient.error(this.client.send("DELETE", RECORDS + "/a?last_modified=true", "")))
			.isEqualTo("400 107 querystring:last_modified");
	}

	@Test
	void deletionSetsVersionToZeroOnceInList() {
		put("a", null);
		put("b", null);
		assertThat(delete("a", 0)).isZero();
		HttpResponse<String> response = this.client.send("DELETE", RECORDS + "/b?last_modified=0", "");
		assertThat(TestClient.error(response)).startsWith("409 122");
	}

	@Test
	void deletionUsesVersionIfItIsLater() {
		put("a", FUTURE);
		assertThat(delete("a", FUTURE + 100)).isEqualTo(FUTURE + 100);
		assertThat(listVersion()).isEqualTo(FUTURE + 100);
		put("b", FUTURE + 200);
		assertThat(delete("b", FUTURE + 200)).isEqualTo(FUTURE + 201);
		put("c", 1000L);
		assertThat(delete("c", 2000)).isEqualTo(2000);
		assertThat(listVersion()).isEqualTo(FUTURE + 201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "true", "1.5", "-1" })
	void unusableVersionOfDeletionIsIgnored(String version) {
		put("a", null);
		long before = listVersion();
		HttpResponse<String> response = this.client.send("DELETE", RECORDS + "/a?last_modified=" + version, "");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(version(response)).isGreaterThan(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "%225%22", "", "%5B5%5D", "false", "0.0", "1e15", "253402300800000" })
	void impossibleVersionOfDeletionIsRejected(String version) {
		put("a", null);
		HttpResponse<String> response = this.client.send("DELETE", RECORDS + "/a?last_modified=" + version, "");
		assertThat(TestClient.error(response)).isEqualTo("400 107 querystring:last_modified");
		assertThat(this.client.send("GET", RECORDS + "/a", "").statusCode()).isEqualTo(200);
	}

	@Test
	void recordsAndTombstonesAreSortedByVersion() {
		put("past", 1000L);
		put("deleted", 2000L);
		delete("deleted", 3000);
		put("recreated", 2000L);
		this.client.send("DELETE", RECORDS + "/recreated", "");
		put("recreated", 4000L);
		put("future", 5000L);
		assertThat(ids("?_sort=last_modified")).containsExactly("past", "recreated", "future");
		assertThat(ids("")).containsExactly("future", "recreated", "past");
		assertThat(ids("?_since=0")).containsExactly("future", "recreated", "deleted", "past");
		assertThat(ids("?_since=1000&_before=5000")).containsExactly("recreated", "deleted");
		assertThat(ids("?_since=0&deleted=true")).containsExactly("deleted");
		assertThat(total("?_since=1000")).isEqualTo("2");
		assertThat(total("?_since=0&deleted=true")).isEqualTo("0");
	}

	@Test
	void pagesStayConsistentWhileRecordsAreAddedAndRemoved() {
		for (long i = 1; i <= 6; i++) {
			put("r" + i, i * 1000);
		}
		HttpResponse<String> first = this.client.send("GET", RECORDS + "?_limit=2", "");
		assertThat(ids(first)).containsExactly("r6", "r5");
		put("new", 10_000L);
		this.client.send("DELETE", RECORDS + "/r4", "");
		this.client.send("DELETE", RECORDS + "/r5", "");
		HttpResponse<String> second = this.client.send("GET", first.headers().firstValue("Next-Page").orElseThrow(),
				"");
		assertThat(ids(second)).containsExactly("r3", "r2");
		HttpResponse<String> third = this.client.send("GET", second.headers().firstValue("Next-Page").orElseThrow(),
				"");
		assertThat(ids(third)).containsExactly("r1");
		assertThat(third.headers().firstValue("Next-Page")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?_sort=-n", "?_since=0&not_deleted=true" })
	void listIsUpToDateAfterEveryChange(String query) {
		for (int i = 0; i < 3; i++) {
			put("r" + i, null);
			assertThat(ids(query)).hasSize(i + 1).startsWith("r" + i).endsWith("r0");
		}
		put("r0", null);
		assertThat(ids(query)).containsExactly("r0", "r2", "r1");
		this.client.send("DELETE", RECORDS + "/r2", "");
		assertThat(ids(query)).containsExactly("r0", "r1");
		this.client.send("DELETE", RECORDS, "");
		assertThat(ids(query)).isEmpty();
	}

	private long put(String id, Long version) {
		String body = (version != null) ? "{\"data\":{\"last_modified\":%d}}".formatted(version) : "";
		return version(this.client.send("PUT", RECORDS + "/" + id, body));
	}

	private long patch(String id, long version) {
		return version(
				this.client.send("PATCH", RECORDS + "/" + id, "{\"data\":{\"last_modified\":%d}}".formatted(version)));
	}

	private long delete(String id, long version) {
		return version(this.client.send("DELETE", RECORDS + "/%s?last_modified=%d".formatted(id, version), ""));
	}

	private long get(String id) {
		return version(this.client.send("GET", RECORDS + "/" + id, ""));
	}

	private long listVersion() {
		return etag(this.client.send("HEAD", RECORDS, ""));
	}

	private String total(String query) {
		return this.client.send("HEAD", RECORDS + query, "").headers().firstValue("Total-Objects").orElseThrow();
	}

	private List<String> ids(String query) {
		return ids(this.client.send("GET", RECORDS + query, ""));
	}

	private static List<String> ids(HttpResponse<String> response) {
		JsonNode data = TestClient.json(response).path("data");
		return data.valueStream().map((record) -> record.path("id").asString()).toList();
	}

	private static long version(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
		long version = TestClient.json(response).path("data").path("last_modified").asLong();
		assertThat(etag(response)).isEqualTo(version);
		return version;
	}

	private static long etag(HttpResponse<String> response) {
		return Long.parseLong(response.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
	}

}
