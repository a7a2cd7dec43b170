package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;

import io.kintospring.KintoChanges;
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
 * Watching for changes, request by request and without a client.
 */
class WatchTests {

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static final String RECORDS = "GET /buckets/b/collections/c/records?";

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	private KintoCall<Slice<KintoChanges<Post>>> call = this.posts.watch(null, PAUSE).first();

	private Slice<KintoChanges<Post>> slice;

	@Test
	void watchReadsAllThenContinuesFromListVersion() {
		assertRequest("_sort=last_modified", null);
		respond(page(9, null, saved("a", 5), saved("b", 8)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("a", "b");
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(9));
		assertThat(this.slice.pause()).isEqualTo(PAUSE);
		assertRequest("_sort=last_modified&_since=%229%22", "\"9\"");
	}

	/**
	 * The server does not send the list again if it has not changed.
	 */
	@Test
	void watchRepeatsConditionalRequestIfUnchanged() {
		this.call = this.posts.watch(KintoTimestamp.of(7), PAUSE).first();
		for (int i = 0; i < 3; i++) {
			assertRequest("_sort=last_modified&_since=%227%22", "\"7\"");
			respond(Responses.empty(304, "ETag", "\"7\""));
			assertThat(this.slice.elements()).isEmpty();
			assertThat(this.slice.pause()).isEqualTo(PAUSE);
		}
		respond(page(12, null, deleted("a", 12)));
		assertThat(changes().deleted()).containsExactly(new KintoTombstone("a", KintoTimestamp.of(12)));
		assertRequest("_sort=last_modified&_since=%2212%22", "\"12\"");
	}

	/**
	 * Changes that the user cannot read also increase the version of the list.
	 */
	@Test
	void watchAdvancesWithoutVisibleChanges() {
		this.call = this.posts.watch(KintoTimestamp.of(7), PAUSE).first();
		respond(page(9, null));
		assertThat(this.slice.elements()).isEmpty();
		assertRequest("_sort=last_modified&_since=%229%22", "\"9\"");
	}

	/**
	 * The following pages have no precondition and no pause.
	 */
	@Test
	void watchPausesAfterLastPage() {
		this.call = this.posts.watch(KintoTimestamp.of(4), PAUSE).first();
		respond(page(20, "_since=4&_token=t", saved("a", 5), deleted("b", 7)));
		assertThat(this.slice.pause()).isZero();
		assertRequest("_since=4&_token=t", null);
		respond(page(20, null, saved("c", 20)));
		assertThat(this.slice.pause()).isEqualTo(PAUSE);
		assertRequest("_sort=last_modified&_since=%2220%22", "\"20\"");
	}

	/**
	 * A consumer can resume from each checkpoint, so it must not be beyond the delivered
	 * changes or the version of the first page.
	 */
	@Test
	void checkpointIsNotBeyondDeliveredChanges() {
		this.call = this.posts.watch(KintoTimestamp.of(4), PAUSE).first();
		respond(page(20, "_token=2", saved("a", 5), deleted("b", 7)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(7));
		respond(page(30, "_token=3", deleted("c", 9), saved("d", 8)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(9));
		respond(page(40, "_token=4", saved("a", 33)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(20));
		respond(page(41, null, saved("d", 34)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(20));
		assertRequest("_sort=last_modified&_since=%2220%22", "\"20\"");
	}

	@Test
	void emptyPageDoesNotMoveCheckpoint() {
		respond(page(20, "_token=2"));
		assertThat(this.slice.elements()).isEmpty();
		respond(page(20, null, saved("a", 5)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(20));
	}

	@Test
	void watchOfEmptyListContinues() {
		respond(page(3, null));
		assertThat(this.slice.elements()).isEmpty();
		assertRequest("_sort=last_modified&_since=%223%22", "\"3\"");
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
		Slice<KintoChanges<Post>> one = this.call.read(page(9, null, saved("a", 5)));
		Slice<KintoChanges<Post>> two = this.call.read(page(9, null, saved("a", 5)));
		assertThat(one.elements()).isEqualTo(two.elements());
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
		return "{\"id\":\"%s\",\"last_modified\":%d,\"title\":\"T\",\"stars\":1}".formatted(id, version);
	}

	private static String deleted(String id, long version) {
		return "{\"id\":\"" + id + "\",\"last_modified\":" + version + ",\"deleted\":true}";
	}

	private static KintoResponse page(long version, @Nullable String next, String... elements) {
		KintoResponse response = Responses.json(200, "{\"data\":" + List.of(elements) + "}", "ETag",
				"\"" + version + "\"");
		if (next != null) {
			response.headers().set("Next-Page", "http://h/v1/x?" + next);
		}
		return response;
	}

}
