package io.kintospring.embedded;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.settings.StorageBackend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static io.kintospring.embedded.settings.StorageBackend.MEMORY;
import static io.kintospring.embedded.settings.StorageBackend.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order, the comparison and the storage of values, which depend on the
 * backend.
 */
class StorageBackendTests {

	private static final String COLLECTION = "/buckets/blog/collections/posts";

	private static final String RECORDS = COLLECTION + "/records";

	private static final Map<StorageBackend, EmbeddedKintoServer> SERVERS = new EnumMap<>(StorageBackend.class);

	@BeforeAll
	static void startServers() {
		for (StorageBackend backend : StorageBackend.values()) {
			KintoServerSettings settings = KintoServerSettings.defaults().with(KintoSetting.STORAGE_BACKEND, backend);
			SERVERS.put(backend, EmbeddedKintoServer.builder().settings(settings).start());
		}
	}

	@AfterAll
	static void stopServers() {
		SERVERS.values().forEach(EmbeddedKintoServer::close);
	}

	@BeforeEach
	void createCollection() {
		for (EmbeddedKintoServer server : SERVERS.values()) {
			server.flush();
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			client.send("PUT", COLLECTION, "");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"POSTGRESQL | [] null \"\" \"a\" -1 2.5 10 false true [9] [[]] [1,1] [{},0] {} {\"b\":1} {\"a\":1,\"b\":0} -",
			"POSTGRESQL | [null] [\"z\"] [1] [true] [[]] [[1]] [{}]",
			"POSTGRESQL | {\"b\":2} {\"bb\":1} {\"c\":0} {\"b\":1,\"bb\":5} {\"b\":1,\"c\":0} {\"b\":1,\"c\":[]} -",
			"POSTGRESQL | 18446744073709551615 18446744073709551616 1e20 123456789012345678901234567890 1e300",
			"MEMORY | null \"\" \"a\" -1 2.5 10 false true [] [0,5] [1] [1,2] [2] {} -",
			"MEMORY | [1,2] [1,2,3] [1,[2]] [[1],0]", "MEMORY | 18446744073709551615 18446744073709551616 1e20 1e300" })
	void valuesAreOrdered(StorageBackend backend, String values) {
		TestClient client = client(backend);
		List<String> ascending = List.of(values.split(" "));
		for (int i = ascending.size() - 1; i >= 0; i--) {
			String value = ascending.get(i);
			put(client, "r%02d".formatted(i), value.equals("-") ? "{}" : "{\"v\":%s}".formatted(value));
		}
		List<String> expected = IntStream.range(0, ascending.size()).mapToObj("r%02d"::formatted).toList();
		assertThat(ids(client, "_sort=v")).isEqualTo(expected);
		assertThat(ids(client, "_sort=-v")).isEqualTo(reversed(expected));
		for (int i = 0; i < ascending.size() && !ascending.get(i).equals("-"); i++) {
			String value = encode(ascending.get(i));
			assertThat(ids(client, "_sort=id&lt_v=" + value)).isEqualTo(expected.subList(0, i));
			assertThat(ids(client, "_sort=id&max_v=" + value)).isEqualTo(expected.subList(0, i + 1));
			assertThat(ids(client, "_sort=id&min_v=" + value)).isEqualTo(expected.subList(i, expected.size()));
			assertThat(ids(client, "_sort=id&gt_v=" + value)).isEqualTo(expected.subList(i + 1, expected.size()));
			assertThat(ids(client, "_sort=id&v=" + value)).containsExactly(expected.get(i));
		}
	}

