package io.kintospring.protocol;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.query.KintoQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requests for lists, and their pages.
 */
class ListTests {

	private static final String ONE = "{\"id\":\"a\",\"last_modified\":5,\"title\":\"A\",\"stars\":1}";

	private static final String GONE = "{\"id\":\"b\",\"last_modified\":6,\"deleted\":true}";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			eq_title | a+b            | eq_title=a%2Bb
			eq_title | a&b=c#d?       | eq_title=a%26b%3Dc%23d%3F
			eq_title | {"a":"b"}      | eq_title=%7B%22a%22%3A%22b%22%7D
			eq_title | {id}           | eq_title=%7Bid%7D
			eq_title | "123"          | eq_title=%22123%22
			eq_title | Blüten äöß     | eq_title=Bl%C3%BCten%20%C3%A4%C3%B6%C3%9F
			eq_title | 100% sure      | eq_title=100%25%20sure
			eq_title | 😀              | eq_title=%F0%9F%98%80
			in_id    | a,b            | in_id=a%2Cb
			a b&ü    | 1              | a%20b%26%C3%BC=1
			has_x    | true           | has_x=true
			_since   | "1700"         | _since=%221700%22
			""")
	void filterIsEncoded(String name, String value, String query) {
		assertThat(query((q) -> q.filter(name, value))).isEqualTo(query);
	}

	@Test
	void emptyFilterIsSent() {
		assertThat(query((q) -> q.filter("in_id", ""))).isEqualTo("in_id=");
	}

	/**
	 * Kinto applies only one of repeated parameters.
	 */
	@Test
	void duplicateFilterIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> query((q) -> q.filter("a", "1").filter("b", "2").filter("a", "3")))
			.withMessage("'a' is in the query twice, but Kinto applies only one: remove the other");
	}

	@Test
	void lastSortWins() {
		assertThat(query((q) -> q.sort("a").sort("-b.c", "d"))).isEqualTo("_sort=-b.c%2Cd");
	}

	@ParameterizedTest
	@CsvSource({ "_sort, sort(…)", "_limit, limit(…)", "_fields, fields(…)", "_token, from(…)" })
	void nonFilterParameterIsRejected(String name, String instead) {
		assertThatIllegalArgumentException().isThrownBy(() -> query((q) -> q.filter(name, "1")))
			.withMessage("'" + name + "' is not a filter: use " + instead);
	}

	@Test
	void pageIsRead() {
		ListResult<Post> page = Requests.collection(Post.class)
			.list()
			.read(Responses.page("[" + ONE + "," + ONE.replace("\"a\"", "\"c\"") + "]"));
		assertThat(page.data()).containsExactly(post("a"), post("c"));
		assertThat(page.tombstones()).isEmpty();
		assertThat(page.timestamp()).isEqualTo(KintoTimestamp.of(1700));
		assertThat(page.next()).isNull();
	}

	@Test
	void emptyPageIsRead() {
		ListResult<Post> page = Requests.collection(Post.class).list().read(Responses.page("[]"));
		assertThat(page.data()).isEmpty();
		assertThat(page.timestamp()).isEqualTo(KintoTimestamp.of(1700));
	}

	@Test
	void pagesOfBucketsAndCollectionsAreRead() {
		KintoResponse response = Responses.page("[{\"id\":\"a\",\"last_modified\":5,\"schema\":{\"id\":1}}]");
		Map<String, Object> data = Map.of("id", "a", "last_modified", 5, "schema", Map.of("id", 1));
		KintoObject<Map<String, Object>> expected = new KintoObject<>("a", KintoTimestamp.of(5), data,
				KintoPermissions.none());
		assertThat(Requests.kinto().buckets().list().read(response).data()).containsExactly(expected);
		assertThat(Requests.kinto().bucket("b").collections().list().read(response).data()).containsExactly(expected);
	}

	@Test
	void weakETagIsRead() {
		KintoResponse response = Responses.page("[]");
		response.headers().set("ETag", "W/\"1700\"");
		assertThat(Requests.collection().list().read(response).timestamp()).isEqualTo(KintoTimestamp.of(1700));
	}

	@ParameterizedTest
	@ValueSource(strings = { "_since", "_before", "_to", "gt_last_modified", "last_modified", "min_last_modified" })
	void tombstonesAreSeparatedWithVersionFilter(String filter) {
		ListResult<Post> page = Requests.collection(Post.class)
			.list((q) -> q.filter(filter, "1"))
			.read(Responses.page("[" + GONE + "," + ONE + "]"));
		assertThat(page.data()).containsExactly(post("a"));
		assertThat(page.tombstones()).containsExactly(new KintoTombstone("b", KintoTimestamp.of(6)));
	}

	@Test
	void tombstonesAreSeparatedOnNextPage() {
		ListResult<Post> page = Requests.collection(Post.class)
			.list((q) -> q.filter("_since", "1"))
			.read(Responses.page("[]", "Next-Page", "http://h/v1/x?_since=1&_token=t"));
		assertThat(page.next()).isNotNull();
		assertThat(page.next().read(Responses.page("[" + GONE + "]")).tombstones())
			.containsExactly(new KintoTombstone("b", KintoTimestamp.of(6)));
	}

	@Test
	void recordWithDeletedFieldIsNoTombstone() {
		String record = "{\"id\":\"a\",\"last_modified\":5,\"deleted\":true,\"a\":1}";
		assertThat(Requests.collection()
			.list((q) -> q.filter("_since", "1"))
			.read(Responses.page("[" + record + "]"))
			.data()).extracting(KintoObject::id).containsExactly("a");
		String without = "{\"id\":\"b\",\"last_modified\":6,\"deleted\":true}";
		assertThat(Requests.collection().list().read(Responses.page("[" + without + "]")).data())
			.extracting(KintoObject::id)
			.containsExactly("b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:8888/v1/buckets/b/collections/c/records",
			"https://evil.example.com/v1/buckets/other/collections/x/records", "http://user:secret@h/v1/",
			"//h/v1/buckets/9c1f/collections/c/records", "/v1/buckets/b/collections/c/records", "" })
	void nextPageStaysOnSameHost(String address) {
		KintoCall<ListResult<Map<String, Object>>> first = Requests.collection().list((q) -> q.limit(2));
		KintoCall<ListResult<Map<String, Object>>> next = first
			.read(Responses.page("[]", "Next-Page", address + "?_limit=2&_token=eyJ%2Bx%3D%3D"))
			.next();
		assertThat(next).isNotNull();
		assertThat(Requests.text(next)).isEqualTo(
				"GET /buckets/b/collections/c/records?_limit=2&_token=eyJ%2Bx%3D%3D\n" + "Accept: application/json");
		assertThat(next.request().operation()).isEqualTo("listRecords");
		assertThat(next.read(Responses.page("[]")).next()).isNull();
		assertThat(next.read(Responses.page("[]", "Next-Page", address + "?_token=third")).next()).isNotNull()
			.extracting((third) -> third.request().target())
			.isEqualTo("/buckets/b/collections/c/records?_token=third");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://h/v1/x", "http://h/v1/x?_token=a b", "http://h/v1/x?_token={\"a\"", "", "http://" })
	void invalidNextPageFailsWithoutQuotingIt(String nextPage) {
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Requests.collection().list().read(Responses.page("[]", "Next-Page", nextPage)))
			.withMessageEndingWith("(200, application/json) cannot be read as a list of Map: the header 'Next-Page'"
					+ " is not a URL with a query");
	}

	@ParameterizedTest
	@MethodSource
	void malformedPageIsDescribed(String body, String reason) {
		KintoResponse response = Responses.json(200, body, "ETag", "\"1700\"");
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Requests.collection(Post.class).list().read(response))
			.withMessageStartingWith("listRecords GET /buckets/b/collections/c/records: the response (200,"
					+ " application/json) cannot be read as a list of Post: ")
			.withMessageContaining(reason);
	}

	static Stream<Object[]> malformedPageIsDescribed() {
		return Stream.of(new Object[] { "", "but found the end of the body" },
				new Object[] { "{}", "the response has no 'data'" }, new Object[] { "[]", "but found START_ARRAY" },
				new Object[] { "{\"data\":{}}", "expected START_ARRAY, but found START_OBJECT" },
				new Object[] { "{\"data\":[5]}", "expected START_OBJECT, but found VALUE_NUMBER_INT" },
				new Object[] { "{\"data\":[null]}", "but found VALUE_NULL" },
				new Object[] { "{\"data\":[{\"title\":\"T\",\"stars\":1}]}", "no 'id' or no 'last_modified'" },
				new Object[] { "{\"data\":[" + ONE, "Unexpected end" },
				new Object[] { "{\"data\":[" + ONE + "," + ONE.replace("1", "\"x\""),
						"object 'a': 'stars' is text that cannot be read as int" });
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"1700\"", "W/\"1700\"", "\"1700-gzip\"", "\"1700;gzip\"", "W/\"1700-br\"" })
	void suffixedETagIsRead(String etag) {
		assertThat(Requests.collection().list().read(Responses.json(200, "{\"data\":[]}", "ETag", etag)).timestamp())
			.isEqualTo(KintoTimestamp.of(1700));
	}

	@Test
	void objectsOfListDoNotShareState() {
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Requests.collection(Post.class)
				.list()
				.read(Responses.page("[" + ONE + ",{\"title\":\"B\",\"stars\":2}]")))
			.withMessageContaining("no 'id' or no 'last_modified'");
	}

	/**
	 * Object identities are only valid within one record.
	 */
	@Test
	void objectIdentitiesArePerRecord() {
		String record = "{\"id\":\"%s\",\"last_modified\":5,\"author\":{\"key\":1,\"name\":\"%s\"},\"editor\":1}";
		for (String query : List.of("_sort", "_since")) {
			assertThat(Requests.collection(Signed.class)
				.list((q) -> query.equals("_since") ? q.filter(query, "1") : q.sort("id"))
				.read(Responses.page("[" + record.formatted("a", "Ann") + "," + record.formatted("b", "Bob") + "]"))
				.data()).extracting((object) -> object.data().author().name() + object.data().editor().name())
				.containsExactly("AnnAnn", "BobBob");
		}
	}

	@Test
	void pageWithoutETagFails() {
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Requests.collection().list().read(Responses.json(200, "{\"data\":[]}")))
			.withMessageContaining("the response has no ETag");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\"x\"", "\"\"", "\"1\"2" })
	void pageWithInvalidETagFails(String etag) {
		KintoResponse response = Responses.page("[]");
		response.headers().set("ETag", etag);
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> Requests.collection().list().read(response))
			.withMessageContaining("'" + etag + "' is not a Kinto timestamp");
	}

	record Signed(Author author, Author editor) {
	}

	@JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "key")
	record Author(int key, String name) {
	}

	private static KintoObject<Post> post(String id) {
		return new KintoObject<>(id, KintoTimestamp.of(5), new Post("A", 1), KintoPermissions.none());
	}

	private static String query(KintoQuery.Customizer query) {
		return List
			.of(Requests.collection().list(query), Requests.kinto().buckets().list(query),
					Requests.kinto().bucket("b").collections().list(query))
			.stream()
			.map((call) -> call.request().query())
			.distinct()
			.reduce((a, b) -> a + " or " + b)
			.orElseThrow();
	}

	@Test
	void listContinuesFromToken() {
		CollectionCalls<Map<String, Object>> records = Requests.collection();
		String token = records.list((q) -> q.limit(2))
			.read(Responses.page("[]", "Next-Page", "http://h/v1/x?_limit=2&_token=eyJ%2Bx%3D%3D"))
			.nextToken();
		assertThat(token).isEqualTo("eyJ+x==");
		assertThat(records.list((q) -> q.limit(2).from(token)).request().query())
			.isEqualTo("_limit=2&_token=eyJ%2Bx%3D%3D");
		assertThat(records.list().read(Responses.page("[]")).nextToken()).isNull();
		assertThat(records.list().read(Responses.page("[]", "Next-Page", "http://h/v1/x?_offset=2")).nextToken())
			.as("Next-Page without a token")
			.isNull();
		assertThat(records.list((q) -> q.limit(2).from(null)).request().query()).isEqualTo("_limit=2");
		assertThatIllegalArgumentException().isThrownBy(() -> KintoQuery.of().from(" "))
			.withMessage("The token must not be blank: use null to start with the first page");
	}

	@Test
	void severalPagesAreJoined() {
		ListResult<Map<String, Object>> pages = Steps
			.of(Requests.collection().listPages((q) -> q.limit(1).pages(2).filter("_since", "1")))
			.respond(Responses.page("[{\"id\":\"a\",\"last_modified\":9}]", "ETag", "\"9\"", "Next-Page",
					"http://h/v1/x?_token=2"))
			.sends("GET /buckets/b/collections/c/records?_token=2")
			.respond(Responses.page("[{\"id\":\"b\",\"last_modified\":8}," + GONE + "]", "Next-Page",
					"http://h/v1/x?_token=3"))
			.result();
		assertThat(pages.data()).extracting(KintoObject::id).containsExactly("a", "b");
		assertThat(pages.tombstones()).hasSize(1);
		assertThat(pages.nextToken()).isEqualTo("3");
		assertThat(Steps.of(Requests.collection().listPages((q) -> q.pages(5)))
			.respond(Responses.page("[]"))
			.result()
			.next()).isNull();
		assertThat(Steps.of(Requests.collection().listPages())
			.respond(Responses.page("[]", "Next-Page", "http://h/v1/x?_token=2"))
			.result()
			.nextToken()).isEqualTo("2");
	}

}
