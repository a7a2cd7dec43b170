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
 * How changes are watched, question by question and without any client.
 */
class WatchTests {

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static final String RECORDS = "GET /buckets/b/collections/c/records?";

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	private KintoCall<Slice<KintoChanges<Post>>> call = this.posts.watch(null, PAUSE).first();

	private Slice<KintoChanges<Post>> slice;

	@Test
	void watchFromTheStartReadsAllAndGoesOnFromTheVersionOfTheList() {
		asks("_sort=last_modified", null);
		answer(page(9, null, saved("a", 5), saved("b", 8)));
		assertThat(changes().saved()).extracting(KintoObject::id).containsExactly("a", "b");
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(9));
		assertThat(this.slice.pause()).isEqualTo(PAUSE);
		asks("_sort=last_modified&_since=%229%22", "\"9\"");
	}

	/**
	 * Where nothing has changed, the server does not repeat it.
	 */
	@Test
	void watchAsksConditionallyAndTheSameAgainWhereNothingHasChanged() {
		this.call = this.posts.watch(KintoTimestamp.of(7), PAUSE).first();
		for (int i = 0; i < 3; i++) {
			asks("_sort=last_modified&_since=%227%22", "\"7\"");
			answer(Answers.empty(304, "ETag", "\"7\""));
			assertThat(this.slice.elements()).isEmpty();
			assertThat(this.slice.pause()).isEqualTo(PAUSE);
		}
		answer(page(12, null, deleted("a", 12)));
		assertThat(changes().deleted()).containsExactly(new KintoTombstone("a", KintoTimestamp.of(12)));
		asks("_sort=last_modified&_since=%2212%22", "\"12\"");
	}

	/**
	 * A change that the user may not see moves the version of the list, too.
	 */
	@Test
	void watchGoesOnFromTheNewVersionWhereThereIsNothingToSee() {
		this.call = this.posts.watch(KintoTimestamp.of(7), PAUSE).first();
		answer(page(9, null));
		assertThat(this.slice.elements()).isEmpty();
		asks("_sort=last_modified&_since=%229%22", "\"9\"");
	}

	/**
	 * The following pages are not conditional, and come without a pause.
	 */
	@Test
	void watchReadsAllPagesBeforeItPauses() {
		this.call = this.posts.watch(KintoTimestamp.of(4), PAUSE).first();
		answer(page(20, "_since=4&_token=t", saved("a", 5), deleted("b", 7)));
		assertThat(this.slice.pause()).isZero();
		asks("_since=4&_token=t", null);
		answer(page(20, null, saved("c", 20)));
		assertThat(this.slice.pause()).isEqualTo(PAUSE);
		asks("_sort=last_modified&_since=%2220%22", "\"20\"");
	}

	/**
	 * Who stops after a page goes on from its checkpoint: that must not be beyond what
	 * was delivered, nor beyond the version that the list had at the first page.
	 */
	@Test
	void checkpointIsNeverBeyondWhatWasDelivered() {
		this.call = this.posts.watch(KintoTimestamp.of(4), PAUSE).first();
		answer(page(20, "_token=2", saved("a", 5), deleted("b", 7)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(7));
		answer(page(30, "_token=3", deleted("c", 9), saved("d", 8)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(9));
		answer(page(40, "_token=4", saved("a", 33)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(20));
		answer(page(41, null, saved("d", 34)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(20));
		asks("_sort=last_modified&_since=%2220%22", "\"20\"");
	}

	@Test
	void pageWithNothingOnItIsNoCheckpoint() {
		answer(page(20, "_token=2"));
		assertThat(this.slice.elements()).isEmpty();
		answer(page(20, null, saved("a", 5)));
		assertThat(changes().checkpoint()).isEqualTo(KintoTimestamp.of(20));
	}

	@Test
	void watchOfAnEmptyListSaysNothingAndGoesOn() {
		answer(page(3, null));
		assertThat(this.slice.elements()).isEmpty();
		asks("_sort=last_modified&_since=%223%22", "\"3\"");
	}

	/**
	 * To delete a collection takes the tombstones with it: that must not look like
	 * silence.
	 */
	@Test
	void watchOfWhatIsGoneFails() {
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> answer(Answers.json(404, "{\"errno\":111}")));
	}

	@Test
	void watchCanBeRunAgain() {
		Slice<KintoChanges<Post>> one = this.call.read(page(9, null, saved("a", 5)));
		Slice<KintoChanges<Post>> two = this.call.read(page(9, null, saved("a", 5)));
		assertThat(one.elements()).isEqualTo(two.elements());
	}

	private void asks(String query, @Nullable String ifNoneMatch) {
		assertThat(Requests.text(this.call)).isEqualTo(RECORDS + query + "\nAccept: application/json"
				+ ((ifNoneMatch != null) ? "\nIf-None-Match: " + ifNoneMatch : ""));
	}

	private void answer(KintoResponse answer) {
		this.slice = this.call.read(answer);
		assertThat(this.slice.next()).as("there is no end").isNotNull();
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
		KintoResponse answer = Answers.json(200, "{\"data\":" + List.of(elements) + "}", "ETag", "\"" + version + "\"");
		if (next != null) {
			answer.headers().set("Next-Page", "http://h/v1/x?" + next);
		}
		return answer;
	}

}
