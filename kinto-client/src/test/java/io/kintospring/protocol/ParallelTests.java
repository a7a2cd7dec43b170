package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.kintospring.KintoObject;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Unordered lists, read in parallel from ranges of ids.
 */
class ParallelTests {

	private static final String RECORDS = "/buckets/b/collections/c/records";

	private static final Random RANDOM = new Random(7);

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	@Test
	void shortListIsOneSequence() {
		List<KintoSequence<KintoObject<Post>>> sequences = Steps
			.of(sequences(4, (q) -> q.where("stars").is(1).limit(7)))
			.sends("GET " + RECORDS + "?_sort=id&_limit=100&_fields=id&eq_stars=1")
			.respond(page(null, "a", "b"))
			.result();
		assertThat(sequences).singleElement()
			.satisfies((sequence) -> assertThat(sequence.first().request().target())
				.isEqualTo(RECORDS + "?_sort=id&_limit=7&eq_stars=1"));
	}

	@Test
	void longListIsDividedByIds() {
		assertThat(Steps.of(sequences(2, (q) -> q.limit(7)))
			.sends("GET " + RECORDS + "?_sort=id&_limit=100&_fields=id")
			.respond(page("_token=t", "x00", "x01"))
			.sends("GET " + RECORDS + "?_sort=-id&_limit=100&_fields=id")
			.respond(page("_token=t", "x99", "x98", "x45", "x67", "x23"))
			.result()).extracting((sequence) -> sequence.first().request().query())
			.satisfiesExactly((query) -> assertThat(query).matches("_sort=id&_limit=7&max_id=%22x\\w+%22"),
					(query) -> assertThat(query).matches("_sort=id&_limit=7&gt_id=%22x\\w+%22&max_id=%22x\\w+%22"),
					(query) -> assertThat(query).matches("_sort=id&_limit=7&gt_id=%22x\\w+%22&max_id=%22x\\w+%22"),
					(query) -> assertThat(query).matches("_sort=id&_limit=7&gt_id=%22x\\w+%22"));
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void rangesAreDisjointAndComplete(Function<Integer, String> shape) {
		List<String> ids = IntStream.range(0, 5000).mapToObj(shape::apply).distinct().sorted().toList();
		int ends = Math.min(100, ids.size());
		List<IdRanges.Range> ranges = divided(ids.subList(0, ends), ids.subList(ids.size() - ends, ids.size()), 16);
		List<String> others = IntStream.range(0, 2000).mapToObj((i) -> anything()).toList();
		for (List<String> some : List.of(ids, others)) {
			for (String id : some) {
				assertThat(ranges.stream().filter((range) -> isIn(id, range))).as(id + " in " + ranges).hasSize(1);
			}
		}
	}

	/**
	 * Records can be deleted between the two samples.
	 */
	@Test
	void shrinkingListIsDivided() {
		assertThat(divided(List.of("a", "b"), List.of(), 4)).isNotEmpty();
		assertThat(divided(List.of("aaaa1", "b"), List.of("aaaa1", "aaaa9"), 4)).isNotEmpty();
	}

	/**
	 * Covers the most common formats of ids.
	 */
	@Test
	void rangesOfCommonIdsAreBalanced() {
		for (Function<Integer, String> shape : List.<Function<Integer, String>>of(
				(i) -> new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString(), (i) -> "post-%06d".formatted(i),
				(i) -> Integer.toString(100000 + i))) {
			List<String> ids = IntStream.range(0, 5000).mapToObj(shape::apply).sorted().toList();
			List<IdRanges.Range> ranges = divided(ids.subList(0, 100), ids.subList(4900, 5000), 10);
			assertThat(ranges).hasSizeGreaterThan(5)
				.allSatisfy(
						(range) -> assertThat(ids.stream().filter((id) -> isIn(id, range)).count()).isLessThan(1200));
		}
	}

	static List<Function<Integer, String>> shapes() {
		return List.of((i) -> new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString(),
				(i) -> "post-%06d".formatted(i), Object::toString, (i) -> "id" + i, (i) -> anything(),
				(i) -> Integer.toString(i % 2), (i) -> "only", (i) -> "a".repeat(1 + i % 300),
				(i) -> Character.toString('A' + i % 26), (i) -> (i % 2 == 0) ? "0" : "zz-" + i,
				(i) -> "x".repeat(50) + i);
	}

	private static String anything() {
		String characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-";
		StringBuilder id = new StringBuilder();
		for (int i = RANDOM.nextInt(20); i >= 0; i--) {
			id.append(characters.charAt(RANDOM.nextInt(characters.length())));
		}
		return id.toString();
	}

	private static List<IdRanges.Range> divided(List<String> lowest, List<String> highest, int count) {
		TreeSet<String> sample = new TreeSet<>(lowest);
		sample.addAll(highest);
		return IdRanges.between(sample, count);
	}

	private static boolean isIn(String id, IdRanges.Range range) {
		return (range.after() == null || id.compareTo(range.after()) > 0)
				&& (range.upTo() == null || id.compareTo(range.upTo()) <= 0);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 65 })
	void parallelOutOfBoundsIsRejected(int parallel) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.posts.streamInParallel(parallel))
			.withMessage("streamRecordsInParallel: parallel must be between 1 and 64, but was " + parallel);
	}

	@Test
	void pagesAndTokenAreRejected() {
		for (KintoQuery.Customizer query : List.<KintoQuery.Customizer>of((q) -> q.pages(2), (q) -> q.from("t"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.posts.streamInParallel(2, query))
				.withMessage("streamRecordsInParallel reads ranges of different sizes: pages(…) and from(…) are not"
						+ " supported, use stream(…)");
		}
	}

	/**
	 * Kinto applies only one of two parameters with the same name.
	 */
	@Test
	void conflictingIdFilterIsRejected() {
		for (KintoQuery.Customizer query : List.<KintoQuery.Customizer>of((q) -> q.where("id").greaterThan("a"),
				(q) -> q.where("id").max("a"), (q) -> q.filter("gt_id", "a"), (q) -> q.filter("max_id", "a"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.posts.streamInParallel(2, query))
				.withMessage(
						"streamRecordsInParallel divides the ids with greaterThan(…) and max(…), so the query cannot"
								+ " have those: use min(…) or lessThan(…)");
		}
	}

	@Test
	void otherIdFiltersApplyToEachRange() {
		assertThat(Steps.of(sequences(1, (q) -> q.where("id").min("x").where("id").lessThan("y").where("x").max(1)))
			.respond(page("_token=t", "x00", "x01"))
			.respond(page("_token=t", "x99", "x98"))
			.result())
			.allSatisfy((sequence) -> assertThat(sequence.first().request().query())
				.startsWith("_sort=id&min_id=%22x%22&lt_id=%22y%22&max_x=1&"));
	}

	private KintoFlow<List<KintoSequence<KintoObject<Post>>>> sequences(int parallel, KintoQuery.Customizer query) {
		return ((KintoParallelSequence.Unordered<KintoObject<Post>>) this.posts.streamInParallel(parallel, query))
			.sequences();
	}

	private static KintoResponse page(@Nullable String next, String... ids) {
		List<String> objects = new ArrayList<>();
		for (String id : ids) {
			objects.add("{\"id\":\"" + id + "\",\"last_modified\":5}");
		}
		KintoResponse response = Responses.page("[" + String.join(",", objects) + "]");
		if (next != null) {
			response.headers().set("Next-Page", "http://h/v1/x?" + next);
		}
		return response;
	}

}