	/**
	 * Only in memory, the order is that of the request.
	 */
	@ParameterizedTest
	@CsvSource({ "MEMORY, a, s", "POSTGRESQL, s, s" })
	void orderOfKeywordsDeterminesWhichErrorIsReported(StorageBackend backend, String first, String second) {
		TestClient client = client(backend);
		List<String> schemas = List.of("{\"properties\":{\"a\":{\"minimum\":1}},\"required\":[\"s\"]}",
				"{\"required\":[\"s\"],\"properties\":{\"a\":{\"minimum\":1}}}");
		List<String> names = new ArrayList<>();
		for (String schema : schemas) {
			client.send("PUT", COLLECTION, "{\"data\":{\"schema\":%s}}".formatted(schema));
			JsonNode error = TestClient.json(client.send("PUT", RECORDS + "/r", "{\"data\":{\"a\":0}}"));
			names.add(error.path("details").path(0).path("name").asString());
		}
		assertThat(names).containsExactly(first, second);
	}

	@ParameterizedTest
	@EnumSource
	void pagesContainEachRecordOnce(StorageBackend backend) {
		TestClient client = client(backend);
		String[] values = { "[]", "null", "\"a\"", "1", "true", "[1]", "{}" };
		for (int i = 0; i < values.length; i++) {
			put(client, "a" + i, "{\"v\":%s}".formatted(values[i]));
			put(client, "b" + i, "{\"w\":%s}".formatted(values[i]));
		}
		for (String sort : List.of("v", "-v", "v,-w", "-w,v", "v.x,id")) {
			assertThat(pages(client, RECORDS + "?_limit=4&_sort=" + sort)).isEqualTo(ids(client, "_sort=" + sort));
		}
	}

