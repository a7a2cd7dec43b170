package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.protocol.ListRange.Page;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Sorted lists, read in parallel from consecutive ranges.
 */
class RangeTests {

	private static final String RECORDS = "/buckets/b/collections/c/records";

	private static final long NOW = 1_700_000_000_000L;

	private static final long LIST = NOW + 60;

	private static final long FUTURE = 4_000_000_000_000L;

	private final CollectionCalls<Map<String, Object>> posts = Requests.collection();

	@Test
	void descendingVersionsAreReadInRanges() {
		ListRange<KintoObject<Map<String, Object>>> rest = rest((q) -> q.sort("-last_modified").limit(2),
				page("t", "c", NOW + 50, "b", NOW + 40));
		assertThat(query(rest)).isEqualTo("_limit=2&lt_last_modified=" + (NOW + 40));
		ListRange<KintoObject<Map<String, Object>>> beginning = rest.beginning(10);
		assertThat(query(beginning))
			.isEqualTo("_limit=2&lt_last_modified=" + (NOW + 40) + "&min_last_modified=" + (NOW + 30));
		assertThat(beginning.width()).isEqualTo(10);
		assertThat(query(beginning.following())).isEqualTo("_limit=2&lt_last_modified=" + (NOW + 30));
		assertThat(query(beginning.toEnd())).isEqualTo(query(rest));
		assertThat(rest.following()).isNull();
		assertThat(rest.width()).isInfinite();
	}

	@Test
	void ascendingVersionsEndAtVersionOfList() {
		ListRange<KintoObject<Map<String, Object>>> rest = rest((q) -> q.sort("last_modified"),
				page("t", "a", NOW, "b", NOW + 10));
		assertThat(query(rest)).isEqualTo("gt_last_modified=" + (NOW + 10) + "&max_last_modified=" + LIST);
		assertThat(rest.width()).isEqualTo(50);
		assertThat(rest.following()).isNull();
		ListRange<KintoObject<Map<String, Object>>> beginning = rest.beginning(20);
		assertThat(query(beginning)).isEqualTo("gt_last_modified=" + (NOW + 10) + "&max_last_modified=" + (NOW + 30));
		assertThat(query(beginning.following()))
			.isEqualTo("gt_last_modified=" + (NOW + 30) + "&max_last_modified=" + LIST);
	}

	@ParameterizedTest
	@CsvSource({ "id, gt_id, max_id", "-id, lt_id, min_id" })
	void idsAreReadInRanges(String sort, String after, String upTo) {
		ListRange<KintoObject<Map<String, Object>>> rest = Steps.of(ordered((q) -> q.sort(sort)).list())
			.sends("GET " + RECORDS + "?_sort=id&_limit=100&_fields=id")
			.respond(page("t", "x00", 1, "x01", 2, "x45", 3))
			.sends("GET " + RECORDS + "?_sort=-id&_limit=100&_fields=id")
			.respond(page("t", "x99", 4, "x98", 5, "x67", 6, "x23", 7))
			.result()
			.call()
			.read(page("t", "x50", 3, "x54", 5))
			.rest();
		ListRange<KintoObject<Map<String, Object>>> beginning = rest.beginning(5e9);
		assertThat(query(rest)).matches(after + "=%22x5[04]%22");
		assertThat(query(beginning)).matches(after + "=%22x5[04]%22&" + upTo + "=%22x\\w+%22");
		assertThat(query(beginning.following())).matches(after + "=%22x\\w+%22");
	}

