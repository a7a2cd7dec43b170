package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.protocol.KintoSequence.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Watching for changes, request by request and without a client. Versions are
 * milliseconds after the start of the test.
 */
class WatchTests {

	private static final long START = 1_800_000_000_000L;

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final String RECORDS = "GET /buckets/b/collections/c/records?";

	private static final String DELETIONS = "_sort=-last_modified&_limit=100&eq_deleted=true&_since=%220%22";

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	private KintoCall<Slice<KintoChanges<Post>>> call = this.posts.watch(null, PAUSE).first();

	private Slice<KintoChanges<Post>> slice;

	@Test
	void watchReadsAllThenContinuesBeforeListVersion() {
		assertRequest(DELETIONS, null);
		respond(page(9000, null));
		assertRequest("_sort=last_modified", null);
		respond(page(9000, null, saved("a", 2000), saved("b", 8000)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("a", "b");
		assertThat(changes().checkpoint().since()).isEqualTo(version(4000));
		assertThat(changes().checkpoint().contains("b", version(8000))).isTrue();
		assertThat(this.slice.pause()).isEqualTo(PAUSE);
		assertRequest(since(4000), null);
	}

	/**
	 * The version of the list does not change if an older change becomes visible.
	 */
	@Test
	void changeThatBecomesVisibleLateIsDeliveredOnce() {
		watch(since(1));
		respond(page(9000, null, saved("a", 7000), deleted("b", 9000)));
		respond(page(9000, null, saved("a", 7000), saved("late", 8000), deleted("b", 9000)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("late");
		assertThat(changes().deleted()).isEmpty();
		respond(page(9000, null, saved("a", 7000), saved("late", 8000), deleted("b", 9000)));
		assertThat(this.slice.elements()).isEmpty();
	}

	@Test
	void newVersionOfDeliveredRecordIsDelivered() {
		watch(since(1));
		respond(page(9000, null, saved("a", 7000)));
		respond(page(9500, null, saved("a", 9500)));
		assertThat(changes().saved()).extracting(KintoObject::lastModified).containsExactly(version(9500));
		respond(page(9900, null, deleted("a", 9900)));
		assertThat(changes().deleted()).containsExactly(new KintoTombstone("a", version(9900)));
	}

	/**
	 * A record can get an older version than before if two users write it at once.
	 */
	@Test
	void olderVersionOfDeliveredRecordIsDelivered() {
		watch(since(1));
		respond(page(9000, null, saved("a", 9000)));
		respond(page(8000, null, saved("a", 8000)));
		assertThat(changes().saved()).extracting(KintoObject::lastModified).containsExactly(version(8000));
	}

	@Test
	void pollsHavePreconditionAfterSettleTimeWithoutChanges() {
		watch(since(8000));
		respond(page(9000, null, saved("a", 9000)));
		for (int i = 0; i < 3; i++) {
			assertRequest(since(8000), null);
			respond(page(9000, null, saved("a", 9000)));
		}
		for (int i = 0; i < 3; i++) {
			assertRequest(since(8000), version(9000).etag());
			respond(Responses.empty(304, "ETag", version(9000).etag()));
			assertThat(this.slice.elements()).isEmpty();
			assertThat(this.slice.pause()).isEqualTo(PAUSE);
		}
		respond(page(20_000, null, saved("a", 9000), saved("b", 20_000)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("b");
		assertRequest(since(15_000), null);
	}

	@Test
	void pollsHavePreconditionAtOnceWithoutSettleTime() {
		this.call = this.posts.watch(null, PAUSE, (o) -> o.settleTime(Duration.ZERO)).first();
		assertRequest("_sort=last_modified", null);
		respond(page(9000, null, saved("a", 9000)));
		assertRequest(since(9000), version(9000).etag());
	}

	/**
	 * The client deletes nothing that it has not delivered before.
	 */
	@Test
	void deletionsBeforeTheStartAreNotDelivered() {
		respond(page(9000, null, deleted("x", 8000), deleted("old", 1000)));
		respond(page(9000, null, saved("a", 7000)));
		respond(page(9500, null, saved("a", 7000), deleted("x", 8000), deleted("a", 9500)));
		assertThat(changes().deleted()).containsExactly(new KintoTombstone("a", version(9500)));
	}

	@Test
	void recentDeletionsBeforeTheStartAreReadPageByPage() {
		respond(page(9000, "_token=2", deleted("x", 8000), deleted("y", 7000)));
		assertRequest("_token=2", null);
		respond(page(9000, "_token=3", deleted("z", 6000), deleted("old", 1000)));
		assertRequest("_sort=last_modified", null);
		respond(page(9000, null, saved("a", 8500)));
		respond(page(9000, null, deleted("z", 6000), deleted("y", 7000), deleted("x", 8000), saved("a", 8500)));
		assertThat(this.slice.elements()).isEmpty();
	}

	/**
	 * Changes that the user cannot read also increase the version of the list.
	 */
	@Test
	void watchAdvancesWithoutVisibleChanges() {
		watch(since(1));
		respond(page(9000, null));
		assertThat(this.slice.elements()).isEmpty();
		assertRequest(since(4000), null);
	}

	/**
	 * Purging tombstones decreases the version of the list.
	 */
	@Test
	void watchDoesNotGoBack() {
		watch(since(8000));
		respond(page(7000, null));
		assertRequest(since(8000), null);
		respond(page(8500, null, saved("a", 8500)));
		assertThat(changes().saved()).hasSize(1);
	}

	/**
	 * Versions are ahead of the clock after many changes at once, or after an explicit
	 * version. A write in flight has a version by the clock.
	 */
	@Test
	void versionsAheadOfTheClockOfTheServerDoNotHideLateChanges() {
		watch(since(1));
		respond(at(10_000, page(3_600_000, null, saved("ahead", 3_600_000))));
		assertThat(changes().checkpoint().since()).isEqualTo(version(5999));
		respond(at(11_000, page(3_600_000, null, saved("late", 9000), saved("ahead", 3_600_000))));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("late");
	}

	@Test
	void clockAheadOfTheVersionsIsIgnored() {
		watch(since(1));
		respond(at(3_600_000, page(9000, null, saved("a", 9000))));
		assertThat(changes().checkpoint().since()).isEqualTo(version(4000));
	}

	/**
	 * Recipients must accept this obsolete format.
	 */
	@Test
	void dateWithTwoDigitsForTheYearIsOfThisCentury() {
		watch(since(1));
		KintoResponse response = page(9000, null, saved("a", 9000));
		response.headers().set("Date", "Friday, 15-Jan-27 08:00:10 GMT");
		respond(response);
		assertThat(changes().checkpoint().since()).isEqualTo(version(4000));
	}

	@Test
	void unreadableDateIsIgnored() {
		watch(since(1));
		KintoResponse response = page(9000, null, saved("a", 9000));
		response.headers().set("Date", "today");
		respond(response);
		assertThat(changes().checkpoint().since()).isEqualTo(version(4000));
	}

	/**
	 * The following pages have no precondition and no pause.
	 */
	@Test
	void watchPausesAfterLastPage() {
		watch(since(1000));
		respond(page(20_000, "_since=4&_token=t", saved("a", 2000), deleted("b", 7000)));
		assertThat(this.slice.pause()).isZero();
		assertRequest("_since=4&_token=t", null);
		respond(page(20_000, null, saved("c", 20_000)));
		assertThat(this.slice.pause()).isEqualTo(PAUSE);
		assertRequest(since(15_000), null);
	}

	/**
	 * A consumer can resume from each checkpoint, so it must not be beyond the delivered
	 * changes, or beyond the changes that can still become visible before the version of
	 * the first page.
	 */
	@Test
	void checkpointIsNotBeyondDeliveredChanges() {
		watch(since(4000));
		respond(page(20_000, "_token=2", saved("a", 5000), deleted("b", 7000)));
		assertThat(changes().checkpoint().since()).isEqualTo(version(7000));
		respond(page(30_000, "_token=3", deleted("c", 9000), saved("d", 8000)));
		assertThat(changes().checkpoint().since()).isEqualTo(version(9000));
		respond(page(40_000, "_token=4", saved("e", 16_000)));
		assertThat(changes().checkpoint().since()).isEqualTo(version(15_000));
		assertThat(changes().checkpoint().contains("e", version(16_000))).isTrue();
		respond(page(41_000, null, saved("a", 33_000)));
		assertThat(changes().checkpoint().since()).isEqualTo(version(15_000));
		assertRequest(since(15_000), null);
	}

	@Test
	void everyPageOfWindowOmitsDeliveredChanges() {
		watch(since(1000));
		respond(page(6000, null, saved("a", 4000), saved("b", 5000), deleted("c", 6000)));
		KintoCheckpoint before = changes().checkpoint();
		respond(page(6500, "_token=2", saved("a", 4000), saved("late", 4500)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("late");
		assertThat(changes().checkpoint().contains("c", version(6000))).isTrue();
		respond(page(6500, "_token=3", saved("b", 5000), deleted("c", 6000)));
		assertThat(this.slice.elements()).isEmpty();
		respond(page(6500, null, saved("d", 6500)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("d");
		assertThat(changes().checkpoint().since()).isGreaterThan(before.since());
	}

	@Test
	void watchResumesFromTextOfCheckpoint() {
		watch(since(1));
		respond(page(9000, null, saved("a", 7000), deleted("b", 9000)));
		KintoCheckpoint stored = KintoCheckpoint.valueOf(changes().checkpoint().toString());
		this.call = this.posts.watch(stored, PAUSE).first();
		assertRequest(since(4000), null);
		respond(page(9000, null, saved("late", 6000), saved("a", 7000), deleted("b", 9000)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("late");
		assertThat(changes().deleted()).isEmpty();
	}

	@Test
	void emptyPageDoesNotMoveCheckpoint() {
		watch(since(1000));
		respond(page(20_000, "_token=2"));
		assertThat(this.slice.elements()).isEmpty();
		respond(page(20_000, "_token=3", saved("a", 5000)));
		assertThat(changes().checkpoint().since()).isEqualTo(version(5000));
	}

	@Test
	void watchOfEmptyListContinues() {
		respond(page(9000, null));
		respond(page(9000, null));
		assertThat(this.slice.elements()).isEmpty();
		assertRequest(since(4000), null);
	}

	@Test
	void versionsBeforeTheSettleTimeStartAtZero() {
		KintoResponse response = Responses.json(200, "{\"data\":[]}", "ETag", "\"20\"");
		respond(response);
		respond(response);
		assertRequest("_sort=last_modified&_since=%220%22", null);
	}

	/**
	 * Deleting a collection removes its tombstones, which must not look like no change.
	 */
	@Test
	void watchOfDeletedCollectionFails() {
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> respond(Responses.json(404, "{\"errno\":111}")));
	}

	@Test
	void watchCanRunAgain() {
		watch(since(1));
		Slice<KintoChanges<Post>> one = this.call.read(page(9000, null, saved("a", 5000)));
		Slice<KintoChanges<Post>> two = this.call.read(page(9000, null, saved("a", 5000)));
		assertThat(one.elements()).isEqualTo(two.elements());
	}

	private void watch(String query) {
		this.call = this.posts
			.watch(KintoCheckpoint.of(KintoTimestamp.valueOf(query.replaceAll(".*%22(\\d+)%22", "$1"))), PAUSE)
			.first();
		assertRequest(query, null);
	}

	private static String since(long version) {
		return "_sort=last_modified&_since=%22" + version(version) + "%22";
	}

	private static KintoTimestamp version(long millis) {
		return KintoTimestamp.of(START + millis);
	}

	private void assertRequest(String query, @Nullable String ifNoneMatch) {
		assertThat(Requests.text(this.call)).isEqualTo(RECORDS + query + "\nAccept: application/json"
				+ ((ifNoneMatch != null) ? "\nIf-None-Match: " + ifNoneMatch : ""));
	}

	private void respond(KintoResponse response) {
		this.slice = this.call.read(response);
		assertThat(this.slice.next()).as("the sequence is endless").isNotNull();
		this.call = this.slice.next();
	}

	private KintoChanges<Post> changes() {
		assertThat(this.slice.elements()).hasSize(1);
		return this.slice.elements().iterator().next();
	}

	private static String saved(String id, long version) {
		return "{\"id\":\"%s\",\"last_modified\":%s,\"title\":\"T\",\"stars\":1}".formatted(id, version(version));
	}

	private static String deleted(String id, long version) {
		return "{\"id\":\"" + id + "\",\"last_modified\":" + version(version) + ",\"deleted\":true}";
	}

	private static KintoResponse at(long time, KintoResponse response) {
		response.headers()
			.set("Date", DateTimeFormatter.RFC_1123_DATE_TIME
				.format(Instant.ofEpochMilli(START + time).atOffset(ZoneOffset.UTC)));
		return response;
	}

	private static KintoResponse page(long version, @Nullable String next, String... elements) {
		KintoResponse response = Responses.json(200, "{\"data\":" + List.of(elements) + "}", "ETag",
				version(version).etag());
		if (next != null) {
			response.headers().set("Next-Page", "http://h/v1/x?" + next);
		}
		return response;
	}

}
