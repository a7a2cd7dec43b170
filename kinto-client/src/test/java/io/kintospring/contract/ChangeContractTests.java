package io.kintospring.contract;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.template.KintoPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Changes since a version.
 */
class ChangeContractTests extends ContractTests {

	static final Duration INTERVAL = Duration.ofMillis(20);

	@Test
	void changesContainSavedAndDeletedRecords() {
		this.posts.create("a", new Post("A", 1));
		this.posts.create("b", new Post("B", 2));
		KintoChanges<Post> all = this.posts.changes(null);
		assertThat(all.saved()).extracting(KintoObject::id).containsExactly("a", "b");
		assertThat(all.deleted()).isEmpty();
		assertThat(this.posts.changes(all.checkpoint()).isEmpty()).isTrue();
		KintoTombstone deleted = this.posts.delete("a");
		KintoObject<Post> created = this.posts.create("c", new Post("C", 3));
		this.posts.patch("b", Map.of("stars", 5));
		KintoObject<Post> updated = this.posts.patch("b", Map.of("stars", 6));
		KintoChanges<Post> changes = this.posts.changes(all.checkpoint());
		assertThat(changes.saved()).extracting(KintoObject::id, KintoObject::data, KintoObject::lastModified)
			.containsExactly(tuple("c", new Post("C", 3), created.lastModified()),
					tuple("b", new Post("B", 6), updated.lastModified()));
		assertThat(changes.deleted()).containsExactly(deleted);
		assertThat(this.posts.changes(changes.checkpoint()).isEmpty()).isTrue();
	}

	@Test
	void recreatedRecordIsNotDeleted() {
		this.posts.create("a", new Post("A", 1));
		KintoCheckpoint checkpoint = this.posts.changes(null).checkpoint();
		this.posts.delete("a");
		this.posts.create("a", new Post("A", 2));
		KintoChanges<Post> changes = this.posts.changes(checkpoint);
		assertThat(changes.deleted()).isEmpty();
		assertThat(changes.saved()).extracting(KintoObject::id).containsExactly("a");
	}

	/**
	 * Kinto would store a new object with the version in its data, and watchers would
	 * miss an old version.
	 */
	@Test
	void newRecordIgnoresVersionInData() {
		this.maps.create("a", Map.of("x", 1));
		Map<String, Object> old = this.maps.get("a").data();
		this.maps.delete("a");
		KintoTimestamp before = this.maps.timestamp();
		Map<String, Object> past = Map.of("last_modified", 1000);
		this.maps.replace("a", old, (w) -> w.safe(false));
		this.maps.create("b", past);
		this.maps.createIfAbsent("c", past);
		this.maps.create(past);
		this.maps.create("d", Map.of("last_modified", before.value() + 3_600_000));
		KintoChanges<Map<String, Object>> changes = this.maps.changes(KintoCheckpoint.of(before));
		assertThat(changes.saved()).hasSize(5)
			.allSatisfy((saved) -> assertThat(saved.lastModified().value()).isBetween(before.value() + 1,
					before.value() + 60_000));
	}

	@Test
	void changesContinueFromTextOrVersion() {
		this.posts.create("a", new Post("A", 1));
		this.posts.create("b", new Post("B", 1));
		KintoTimestamp version = this.posts.timestamp();
		String text = this.posts.changes(null).checkpoint().toString();
		KintoTombstone deleted = this.posts.delete("a");
		this.posts.create("c", new Post("C", 1));
		for (KintoCheckpoint checkpoint : List.of(KintoCheckpoint.valueOf(text), KintoCheckpoint.of(version))) {
			KintoChanges<Post> changes = this.posts.changes(checkpoint);
			assertThat(changes.saved()).extracting(KintoObject::id).containsExactly("c");
			assertThat(changes.deleted()).containsExactly(deleted);
			assertThat(this.posts.changes(changes.checkpoint()).isEmpty()).isTrue();
		}
	}

	@Test
	void checkpointOfOtherCollectionIsRejected() {
		this.bucket.collections().create("drafts");
		KintoCheckpoint checkpoint = this.bucket.collection("drafts").changes(null).checkpoint();
		assertThatIllegalArgumentException().isThrownBy(() -> this.posts.changes(checkpoint))
			.withMessageContaining("is of the collection " + this.bucket.id() + "/drafts, and not of ");
		assertThatIllegalArgumentException().isThrownBy(() -> {
			try (Stream<?> changes = this.posts.watch(checkpoint, INTERVAL)) {
				changes.findFirst();
			}
		});
	}

	/**
	 * These deletions were made before the first read.
	 */
	@Test
	void deletionsBeforeTheFirstReadAreNoChanges() {
		this.posts.create("a", new Post("A", 1));
		this.posts.create("b", new Post("B", 1));
		this.posts.delete("a");
		KintoChanges<Post> all = this.posts.changes(null);
		assertThat(all.saved()).extracting(KintoObject::id).containsExactly("b");
		assertThat(all.deleted()).isEmpty();
		KintoTombstone deleted = this.posts.delete("b");
		assertThat(this.posts.changes(all.checkpoint()).deleted()).containsExactly(deleted);
	}