	@Test
	void emptyListIsOneRange() {
		Page<KintoObject<Map<String, Object>>> page = Steps.of(ordered((q) -> q.sort("id")).list())
			.respond(page(null))
			.respond(page(null))
			.result()
			.call()
			.read(page(null));
		assertThat(page.elements()).isEmpty();
		assertThat(page.rest()).isNull();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 50, 51, Double.POSITIVE_INFINITY, Double.NaN })
	void smallRangeIsNotDivided(double width) {
		ListRange<KintoObject<Map<String, Object>>> rest = rest((q) -> q.sort("last_modified"),
				page("t", "a", NOW, "b", NOW + 10));
		assertThat(rest.beginning(width)).isSameAs(rest);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.1, 1 })
	void rangeContainsAtLeastOneVersion(double width) {
		assertThat(rest((q) -> q.sort("-last_modified"), page("t", "b", NOW)).beginning(width).width()).isEqualTo(1);
	}

	/**
	 * Kinto cannot filter by negative versions or versions more than a day ahead.
	 */
	@Test
	void unfilterableVersionsAreReadPageByPage() {
		ListRange<KintoObject<Map<String, Object>>> future = rest((q) -> q.sort("-last_modified"),
				page("_token=t", "c", FUTURE + 1, "b", FUTURE));
		assertThat(future.call().request().query()).isEqualTo("_token=t");
		assertThat(future.toEnd()).isNull();
		assertThat(future.beginning(1)).isSameAs(future);
		assertThat(query(future.call().read(page("_token=u", "a", NOW)).rest())).isEqualTo("lt_last_modified=" + NOW);
		ListRange<KintoObject<Map<String, Object>>> negative = rest((q) -> q.sort("last_modified"),
				page("_token=t", "a", -9, "b", -8));
		assertThat(negative.call().request().query()).isEqualTo("_token=t");
		ListRange<KintoObject<Map<String, Object>>> early = rest((q) -> q.sort("-last_modified"), page("t", "a", 5));
		assertThat(early.beginning(6)).isSameAs(early);
	}

	/**
	 * A record that changes gets a later version than the list had at the first page.
	 */
	@Test
	void changedRecordsAreNotReadTwice() {
		ListRange<KintoObject<Map<String, Object>>> rest = rest((q) -> q.sort("last_modified"),
				page("t", "a", NOW, "b", NOW + 10));
		Page<KintoObject<Map<String, Object>>> page = rest.call()
			.read(page("u", "c", NOW + 50, "d", LIST, "a", LIST + 1));
		assertThat(page.elements()).extracting(KintoObject::id).containsExactly("c", "d");
		assertThat(page.rest()).isNull();
	}

	@Test
	void tombstonesCountButAreNoElements() {
		ListRange<KintoObject<Map<String, Object>>> rest = rest((q) -> q.sort("-last_modified").fields("title"),
				page("t", "c", NOW + 50, "b", NOW + 40));
		assertThat(query(rest)).isEqualTo("_fields=title%2Cdeleted&lt_last_modified=" + (NOW + 40));
		KintoResponse response = Responses.page("""
				[{"id":"x","last_modified":30,"title":"X"},{"id":"y","last_modified":20,"deleted":true}]""");
		response.headers().set("Next-Page", "http://h/v1/x?u");
		Page<KintoObject<Map<String, Object>>> page = rest.call().read(response);
		assertThat(page.elements()).extracting(KintoObject::id).containsExactly("x");
		assertThat(page.size()).isEqualTo(2);
		assertThat(query(page.rest())).endsWith("lt_last_modified=20");
	}

	@Test
	void ignoredFiltersFail() {
		ListRange<KintoObject<Map<String, Object>>> rest = rest((q) -> q.sort("-last_modified"),
				page("t", "c", 9, "b", 8));
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> rest.call().read(page("t", "c", 9, "b", 8)))
			.withMessageContaining("the page is not after '8', so the list would never end");
	}

	@Test
	void queryFiltersAreKept() {
		assertThat(query(rest((q) -> q.sort("-last_modified")
			.since(KintoTimestamp.of(3))
			.before(KintoTimestamp.of(99))
			.where("last_modified")
			.max(60)
			.where("id")
			.greaterThan("a"), page("t", "c", 50, "b", 40)).beginning(7)))
			.isEqualTo("_since=%223%22&_before=%2299%22&max_last_modified=60&gt_id=%22a%22"
					+ "&lt_last_modified=40&min_last_modified=33");
	}

	/**
	 * Kinto applies only one of two parameters with the same name.
	 */
	@ParameterizedTest
	@CsvSource({ "last_modified, gt_last_modified", "last_modified, max_last_modified",
			"-last_modified, lt_last_modified", "-last_modified, min_last_modified", "id, gt_id", "-id, min_id" })
	void conflictingFilterIsRejected(String sort, String filter) {
		boolean descending = sort.startsWith("-");
		assertThatIllegalArgumentException().isThrownBy(() -> ordered((q) -> q.sort(sort).filter(filter, "5")))
			.withMessage("streamRecordsInParallel divides the list with "
					+ (descending ? "lessThan(…) and min(…)" : "greaterThan(…) and max(…)") + " of "
					+ sort.replace("-", "") + ", so the query cannot have those: use "
					+ (descending ? "max(…) or greaterThan(…)" : "min(…) or lessThan(…)"));
	}

	@Test
	void otherOrderIsRejected() {
		for (String[] sort : new String[][] { { "title" }, { "-stars" }, { "last_modified", "id" } }) {
			assertThatIllegalArgumentException().isThrownBy(() -> ordered((q) -> q.sort(sort)))
				.withMessage("streamRecordsInParallel cannot sort by '" + String.join(",", sort)
						+ "': sort by last_modified or id, or use stream(…)");
		}
	}

	private ListRange<KintoObject<Map<String, Object>>> rest(KintoQuery.Customizer query, KintoResponse first) {
		ListRange<KintoObject<Map<String, Object>>> rest = Steps.of(ordered(query).list())
			.result()
			.call()
			.read(first)
			.rest();
		assertThat(rest).isNotNull();
		return rest;
	}

	private KintoParallelSequence.Ordered<KintoObject<Map<String, Object>>> ordered(KintoQuery.Customizer query) {
		return (KintoParallelSequence.Ordered<KintoObject<Map<String, Object>>>) this.posts.streamInParallel(4, query);
	}

	/**
	 * Return the query of a range, without its order.
	 */
	private static String query(@Nullable ListRange<?> range) {
		assertThat(range).isNotNull();
		return range.call().request().query().replaceFirst("^_sort=[^&]*&?", "");
	}

	private static KintoResponse page(@Nullable String next, Object... idsAndVersions) {
		List<String> objects = new ArrayList<>();
		for (int i = 0; i < idsAndVersions.length; i += 2) {
			objects.add("{\"id\":\"" + idsAndVersions[i] + "\",\"last_modified\":" + idsAndVersions[i + 1] + "}");
		}
		KintoResponse response = Responses.page("[" + String.join(",", objects) + "]");
		response.headers().set("ETag", "\"" + LIST + "\"");
		if (next != null) {
			response.headers().set("Next-Page", "http://h/v1/x?" + next);
		}
		return response;
	}

}
