package io.kintospring.protocol;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kintospring.KintoOptions;
import io.kintospring.KintoTimestamp;
import io.kintospring.query.KintoQuery;
import io.kintospring.query.PropertyReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Encoding of queries.
 */
class QueryTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void conditionIsEncoded(String expected, KintoQuery.Customizer query) {
		assertThat(UriUtils.decode(query(query), "UTF-8")).isEqualTo(expected);
	}

	static Stream<Object[]> conditionIsEncoded() {
		return Stream.of(texts(), values(), operators(), names()).flatMap((rows) -> rows);
	}

	/**
	 * Kinto reads values as JSON, so text is always quoted.
	 */
	private static Stream<Object[]> texts() {
		return Stream.of(row("eq_title=\"x\"", (q) -> q.where("title").is("x")),
				row("eq_title=\"123\"", (q) -> q.where("title").is("123")),
				row("eq_title=\"56.0\"", (q) -> q.where("title").is("56.0")),
				row("eq_title=\"1e3\"", (q) -> q.where("title").is("1e3")),
				row("eq_title=\"true\"", (q) -> q.where("title").is("true")),
				row("eq_title=\"null\"", (q) -> q.where("title").is("null")),
				row("eq_title=\"\"", (q) -> q.where("title").is("")),
				row("eq_title=\" \"", (q) -> q.where("title").is(" ")),
				row("eq_title=\"[1]\"", (q) -> q.where("title").is("[1]")),
				row("eq_title=\"a,b\"", (q) -> q.where("title").is("a,b")),
				row("eq_title=\"a+b & c=d#?% {x}\"", (q) -> q.where("title").is("a+b & c=d#?% {x}")),
				row("eq_title=\"\\\"q\\\" \\\\ \\n\"", (q) -> q.where("title").is("\"q\" \\ \n")),
				row("eq_title=\"Blüten 😀\"", (q) -> q.where("title").is("Blüten 😀")),
				row("like_title=\"123\"", (q) -> q.where("title").like("123")),
				row("like_title=\"a*\"", (q) -> q.where("title").like("a*")));
	}

	private static Stream<Object[]> values() {
		UUID uuid = UUID.fromString("4b8a5c1e-0000-4000-8000-000000000001");
		return Stream.of(row("eq_a=5", (q) -> q.where("a").is(5)), row("eq_a=-5", (q) -> q.where("a").is(-5L)),
				row("eq_a=1.5", (q) -> q.where("a").is(1.5)),
				row("eq_a=12345678901234567890", (q) -> q.where("a").is(new BigDecimal("12345678901234567890"))),
				row("eq_a=true", (q) -> q.where("a").is(true)), row("eq_a=null", (q) -> q.where("a").is(null)),
				row("not_a=null", (q) -> q.where("a").not(null)),
				row("eq_a=\"red\"", (q) -> q.where("a").is(Color.red)),
				row("eq_a=\"" + uuid + "\"", (q) -> q.where("a").is(uuid)),
				row("eq_a=\"2026-11-23\"", (q) -> q.where("a").is(LocalDate.of(2026, 11, 23))),
				row("min_a=\"1970-01-01T00:00:00Z\"", (q) -> q.where("a").min(Instant.EPOCH)),
				row("eq_a=[\"x\",1]", (q) -> q.where("a").is(List.of("x", 1))),
				row("eq_a={\"b\":\"x\"}", (q) -> q.where("a").is(Map.of("b", "x"))),
				row("eq_a={\"title\":\"T\",\"stars\":1}", (q) -> q.where("a").is(new Post("T", 1))),
				row("gt_last_modified=5", (q) -> q.where("last_modified").greaterThan(KintoTimestamp.of(5))));
	}

	private static Stream<Object[]> operators() {
		List<Integer> none = List.of();
		return Stream.of(row("not_a=1", (q) -> q.where("a").not(1)), row("min_a=1", (q) -> q.where("a").min(1)),
				row("max_a=1", (q) -> q.where("a").max(1)), row("gt_a=1", (q) -> q.where("a").greaterThan(1)),
				row("lt_a=1", (q) -> q.where("a").lessThan(1)), row("in_a=1,2", (q) -> q.where("a").in(1, 2)),
				row("in_id=\"1\",\"2\"", (q) -> q.where("id").in("1", "2")),
				row("in_a=\"x\",1,true,null", (q) -> q.where("a").in(Arrays.asList("x", 1, true, null))),
				row("in_a=null", (q) -> q.where("a").in(Collections.singletonList(null))),
				row("in_a=", (q) -> q.where("a").in(none)), row("in_a=\"\"", (q) -> q.where("a").in("")),
				row("exclude_a=1,\"x\"", (q) -> q.where("a").notIn(1, "x")), row("", (q) -> q.where("a").notIn(none)),
				row("", (q) -> q.where("a").notIn()),
				row("min_b=1&max_b=2", (q) -> q.where("b").min(1).where("a").notIn(none).where("b").max(2)),
				row("exclude_a=1", (q) -> q.where("a").notIn(none).where("a").notIn(1)),
				row("has_a=true", (q) -> q.where("a").exists()), row("has_a=false", (q) -> q.where("a").exists(false)),
				row("contains_a=[\"x\"]", (q) -> q.where("a").contains("x")),
				row("contains_a=[\"a,b\",1]", (q) -> q.where("a").contains("a,b", 1)),
				row("contains_a=[[1,2]]", (q) -> q.where("a").contains(List.of(1, 2))),
				row("contains_any_a=[\"x\",null]", (q) -> q.where("a").containsAny("x", null)),
				row("_since=\"1700\"", (q) -> q.since(KintoTimestamp.of(1700))),
				row("_before=\"1700\"", (q) -> q.before(KintoTimestamp.of(1700))),
				row("_since=\"1\"&_before=\"9\"", (q) -> q.since(KintoTimestamp.of(1)).before(KintoTimestamp.of(9))),
				row("min_a=1&max_a=3&not_a=2", (q) -> q.where("a").min(1).where("a").max(3).where("a").not(2)));
	}

	/**
	 * Kinto would read a name that starts like an operator as that operator, and ignore
	 * one that starts with an underscore.
	 */
	private static Stream<Object[]> names() {
		return Stream.of(row("eq_in_stock=true", (q) -> q.where("in_stock").is(true)),
				row("eq_min_age=3", (q) -> q.where("min_age").is(3)),
				row("min_min_age=3", (q) -> q.where("min_age").min(3)),
				row("eq_has_x=1", (q) -> q.where("has_x").is(1)),
				row("has_has_x=true", (q) -> q.where("has_x").exists()), row("eq_eq_x=1", (q) -> q.where("eq_x").is(1)),
				row("eq_contains_any_x=1", (q) -> q.where("contains_any_x").is(1)),
				row("eq__private=1", (q) -> q.where("_private").is(1)),
				row("eq__since=1", (q) -> q.where("_since").is(1)), row("gt__a=1", (q) -> q.where("_a").greaterThan(1)),
				row("eq_address.city=\"Berlin\"", (q) -> q.where("address.city").is("Berlin")),
				row("like_a.b.c=\"x\"", (q) -> q.where("a.b.c").like("x")),
				row("my-field=\"1\"", (q) -> q.where("my-field").is("1")), row("a b=1", (q) -> q.where("a b").is(1)),
				row("a.my-field=null", (q) -> q.where("a.my-field").is(null)),
				row("min_größe=1", (q) -> q.where("größe").min(1)), row("eq_数=1", (q) -> q.where("数").is(1)));
	}

	private static Object[] row(String expected, KintoQuery.Customizer query) {
		return new Object[] { expected, query };
	}

	/**
	 * Kinto on PostgreSQL finds nothing with an empty exclusion.
	 */
	@Test
	void emptyExclusionIsNotSent() {
		CollectionCalls<Map<String, Object>> collection = Requests.collection();
		KintoQuery.Customizer query = (q) -> q.where("a").notIn(List.of());
		assertThat(collection.list(query).request().query()).isEmpty();
		assertThat(collection.count(query).request().query()).isEmpty();
		Steps.of(collection.deleteAll(query)).sends("DELETE /buckets/b/collections/c/records");
		Steps.of(collection.deleteAll((q) -> query.apply(q).where("b").is(1)))
			.sends("DELETE /buckets/b/collections/c/records?eq_b=1");
	}

	@Test
	void emptyExclusionOfVersionsReadsNoTombstones() {
		assertThat(query((q) -> q.fields("title").where("last_modified").notIn(List.of()))).isEqualTo("_fields=title");
		assertThat(query((q) -> q.fields("title").where("last_modified").notIn(5)))
			.isEqualTo("_fields=title%2Cdeleted&exclude_last_modified=5");
	}

	@Test
	void emptyExclusionOfUnsupportedFieldIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> query((q) -> q.where("my-field").notIn(List.of())));
	}

	@Test
	void conditionIsUrlEncoded() {
		assertThat(query((q) -> q.where("title").is("a+b & {x}"))).isEqualTo("eq_title=%22a%2Bb%20%26%20%7Bx%7D%22");
		assertThat(query((q) -> q.where("a").in("x", "y"))).isEqualTo("in_a=%22x%22%2C%22y%22");
		assertThat(query((q) -> q.where("größe").is(1))).isEqualTo("eq_gr%C3%B6%C3%9Fe=1");
	}

	@Test
	void queryCombinesItsParts() {
		assertThat(UriUtils.decode(query((q) -> q.where("author")
			.is("x")
			.sort("-last_modified", "title")
			.limit(20)
			.fields("title", "address.city")), "UTF-8"))
			.isEqualTo("_sort=-last_modified,title&_limit=20&_fields=title,address.city&eq_author=\"x\"");
	}

	/**
	 * Kinto's memory backend ignores filters before one on existence, so a deletion would
	 * delete too much.
	 */
	@Test
	void existenceFiltersComeFirst() {
		assertThat(query((q) -> q.where("a").min(1).where("a").exists().where("b").is(2)))
			.isEqualTo("has_a=true&min_a=1&eq_b=2");
		assertThat(query((q) -> q.where("a").min(1).filter("has_b", "true"))).isEqualTo("has_b=true&min_a=1");
	}

	@Test
	void queryIsImmutable() {
		KintoQuery one = KintoQuery.of().where("a").is(1);
		KintoQuery two = one.where("b").is(2);
		assertThat(query((q) -> one)).isEqualTo("eq_a=1");
		assertThat(query((q) -> two)).isEqualTo("eq_a=1&eq_b=2");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void ambiguousConditionIsRejected(String reason, KintoQuery.Customizer query) {
		assertThatIllegalArgumentException().isThrownBy(() -> query(query)).withMessage(reason);
	}

	static Stream<Object[]> ambiguousConditionIsRejected() {
		String characters = ": the name must consist of letters, digits, '_' and '.'";
		String among = "Kinto cannot search for lists, objects or text with a comma among several values of 'a', because"
				+ " it splits them at commas: use is(…) for each";
		String sort = "'" + characters;
		return Stream.of(row(among, (q) -> q.where("a").in("x", "a,b")), row(among, (q) -> q.where("a").notIn(",")),
				row(among, (q) -> q.where("a").in(List.of(List.of(1)))),
				row(among, (q) -> q.where("a").in(List.of(), 1)), row(among, (q) -> q.where("a").in(Map.of("b", 1))),
				row("Kinto cannot filter by 'my-field' except with is(…)" + characters,
						(q) -> q.where("my-field").min(1)),
				row("Kinto cannot filter by 'my-field' except with is(…)" + characters,
						(q) -> q.where("my-field").exists()),
				row("Kinto cannot filter by 'a b' except with is(…)" + characters, (q) -> q.where("a b").in("x")),
				row("Kinto cannot filter by 'in_my-field'" + characters, (q) -> q.where("in_my-field").is(1)),
				row("Kinto cannot filter by '_my-field'" + characters, (q) -> q.where("_my-field").is(1)),
				row("Kinto cannot filter by ' a'" + characters, (q) -> q.where(" a").is(1)),
				row("'eq_a' is in the query twice, but Kinto applies only one: remove the other",
						(q) -> q.where("a").is(1).where("b").is(1).where("a").is(2)),
				row("'eq_a' is in the query twice, but Kinto applies only one: remove the other",
						(q) -> q.where("a").is(1).filter("eq_a", "2")),
				row("'_since' is in the query twice, but Kinto applies only one: remove the other",
						(q) -> q.since(KintoTimestamp.of(1)).since(KintoTimestamp.of(2))),
				row("Kinto cannot sort by 'my-field" + sort, (q) -> q.sort("title", "-my-field")),
				row("Kinto cannot sort by 'a b" + sort, (q) -> q.sort("a b")),
				row("The name of a field must not be blank", (q) -> q.where(" ").is(1)));
	}

	@Test
	void unwritableValueIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> query((q) -> q.where("a").is(new Broken())))
			.withMessage("A value of " + Broken.class.getName()
					+ " cannot be written: 'title' failed with java.lang.IllegalStateException");
	}

	@ParameterizedTest
	@ValueSource(strings = { "größe", "+title", "-a.b", "_x", "a1" })
	void supportedOrderIsEncoded(String field) {
		assertThat(UriUtils.decode(query((q) -> q.sort(field)), "UTF-8")).isEqualTo("_sort=" + field);
	}

	/**
	 * Without {@code deleted}, tombstones look like objects.
	 */
	@Test
	void fieldsIncludeDeletedWithVersionFilter() {
		KintoTimestamp one = KintoTimestamp.of(1);
		for (KintoQuery.Customizer filter : List.<KintoQuery.Customizer>of((q) -> q.since(one), (q) -> q.before(one),
				(q) -> q.where("last_modified").greaterThan(one), (q) -> q.filter("_since", "1"),
				(q) -> q.filter("gt_last_modified", "1"))) {
			assertThat(query((q) -> filter.apply(q.fields("title")))).contains("_fields=title%2Cdeleted&");
		}
		assertThat(query((q) -> q.fields("title").where("a").is(1))).contains("_fields=title&");
		assertThat(query((q) -> q.since(one))).doesNotContain("deleted");
	}

	@Test
	void tombstonesAreSeparatedWithAnyVersionFilter() {
		String gone = "[{\"id\":\"b\",\"last_modified\":6,\"deleted\":true}]";
		for (KintoQuery.Customizer filter : List.<KintoQuery.Customizer>of((q) -> q.since(KintoTimestamp.of(1)),
				(q) -> q.before(KintoTimestamp.of(9)), (q) -> q.where("last_modified").min(1),
				(q) -> q.where("last_modified").not(1))) {
			ListResult<Post> page = Requests.collection(Post.class).list(filter).read(Responses.page(gone));
			assertThat(page.data()).isEmpty();
			assertThat(page.tombstones()).hasSize(1);
		}
	}

	@Test
	void propertyHasJacksonName() {
		assertThat(query((q) -> q.where(Book::title).is("x"))).isEqualTo("eq_title=%22x%22");
		assertThat(query((q) -> q.where(Book::author).is("x"))).isEqualTo("eq_written_by=%22x%22");
		assertThat(query((q) -> q.where(Book::pages).min(1))).isEqualTo("min_pages=1");
		assertThat(query((q) -> q.where(Book::soldOut).is(true))).isEqualTo("eq_soldOut=true");
		assertThat(query((q) -> q.where(Shelf::getRoomNumber).is(1))).isEqualTo("eq_roomNumber=1");
		assertThat(query((q) -> q.where(Shelf::isFull).is(true))).isEqualTo("eq_full=true");
		assertThat(query((q) -> q.where(Shelf::getLabel).is("x"))).isEqualTo("eq_tag=%22x%22");
		assertThat(query((q) -> q.where(Shelf::getURL).is("x"))).isEqualTo("eq_URL=%22x%22");
		assertThat(query((q) -> q.where(Fields::getCount).is(1).where(Fields::isOpen).is(true)))
			.isEqualTo("eq_n=1&eq_open=true");
		assertThat(query((q) -> q.where(GlassShelf::getRoomNumber).is(1))).isEqualTo("eq_roomNumber=1");
	}

	@Test
	void propertyHasNameOfNamingStrategy() {
		JsonMapper snake = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		BucketCalls bucket = new KintoCalls(snake, KintoOptions.of(), "default").bucket();
		assertThat(bucket.collections()
			.list((q) -> q.where(Shelf::getRoomNumber).is(1).where(Book::soldOut).is(true))
			.request()
			.query()).isEqualTo("eq_room_number=1&eq_sold_out=true");
		assertThat(bucket.collections().list((q) -> q.where(Book::author).is("x")).request().query())
			.isEqualTo("eq_written_by=%22x%22");
	}

	@Test
	void unwrittenPropertyIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> query((q) -> q.where(Shelf::getSecret).is(1)))
			.withMessage(Shelf.class.getName()
					+ "::getSecret is not a property that Jackson writes: use the name of the" + " field in JSON");
		assertThatIllegalArgumentException().isThrownBy(() -> query((q) -> q.where(Book::toString).is(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> query((q) -> q.where(Book::shortTitle).is(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> query((q) -> q.where(Color::name).is(1)));
	}

	@Test
	void unnamedPropertyIsRejected() {
		PropertyReference<Book> lambda = (book) -> book.title();
		PropertyReference<Book> object = new PropertyReference<>() {

			private static final long serialVersionUID = 1L;

			@Override
			public Object apply(Book book) {
				return book.title();
			}

		};
		assertThatIllegalArgumentException().isThrownBy(() -> KintoQuery.of().where(lambda))
			.withMessage("A property must be a method reference such as Post::author, not a lambda expression, which"
					+ " has no name");
		assertThatIllegalArgumentException().isThrownBy(() -> KintoQuery.of().where(object))
			.withMessage("A property must be a method reference such as Post::author, not an object of a class");
	}

	/**
	 * Kinto ignores the limit in the total.
	 */
	@Test
	void countOfPartIsRejected() {
		KintoCalls kinto = Requests.kinto();
		for (KintoQuery.Customizer part : List.<KintoQuery.Customizer>of((q) -> q.limit(2), (q) -> q.pages(1),
				(q) -> q.from("t"))) {
			assertCountIsRejected("countRecords", () -> Requests.collection().count(part));
			assertCountIsRejected("countGroups", () -> kinto.bucket("b").groups().count(part));
			assertCountIsRejected("countCollections", () -> kinto.bucket("b").collections().count(part));
			assertCountIsRejected("countBuckets", () -> kinto.buckets().count(part));
		}
	}

	private static void assertCountIsRejected(String operation, Runnable call) {
		assertThatIllegalArgumentException().isThrownBy(call::run)
			.withMessage(operation + " counts all matching objects: limit(…), pages(…) and from(…) are not supported");
	}

	@Test
	void singlePageRejectsPages() {
		assertThatIllegalArgumentException().isThrownBy(() -> Requests.collection().list((q) -> q.pages(2)))
			.withMessageStartingWith("listRecords reads one page: pages(…) is not supported");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Requests.collection().listIfChanged(KintoTimestamp.of(1), (q) -> q.pages(2)));
		assertThatIllegalArgumentException().isThrownBy(() -> KintoQuery.of().pages(0))
			.withMessage("pages must be at least 1, but was 0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a,b" })
	void invalidFieldIsRejected(String field) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoQuery.of().fields("title", field))
			.withMessage("Cannot read '" + field + "': it must be the name of one field");
	}

	private static String query(KintoQuery.Customizer query) {
		return Requests.collection().list(query).request().query();
	}

	enum Color {

		red

	}

	record Book(String title, @JsonProperty("written_by") String author, int pages, boolean soldOut) {

		String shortTitle() {
			return this.title.substring(0, 1);
		}

	}

	static class Shelf {

		public int getRoomNumber() {
			return 1;
		}

		public boolean isFull() {
			return false;
		}

		@JsonProperty("tag")
		public @Nullable String getLabel() {
			return null;
		}

		public @Nullable String getURL() {
			return null;
		}

		@JsonIgnore
		public @Nullable String getSecret() {
			return null;
		}

	}

	static final class GlassShelf extends Shelf {

	}

	@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
			isGetterVisibility = Visibility.NONE)
	static final class Fields {

		@JsonProperty("n")
		private int count;

		private boolean open;

		int getCount() {
			return this.count;
		}

		boolean isOpen() {
			return this.open;
		}

	}

	static final class Broken {

		public String getTitle() {
			throw new IllegalStateException("no title today");
		}

	}

}