	@Test
	void watchReturnsExistingRecordsThenChanges() {
		this.posts.create("a", new Post("A", 1));
		KintoCheckpoint checkpoint;
		try (Stream<KintoChanges<Post>> stream = this.posts.watch(null, INTERVAL)) {
			Iterator<KintoChanges<Post>> changes = stream.iterator();
			assertThat(changes.next().saved()).extracting(KintoObject::id).containsExactly("a");
			this.posts.create("b", new Post("B", 2));
			assertThat(changes.next().saved()).extracting(KintoObject::id).containsExactly("b");
			KintoTombstone deleted = this.posts.delete("a");
			KintoChanges<Post> last = changes.next();
			assertThat(last.deleted()).containsExactly(deleted);
			checkpoint = last.checkpoint();
		}
		this.posts.create("c", new Post("C", 3));
		try (Stream<KintoChanges<Post>> stream = this.posts.watch(checkpoint, INTERVAL)) {
			assertThat(stream.iterator().next().saved()).extracting(KintoObject::id).containsExactly("c");
		}
	}

	@Test
	void watchOfMissingCollectionIsNotFound() {
		try (Stream<?> changes = this.bucket.collection("none").watch(null, INTERVAL)) {
			assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(changes::findFirst);
		}
	}

	@Test
	void unchangedListIsEmpty() {
		KintoTimestamp empty = this.posts.list().timestamp();
		assertThat(this.posts.listIfChanged(empty)).isEmpty();
		KintoObject<Post> created = this.posts.create("a", new Post("A", 1));
		KintoPage<Post> page = this.posts.listIfChanged(empty, (q) -> q.limit(5)).orElseThrow();
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("a");
		assertThat(page.timestamp()).isEqualTo(created.lastModified());
		assertThat(this.posts.listIfChanged(page.timestamp())).isEmpty();
		KintoTimestamp collections = this.bucket.collections().timestamp();
		assertThat(this.bucket.collections().listIfChanged(collections)).isEmpty();
		this.bucket.collections().create("drafts");
		assertThat(this.bucket.collections().listIfChanged(collections)).isPresent();
	}

	@Test
	void timestampsAreVersionsOfLists() {
		KintoTimestamp before = this.posts.timestamp();
		assertThat(before).isEqualTo(this.posts.list().timestamp());
		KintoObject<Post> created = this.posts.create("a", new Post("A", 1));
		assertThat(this.posts.timestamp()).isEqualTo(created.lastModified()).isGreaterThan(before);
		assertThat(this.bucket.collections().timestamp()).isEqualTo(this.posts.attributes().get().lastModified());
		assertThat(this.bucket.groups().timestamp().value()).isPositive();
		assertThat(this.kinto.buckets().timestamp())
			.isGreaterThanOrEqualTo(this.bucket.attributes().get().lastModified());
	}

	@Test
	void timestampOfFilteredListIsVersionOfWholeList() {
		this.posts.create("a", new Post("A", 1));
		KintoTimestamp seen = this.posts.list((q) -> q.where("title").is("A")).timestamp();
		KintoObject<Post> other = this.posts.create("b", new Post("B", 1));
		KintoPage<Post> same = this.posts.listIfChanged(seen, (q) -> q.where("title").is("A")).orElseThrow();
		assertThat(same.data()).extracting(KintoObject::id).containsExactly("a");
		assertThat(same.timestamp()).isEqualTo(other.lastModified());
		assertThat(this.posts.listIfChanged(same.timestamp(), (q) -> q.where("title").is("A"))).isEmpty();
	}

	/**
	 * Kinto lists tombstones, but does not count them.
	 */
	@Test
	void tombstonesAreListedButNotCounted() {
		KintoTimestamp since = this.posts.timestamp();
		this.posts.create("a", new Post("A", 1));
		this.posts.delete("a");
		assertThat(this.posts.list((q) -> q.since(since)).tombstones()).hasSize(1);
		assertThat(this.posts.count((q) -> q.since(since))).isZero();
	}

	/**
	 * Without {@code deleted}, tombstones look like objects.
	 */
	@Test
	void tombstonesAreSeparatedWithSelectedFields() {
		KintoTimestamp since = this.posts.timestamp();
		this.posts.create("a", new Post("A", 1));
		this.posts.create("b", new Post("B", 1));
		KintoTombstone deleted = this.posts.delete("a");
		KintoPage<Map<String, Object>> page = this.maps.list((q) -> q.since(since).fields("title"));
		assertThat(page.tombstones()).containsExactly(deleted);
		assertThat(page.data()).hasSize(1)
			.first()
			.satisfies((record) -> assertThat(record.data()).containsOnlyKeys("id", "last_modified", "title"));
	}

}
