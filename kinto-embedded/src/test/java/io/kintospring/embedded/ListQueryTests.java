package io.kintospring.embedded;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kintospring.embedded.junit.EmbeddedKinto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for filters, sort orders and other parameters of lists.
 */
@EmbeddedKinto
class ListQueryTests {

	private static final String RECORDS = "/buckets/blog/collections/posts/records";

	private static final Map<String, String> VALUES = new LinkedHashMap<>();

	static {
		VALUES.put("big", "4611686018427387904");
		VALUES.put("bigger", "4611686018427387905");
		VALUES.put("biggest", "9223372036854775813");
		VALUES.put("capital", "\"B\"");
		VALUES.put("digits", "\"10\"");
		VALUES.put("half", "2.5");
		VALUES.put("letter", "\"a\"");
		VALUES.put("negative", "-3");
		VALUES.put("no", "false");
		VALUES.put("none", "null");
		VALUES.put("object", "{\"k\":1}");
		VALUES.put("one", "1");
		VALUES.put("pair", "[1,2]");
		VALUES.put("ten", "10");
		VALUES.put("two", "2");
		VALUES.put("yes", "true");
	}

	private TestClient client;

	@BeforeEach
	void createRecords(EmbeddedKintoServer server) {
		this.client = new TestClient(server, "alice");
		this.client.send("PUT", "/buckets/blog", "");
		this.client.send("PUT", "/buckets/blog/collections/posts", "");
		VALUES.forEach((id, value) -> this.client.send("PUT", RECORDS + "/" + id,
				"{\"data\":{\"v\":%1$s,\"w\":{\"x\":%1$s}}}".formatted(value)));
		this.client.send("PUT", RECORDS + "/without", "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "one,two,half,ten,big,bigger,biggest,negative | negative one two half ten big bigger biggest",
					"no,yes | no yes", "letter,capital,digits | digits capital letter",
					"yes,no,ten,one,letter,none,without,object,pair | none letter one ten no yes pair object without" })
	void recordsAreSortedByValue(String ids, String sorted) {
		List<String> ascending = List.of(sorted.split(" "));
		List<String> descending = new ArrayList<>(ascending);
		Collections.reverse(descending);
		assertThat(ids(Map.of("in_id", ids, "_sort", "v"))).isEqualTo(ascending);
		assertThat(ids(Map.of("in_id", ids, "_sort", "-v"))).isEqualTo(descending);
		assertThat(ids(Map.of("in_id", ids, "_sort", "w.x"))).isEqualTo(ascending);
		assertThat(ids(Map.of("in_id", ids, "_sort", "my-field,+v"))).isEqualTo(ascending);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "in_v=1&in_v=2 | two one", "exclude_id=a&exclude_id=b&in_v=1&in_v=1 | one", "v=1&v=2 | ~~",
					"v=1&v=1 | ~~", "min_v=3&min_v=2&in_id=one,ten | ~~",
					"has_v=false&has_v=false&in_id=one,without | one", "_sort=v&_sort=-v&in_v=1,2 | one two",
					"_foo=1&_foo=2&in_v=1 | one" })
	void valuesOfRepeatedParameterAreList(String query, String ids) {
		assertThat(this.client.get(RECORDS + "?" + query)
			.path("data")
			.valueStream()
			.map((record) -> record.path("id").asString()))
			.containsExactlyElementsOf(ids.isEmpty() ? List.of() : List.of(ids.split(" ")));
	}

	@Test
	void nextPageHasLastValueOfRepeatedParameterAsInKinto() {
		HttpResponse<String> page = this.client.send("GET", RECORDS + "?in_v=2&_limit=1&_sort=-v&_sort=v&in_v=1", "");
		assertThat(page.headers().firstValue("Next-Page")).get()
			.asString()
			.contains("?in_v=1&_limit=1&_sort=v&_token=");
		assertThat(TestClient.json(page).path("data").get(0).path("id").asString()).isEqualTo("two");
	}

	@Test
	void fieldsOfRepeatedParameterAreSelected() {
		assertThat(this.client.get(RECORDS + "?id=%22one%22&_fields=v&_fields=w").path("data").get(0).propertyNames())
			.containsExactlyInAnyOrder("id", "last_modified", "v", "w");
	}

	@ParameterizedTest
	@ValueSource(strings = { "_limit", "_since", "_before", "_token", "id", "like_v", "last_modified" })
	void parameterWithOneValueCannotBeRepeated(String name) {
		HttpResponse<String> response = this.client.send("GET", RECORDS + "?%1$s=1&%1$s=2".formatted(name), "");
		assertThat(TestClient.error(response)).isEqualTo("400 107 querystring:" + name);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "min_v=2 | big bigger biggest half ten two", "gt_v=2.5 | big bigger biggest ten",
					"max_v=2.5 | half negative one two", "lt_v=1.0 | negative",
					"gt_v=4611686018427387904 | bigger biggest",
					"lt_v=9223372036854775813 | big bigger half negative one ten two",
					"v=9223372036854775813 | biggest", "v=2.0 | two", "v=1 | one", "v=\"1\" | ", "w.x=2 | two",
					"v=10 | ten", "v=\"10\" | digits", "not_v=1 | big bigger biggest half negative ten two" })
	void numbersAreCompared(String filter, String ids) {
		String numbers = "big,bigger,biggest,half,negative,one,ten,two,digits";
		List<String> selected = new ArrayList<>(ids(parameters(filter + "&in_id=" + numbers)));
		if (!filter.contains("v=\"")) {
			selected.remove("digits");
		}
		assertThat(selected).isEqualTo(words(ids));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			value = { "gt_v=false&in_id=no,yes | yes", "lt_v=true&in_id=no,yes | no", "min_v=true&in_id=no,yes | yes",
					"max_v=false&in_id=no,yes | no", "v=true | yes", "v=null | none",
					"not_v=null&in_id=none,one,without | one without", "v={\"k\":1} | object", "v={\"k\":1.0} | object",
					"v=[1,2] | pair", "v=[2,1] | ", "has_v=true&in_id=none,without | none", "has_v=false | without",
					"has_w.x=false | without", "in_v=1,2.0,\"a\" | letter one two", "in_v= | ", "in_v=true | yes",
					"exclude_v=1&in_id=one,two,without | two without", "contains_v=1 | pair", "contains_v=[2,1] | pair",
					"contains_v=[1,3] | ", "contains_any_v=[3,2] | pair", "contains_any_v=[3,4] | ",
					"like_id=*TE* | letter ten", "like_id=TE | letter ten", "like_id=*T | biggest object without",
					"like_id=T*N | ten", "like_id=.* | ", "id=0 | ", "id=[] | ", "id=one | one", "id=\"one\" | one",
					"min_id=two | two without yes", "not_id=one&in_id=one,two | two", "eq_v=1 | one",
					"_v=1&in_id=one,two | one two", "my-field=1 | " })
	void filterSelectsRecords(String query, String ids) {
		assertThat(ids(parameters(query))).isEqualTo(words(ids));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "like_v=1 | like_v", "contains_id=a | contains_id",
			"contains_any_last_modified=1 | contains_any_last_modified", "min_last_modified=x | min_last_modified",
			"last_modified=null | last_modified", "gt_last_modified=-1 | gt_last_modified",
			"in_last_modified=5 | in_last_modified", "exclude_last_modified=5 | exclude_last_modified",
			"in_id=1,2 | in_id", "exclude_id=1 | exclude_id", "min_last_modified=\"5 | min_last_modified", "id=5 | id",
			"_since= | _since", "_since=9999999999999 | _since", "_since=\"9999999999999\" | _since",
			"_before=abc | _before", "_limit=x | _limit", "_limit=[1] | _limit", "_limit=-1 | _limit",
			"_token=5 | _token", "_token=true | _token" })
	void invalidParameterIsRejected(String query, String name) {
		assertThat(TestClient.error(list(parameters(query)))).isEqualTo("400 107 querystring:" + name);
	}

	@ParameterizedTest
	@CsvSource({ RECORDS + ", like_z=1&like_a=1, like_z", RECORDS + ", like_a=1&like_z=1, like_a",
			"/permissions, min_z=1&gt_a=1, min_z" })
	void firstInvalidFilterIsReported(String list, String query, String name) {
		assertThat(TestClient.error(this.client.send("GET", list + "?" + query, "")))
			.isEqualTo("400 107 querystring:" + name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\0b", "\"\0\"", "{\"a\0\":1}", "[\"a\0\"]", "[{\"a\":\"\0\"}]" })
	void nullCharacterInFilterIsRejected(String value) {
		assertThat(TestClient.error(list(Map.of("v", value.replace("\0", value.startsWith("a") ? "\0" : "\\u0000")))))
			.isEqualTo("400 107 querystring:v");
	}

	@Test
	void nullCharacterInNameOfFilterIsRejected() {
		assertThat(TestClient.error(list(Map.of("v\0", "1")))).isEqualTo("400 107 querystring:v\0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "e30", "W10", "bnVsbA", "eyJsYXN0X29iamVjdCI6e319",
			"eyJsYXN0X29iamVjdCI6e30sIm9mZnNldCI6MH0", "eyJsYXN0X29iamVjdCI6e30sIm5vbmNlIjoieCJ9" })
	void incompletePageTokenIsRejected(String token) {
		assertThat(TestClient.error(list(Map.of("_token", token)))).isEqualTo("400 107 querystring");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "0", "{}" })
	void emptyPageTokenSelectsFirstPage(String token) {
		assertThat(ids(Map.of("_token", token, "in_v", "1,2"))).containsExactly("one", "two");
	}

	@ParameterizedTest
	@CsvSource({ "0, 3", "'', 3", "null, 3", "true, 1", "1.9, 1", "+1, 1", "\"1\", 1", "2, 2", "1e9, 3" })
	void limitIsReadAsInKinto(String limit, int count) {
		HttpResponse<String> response = list(Map.of("_limit", limit, "in_id", "one,two,ten"));
		assertThat(TestClient.json(response).path("data")).hasSize(count);
		assertThat(response.headers().firstValue("Next-Page").isPresent()).isEqualTo(count < 3);
	}

	@ParameterizedTest
	@CsvSource({ "_since=5, 17", "_since=\"5\", 17", "_since=true, 17", "_since=1.5, 17", "_before=5, 0",
			"_before=null, 0", "_to=5, 0", "min_last_modified=\"5\", 17" })
	void recordsAreSelectedByVersion(String query, int count) {
		HttpResponse<String> response = list(parameters(query));
		assertThat(TestClient.json(response).path("data")).hasSize(count);
		assertThat(response.headers().firstValue("Alert").isPresent()).isEqualTo(query.startsWith("_to"));
	}

	private List<String> ids(Map<String, String> query) {
		Map<String, String> sorted = new LinkedHashMap<>(query);
		sorted.putIfAbsent("_sort", "id");
		HttpResponse<String> response = list(sorted);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return TestClient.json(response)
			.path("data")
			.valueStream()
			.map((record) -> record.path("id").asString())
			.toList();
	}

	private HttpResponse<String> list(Map<String, String> query) {
		return this.client.send("GET",
				query.entrySet()
					.stream()
					.map((parameter) -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
					.collect(Collectors.joining("&", RECORDS + "?", "")),
				"");
	}

	private static Map<String, String> parameters(String query) {
		return Stream.of(query.split("&"))
			.map((parameter) -> parameter.split("=", 2))
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
	}

	private static List<String> words(String text) {
		return (text != null) ? List.of(text.split(" ")) : List.of();
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