	@ParameterizedTest
	@CsvSource({ "C.UTF-8, 10 9 B Z a z ä ｚ 😀", "C, 10 9 B Z a z ä ｚ 😀", "de_DE.UTF-8, 10 9 a ä B z Z",
			"en_US, 10 9 a ä B z Z", "sv_SE, 10 9 a B z Z ä" })
	void collationOrdersText(String collation, String texts) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder()
			.setting("embedded.collation", collation)
			.start()) {
			TestClient client = new TestClient(server, "alice");
			client.send("PUT", "/buckets/blog", "");
			client.send("PUT", COLLECTION, "");
			List<String> ascending = List.of(texts.split(" "));
			for (String text : reversed(ascending)) {
				client.send("POST", RECORDS, "{\"data\":{\"v\":\"%s\",\"w\":[\"%1$s\"]}}".formatted(text));
			}
			List<String> idsInCodePointOrder = List.of("1", "A", "B", "a", "b");
			idsInCodePointOrder.forEach((id) -> put(client, id, "{}"));
			assertThat(texts(client, "has_v=true&_sort=v")).isEqualTo(ascending);
			assertThat(texts(client, "has_v=true&_sort=-w")).isEqualTo(reversed(ascending));
			for (int i = 0; i < ascending.size(); i++) {
				String value = encode("\"" + ascending.get(i) + "\"");
				assertThat(texts(client, "has_v=true&_sort=v&gt_v=" + value))
					.isEqualTo(ascending.subList(i + 1, ascending.size()));
				assertThat(texts(client, "_sort=v&max_v=" + value)).isEqualTo(ascending.subList(0, i + 1));
			}
			assertThat(ids(client, "has_v=false&_sort=id")).isEqualTo(idsInCodePointOrder);
			assertThat(ids(client, "has_v=false&_sort=id&gt_id=B")).containsExactly("a", "b");
		}
	}

	@Test
	void textIsOrderedByCodePointInMemory() {
		TestClient client = client(MEMORY);
		put(client, "a", "{\"v\":\"😀\"}");
		put(client, "b", "{\"v\":\"ｚ\"}");
		assertThat(ids(client, "_sort=v")).containsExactly("b", "a");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", value = {
			// missing values and null
			"f=null | null | null", "not_f=null | array missing nested none number object text | same",
			"not_f=1 | array missing nested none null object text | same",
			"not_f=axb | array missing nested none null number object | same", "in_f=1,null | null number | same",
			"exclude_f=1,null | array missing nested none object text | same", "has_f=false | missing none | same",
			"exclude_f= | missing none | array missing nested none null number object text", "in_f= | - | -",
			"exclude_id= | - | array missing nested none null number object text", "in_id= | - | -",
			"not_id=null | - | array missing nested none null number object text",
			"min_id=null | - | array missing nested none null number object text", "id=null | - | -",
			"gt_id=[] | - | -", "max_id=[] | array missing nested none null number object text | same",
			"gt_id=5 | array missing nested none null number object text | same", "max_id=true | - | -",
			"_since=null | - | array missing nested none null number object text", "_before=null | - | -",
			"has_id=0 | - | -", "has_last_modified=0 | - | -", "in_id=text,none | none text | same",
			"exclude_id=text | array missing nested none null number object | same",
			// text
			"like_f=X | array text | -", "like_id=ER | number | same", "like_id=n%25er | number | -",
			// arrays
			"contains_f=[[1]] | nested | -", "contains_f=[{\"a\":1}] | nested | -",
			"contains_f=[{\"a\":1,\"b\":2}] | nested | nested", "contains_f=[[1,2]] | nested | nested",
			"contains_f=[[2,1,1]] | nested | -", "contains_f=[[3]] | - | -", "contains_f=[{\"c\":1}] | - | -",
			"contains_f=x | array | array", "contains_f=[] | array nested | array nested",
			"contains_f=[\"x\",1.0] | array | array", "contains_any_f=[[1]] | - | -",
			"contains_any_f=[[1,2]] | nested | nested", "contains_any_f=[3,1.0] | array | array",
			"f=[\"x\",1.0,null] | array | array", "f=[1] | - | -", "f={\"a\":1} | - | -",
			"f={\"b\":[2],\"a\":1.0} | object | object",
			// names with dots
			"f.a=1 | object | missing object", "not_f.b=[2] | array missing nested none null number text | same",
			"has_f.a=true | object | missing object", "in_f.a=1 | object | missing object",
			"min_f.b=0 | array missing nested none null number object text | same", "like_f.a=*1* | object | -" })
	void filterSelectsRecords(String query, String postgresql, String memory) {
		Map<String, String> records = Map.of("null", "{\"f\":null}", "number", "{\"f\":1}", "text", "{\"f\":\"axb\"}",
				"array", "{\"f\":[\"x\",1,null]}", "nested", "{\"f\":[[1,2],{\"a\":1,\"b\":2}]}", "object",
				"{\"f\":{\"a\":1,\"b\":[2]}}", "missing", "{\"f.a\":1}", "none", "{}");
		SERVERS.keySet().forEach((backend) -> records.forEach((id, data) -> put(client(backend), id, data)));
		assertThat(ids(client(POSTGRESQL), "_sort=id&" + encodedValue(query))).isEqualTo(words(postgresql));
		if (!query.startsWith("like_f")) {
			assertThat(ids(client(MEMORY), "_sort=id&" + encodedValue(query)))
				.isEqualTo(words("same".equals(memory) ? postgresql : memory));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "1 | 1", "1.5 | 1.50", "1.5 | 1.5e0", "-0.0 | 0.0", "1e-7 | 0.0000001", "1e16 | *0000000000",
					"5e-324 | 0.000*0005", "100.0 | 100.0", "true | TRUE",
					"[\"a\",{\"b\":null,\"a\":1.0}] | [\"a\", {\"a\": 1.0, \"b\": null}]",
					"{\"bb\":1,\"a\":\"q\\\"\\n\"} | {\"a\": \"q\\\\\"\\\\n\", \"bb\": 1}", "\"a_c\" | a\\_c",
					"\"a%c\" | a\\%c", "\"abc\" | A_C", "\"a😀c\" | a_c", "\"abc\" | a%", "\"a\\nc\" | a%c",
					"\"ÄÖ\" | äö", "\"x*y\" | x*y", "\"aaab\" | *a*b", "\"abcabd\" | *ab_", "\"\" | %", "\"\" | *" })
	void likeMatchesTextOfAnyValueOnPostgresql(String value, String pattern) {
		TestClient client = client(POSTGRESQL);
		put(client, "a", "{\"f\":%s}".formatted(value));
		put(client, "b", "{\"f\":null,\"g\":\"\"}");
		boolean other = pattern.equals("1.50") || pattern.equals("1.5e0");
		assertThat(ids(client, "like_f=" + encode(quoted(pattern)))).isEqualTo(other ? List.of() : List.of("a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\\%c", "a_c", "%", "abd", "*bc", "*ab", "b*", "abbc" })
	void likePatternHasOnlyAsterisksInMemory(String pattern) {
		TestClient client = client(MEMORY);
		put(client, "a", "{\"f\":\"AB\"}");
		put(client, "b", "{\"f\":\"abc\"}");
		put(client, "c", "{\"f\":\"xbcx\"}");
		List<String> expected = switch (pattern) {
			case "*bc" -> List.of("b");
			case "*ab" -> List.of("a");
			default -> List.of();
		};
		assertThat(ids(client, "_sort=id&like_f=" + encode(pattern))).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource
	@Timeout(20)
	void patternWithManyWildcardsIsFast(StorageBackend backend) {
		TestClient client = client(backend);
		put(client, "a", "{\"f\":\"%s\"}".formatted("a".repeat(5_000)));
		assertThat(ids(client, "like_f=" + "*a".repeat(100) + "b")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@Timeout(20)
	void longPathsAreFast(StorageBackend backend) {
		TestClient client = client(backend);
		String data = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
		IntStream.range(0, 200).forEach((i) -> put(client, "r" + i, data));
		String path = "a" + ".a".repeat(20_000);
		assertThat(ids(client, path + "=1")).isEmpty();
		assertThat(ids(client, "has_" + path + "=true")).isEmpty();
		assertThat(ids(client, "_fields=id&_sort=" + path)).hasSize(200);
		assertThat(client.get(RECORDS + "?_limit=1&_fields=" + path).path("data")).hasSize(1);
	}

	@Test
	void sortByTooManyFieldsIsRejected() {
		String fields = String.join(",", IntStream.range(0, 1_700).mapToObj((i) -> "f" + i).toList());
		assertThat(error(POSTGRESQL, "GET", RECORDS + "?_sort=" + fields, "")).isEqualTo("503 201");
		assertThat(ids(client(POSTGRESQL), "_sort=" + "f,".repeat(1_700))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void likeIsEvaluatedOnlyOnRecordsThatNoOtherFilterExcludes(StorageBackend backend) {
		TestClient client = client(backend);
		put(client, "number", "{\"f\":1}");
		put(client, "text", "{\"f\":\"1\",\"z\":1}");
		assertThat(ids(client, "like_f=*1*&z=1")).containsExactly("text");
		assertThat(ids(client, "z=1&like_f=*1*")).containsExactly("text");
	}

	@Test
	void likeFailsOnValueThatIsNotTextInMemory() {
		put(client(MEMORY), "number", "{\"f\":1}");
		assertThat(error(MEMORY, "GET", RECORDS + "?like_f=x", "")).isEqualTo("500 999");
		assertThat(error(MEMORY, "GET", RECORDS + "?like_g=x", "")).isEqualTo("500 999");
		assertThat(client(MEMORY).send("GET", RECORDS + "?like_f=x", "").body()).contains("imitates");
	}

	@ParameterizedTest
	@ValueSource(strings = { "min_last_modified=1.5", "min_last_modified=true", "gt_id=1.5", "gt_id=[1]", "not_id={}",
			"eq_last_modified=\"\\\"5\\\"\"", "like_last_modified=\"5\"", "v=1.8e308", "min_v=[-1.8e308]" })
	void queryThatPostgresqlRejectsIsUnavailable(String query) {
		HttpResponse<String> response = client(POSTGRESQL).send("GET", RECORDS + "?" + encodedValue(query), "");
		assertThat(TestClient.error(response)).isEqualTo("503 201");
		assertThat(response.headers().firstValue("Retry-After")).contains("3");
		assertThat(TestClient.json(response).propertyNames()).containsExactlyInAnyOrder("code", "errno", "error",
				"message");
		assertThat(client(MEMORY).send("GET", RECORDS + "?" + encodedValue(query), "").statusCode()).isEqualTo(200);
	}

	@Test
	void unknownFieldIsRejectedBeforeQuery() {
		assertThat(error(POSTGRESQL, "GET", "/buckets/blog/history?gt_id=1.5", "")).isEqualTo("503 201");
		assertThat(error(POSTGRESQL, "GET", "/buckets/blog/history?gt_id=1.5&_fields=x", ""))
			.isEqualTo("400 107 body:Invalid _fields parameter");
	}

	@Test
	void likePatternWithIncompleteEscapeIsUnavailableOnPostgresql() {
		put(client(POSTGRESQL), "a", "{\"f\":\"abc\"}");
		assertThat(error(POSTGRESQL, "GET", RECORDS + "?like_f=" + encode("*b\\"), "")).isEqualTo("503 201");
		assertThat(ids(client(POSTGRESQL), "like_f=" + encode("*x\\"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "\"a\\u0000b\" | 503 201 | 201", "{\"a\":[{\"\\u0000\":1}]} | 503 201 | 201",
					"1.8e308 | 503 201 | 500 999", "[-1.8e308] | 503 201 | 500 999",
					"1e400 | 400 107 body: body: | same", "1e309 | 400 107 body: body: | same",
					"\"\\ud800\" | 400 107 body: body: | same", "{\"\\udc00\":1} | 400 107 body: body: | same",
					"\"\\ud83d\\ude00\" | 201 | same" })
	void valueIsStoredOrRejected(String value, String postgresql, String memory) {
		assertThat(stored(POSTGRESQL, value)).isEqualTo(postgresql);
		assertThat(stored(MEMORY, value)).isEqualTo("same".equals(memory) ? postgresql : memory);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{} | 503 201 | 500 999", "{\"minimum\":5} | 503 201 | 500 999",
					"{\"maximum\":5} | 400 107 body:v | same", "{\"type\":\"integer\"} | 400 107 body:v | same",
					"{\"multipleOf\":2} | 400 107 body:v | same", "{\"enum\":[1]} | 400 107 body:v | same" })
	void infiniteNumberIsValidated(String schema, String postgresql, String memory) {
		for (StorageBackend backend : StorageBackend.values()) {
			String collection = "{\"data\":{\"schema\":{\"properties\":{\"v\":%s}}}}".formatted(schema);
			assertThat(client(backend).send("PUT", COLLECTION, collection).statusCode()).isEqualTo(200);
		}
		assertThat(stored(POSTGRESQL, "1.8e308")).isEqualTo(postgresql);
		assertThat(stored(MEMORY, "1.8e308")).isEqualTo("same".equals(memory) ? postgresql : memory);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "{\"maximum\":1.8e308} | 503 201 | 500 999", "{\"enum\":[-1.8e308]} | 503 201 | 500 999",
					"{\"multipleOf\":1.8e308} | 503 201 | 500 999",
					"{\"multipleOf\":-1.8e308} | 400 107 body:data.schema | same",
					"{\"maxLength\":1.8e308} | 400 107 body:data.schema | same" })
	void schemaWithInfiniteNumberIsRejected(String schema, String postgresql, String memory) {
		String collection = "{\"data\":{\"schema\":%s}}".formatted(schema);
		assertThat(error(POSTGRESQL, "PUT", COLLECTION, collection)).isEqualTo(postgresql);
		assertThat(error(MEMORY, "PUT", COLLECTION, collection)).isEqualTo("same".equals(memory) ? postgresql : memory);
	}

	private static String stored(StorageBackend backend, String value) {
		HttpResponse<String> response = client(backend).send("PUT", RECORDS + "/a",
				"{\"data\":{\"v\":%s}}".formatted(value));
		if (response.statusCode() == 503) {
			assertThat(response.headers().firstValue("Retry-After")).contains("3");
		}
		int found = client(backend).send("GET", RECORDS + "/a", "").statusCode();
		assertThat(found).isEqualTo((response.statusCode() == 201) ? 200 : 404);
		return (response.statusCode() == 201) ? "201" : TestClient.error(response);
	}

	@ParameterizedTest
	@EnumSource
	void deepNestingIsStoredOrRejected(StorageBackend backend) {
		TestClient client = client(backend);
		put(client, "a", "{\"v\":%s%s}".formatted("[".repeat(478), "]".repeat(478)));
		assertThat(ids(client, "contains_v=%5B%5D")).containsExactly("a");
		assertThat(client.get("/buckets/blog/history?_limit=1").path("data")).hasSize(1);
		assertThat(error(backend, "PUT", RECORDS + "/b",
				"{\"data\":{\"v\":%s%s}}".formatted("[".repeat(500), "]".repeat(500))))
			.startsWith("400 107");
	}

	@Test
	void namesAreKeptInOrderOfPostgresql() {
		String data = "{\"ccc\":{\"b\":1,\"a\":2},\"b\":1,\"aa\":1,\"é\":1}";
		put(client(POSTGRESQL), "a", data);
		put(client(MEMORY), "a", data);
		assertThat(client(POSTGRESQL).get(RECORDS + "/a").path("data").propertyNames()).containsExactly("b", "aa", "é",
				"ccc", "id", "last_modified");
		assertThat(client(POSTGRESQL).get(RECORDS + "/a").path("data").path("ccc").propertyNames()).containsExactly("a",
				"b");
		assertThat(client(MEMORY).get(RECORDS + "/a").path("data").propertyNames()).containsExactly("ccc", "b", "aa",
				"é", "id", "last_modified");
	}

	private static TestClient client(StorageBackend backend) {
		return new TestClient(SERVERS.get(backend), "alice");
	}

	private static void put(TestClient client, String id, String data) {
		HttpResponse<String> response = client.send("PUT", RECORDS + "/" + id, "{\"data\":%s}".formatted(data));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
	}

	private static String error(StorageBackend backend, String method, String path, String body) {
		return TestClient.error(client(backend).send(method, path, body));
	}

	private static List<String> ids(TestClient client, String query) {
		return ids(ok(client, RECORDS + "?" + query));
	}

	private static List<String> texts(TestClient client, String query) {
		return TestClient.json(ok(client, RECORDS + "?" + query))
			.path("data")
			.valueStream()
			.map((record) -> record.path("v").asString())
			.toList();
	}

	private static List<String> ids(HttpResponse<String> response) {
		return TestClient.json(response)
			.path("data")
			.valueStream()
			.map((record) -> record.path("id").asString())
			.toList();
	}

	private static List<String> pages(TestClient client, String url) {
		return Stream
			.iterate(ok(client, url), (page) -> page != null,
					(page) -> page.headers().firstValue("Next-Page").map((next) -> ok(client, next)).orElse(null))
			.flatMap((page) -> ids(page).stream())
			.toList();
	}

	private static HttpResponse<String> ok(TestClient client, String url) {
		HttpResponse<String> response = client.send("GET", url, "");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response;
	}

	private static List<String> reversed(List<String> values) {
		List<String> reversed = new ArrayList<>(values);
		Collections.reverse(reversed);
		return reversed;
	}

	private static List<String> words(String text) {
		return (text != null) ? List.of(text.split(" ")) : List.of();
	}

	private static String encodedValue(String query) {
		String[] parts = query.split("=", 2);
		boolean encoded = parts[1].contains("%25");
		return parts[0] + "=" + (encoded ? parts[1] : encode(parts[1]).replace("%2C", ","));
	}

	private static String quoted(String text) {
		return JsonNodeFactory.instance.stringNode(text).toString();
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
