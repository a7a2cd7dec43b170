package io.kintospring.contract;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.template.KintoPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What has changed since it was seen.
 */
class ChangeContractTests extends ContractTests {

	static final Duration INTERVAL = Duration.ofMillis(20);

	@Test
	void changesAreWhatWasSavedAndDeletedSinceACheckpoint() {
		this.posts.createRecord("a", new Post("A", 1));
		this.posts.createRecord("b", new Post("B", 2));
		KintoChanges<Post> all = this.posts.changes();
		assertThat(all.saved()).extracting(KintoObject::id).containsExactly("a", "b");
		assertThat(all.deleted()).isEmpty();
		assertThat(this.posts.changes(all.checkpoint()).isEmpty()).isTrue();
		KintoTombstone deleted = this.posts.deleteRecord("a");
		KintoObject<Post> created = this.posts.createRecord("c", new Post("C", 3));
		this.posts.patchRecord("b", Map.of("stars", 5));
		KintoObject<Post> updated = this.posts.patchRecord("b", Map.of("stars", 6));
		KintoChanges<Post> changes = this.posts.changes(all.checkpoint());
		assertThat(changes.saved()).extracting(KintoObject::id, KintoObject::data, KintoObject::lastModified)
			.containsExactly(tuple("c", new Post("C", 3), created.lastModified()),
					tuple("b", new Post("B", 6), updated.lastModified()));
		assertThat(changes.deleted()).containsExactly(deleted);
		assertThat(changes.checkpoint()).isEqualTo(updated.lastModified());
		assertThat(this.posts.changes(changes.checkpoint()).isEmpty()).isTrue();
	}

	@Test
	void recordThatWasCreatedAgainIsNoLongerDeleted() {
		this.posts.createRecord("a", new Post("A", 1));
		KintoTimestamp checkpoint = this.posts.changes().checkpoint();
		this.posts.deleteRecord("a");
		this.posts.createRecord("a", new Post("A", 2));
		KintoChanges<Post> changes = this.posts.changes(checkpoint);
		assertThat(changes.deleted()).isEmpty();
		assertThat(changes.saved()).extracting(KintoObject::id).containsExactly("a");
	}

	/**
	 * Kinto gives a new object the version that is in its data: with one of the past,
	 * nobody who watches would ever hear of it.
	 */
	@Test
	void versionInTheDataIsNotThatOfANewRecord() {
		this.maps.createRecord("a", Map.of("x", 1));
		Map<String, Object> old = this.maps.getRecord("a").data();
		this.maps.deleteRecord("a");
		KintoTimestamp checkpoint = this.maps.changes().checkpoint();
		Map<String, Object> past = Map.of("last_modified", 1000);
		this.maps.updateRecord("a", old, (w) -> w.safe(false));
		this.maps.createRecord("b", past);
		this.maps.createRecordIfAbsent("c", past);
		this.maps.createRecord(past);
		this.maps.createRecord("d", Map.of("last_modified", checkpoint.value() + 3_600_000));
		KintoChanges<Map<String, Object>> changes = this.maps.changes(checkpoint);
		assertThat(changes.saved()).hasSize(5)
			.allSatisfy((saved) -> assertThat(saved.lastModified().value()).isBetween(checkpoint.value() + 1,
					checkpoint.value() + 60_000));
	}

	@Test
	void watchGivesWhatIsThereAndThenWhatChanges() {
		this.posts.createRecord("a", new Post("A", 1));
		KintoTimestamp checkpoint;
		try (Stream<KintoChanges<Post>> stream = this.posts.watchChanges(INTERVAL)) {
			Iterator<KintoChanges<Post>> changes = stream.iterator();
			assertThat(changes.next().saved()).extracting(KintoObject::id).containsExactly("a");
			this.posts.createRecord("b", new Post("B", 2));
			assertThat(changes.next().saved()).extracting(KintoObject::id).containsExactly("b");
			KintoTombstone deleted = this.posts.deleteRecord("a");
			KintoChanges<Post> last = changes.next();
			assertThat(last.deleted()).containsExactly(deleted);
			checkpoint = last.checkpoint();
		}
		this.posts.createRecord("c", new Post("C", 3));
		try (Stream<KintoChanges<Post>> stream = this.posts.watchChanges(checkpoint, INTERVAL)) {
			assertThat(stream.iterator().next().saved()).extracting(KintoObject::id).containsExactly("c");
		}
	}

	@Test
	void watchOfWhatIsMissingIsNotFound() {
		try (Stream<?> changes = this.bucket.collection("none").watchChanges(INTERVAL)) {
			assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(changes::findFirst);
		}
	}

	@Test
	void listIsOnlyGivenIfItHasChanged() {
		KintoTimestamp empty = this.posts.listRecords().timestamp();
		assertThat(this.posts.listRecordsIfChanged(empty)).isEmpty();
		KintoObject<Post> created = this.posts.createRecord("a", new Post("A", 1));
		KintoPage<Post> page = this.posts.listRecordsIfChanged(empty, (q) -> q.limit(5)).orElseThrow();
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("a");
		assertThat(page.timestamp()).isEqualTo(created.lastModified());
		assertThat(this.posts.listRecordsIfChanged(page.timestamp())).isEmpty();
		KintoTimestamp collections = this.bucket.getCollectionsTimestamp();
		assertThat(this.bucket.listCollectionsIfChanged(collections)).isEmpty();
		this.bucket.createCollection("drafts");
		assertThat(this.bucket.listCollectionsIfChanged(collections)).isPresent();
	}

	@Test
	void timestampsAreThoseOfTheLists() {
		KintoTimestamp before = this.posts.getRecordsTimestamp();
		assertThat(before).isEqualTo(this.posts.listRecords().timestamp());
		KintoObject<Post> created = this.posts.createRecord("a", new Post("A", 1));
		assertThat(this.posts.getRecordsTimestamp()).isEqualTo(created.lastModified()).isGreaterThan(before);
		assertThat(this.bucket.getCollectionsTimestamp()).isEqualTo(this.posts.getData().lastModified());
		assertThat(this.bucket.getGroupsTimestamp().value()).isPositive();
		assertThat(this.kinto.getBucketsTimestamp()).isGreaterThanOrEqualTo(this.bucket.getData().lastModified());
	}

	@Test
	void timestampOfAListIsThatOfAllOfItWhateverIsAskedFor() {
		this.posts.createRecord("a", new Post("A", 1));
		KintoTimestamp seen = this.posts.listRecords((q) -> q.where("title").is("A")).timestamp();
		KintoObject<Post> other = this.posts.createRecord("b", new Post("B", 1));
		KintoPage<Post> same = this.posts.listRecordsIfChanged(seen, (q) -> q.where("title").is("A")).orElseThrow();
		assertThat(same.data()).extracting(KintoObject::id).containsExactly("a");
		assertThat(same.timestamp()).isEqualTo(other.lastModified());
		assertThat(this.posts.listRecordsIfChanged(same.timestamp(), (q) -> q.where("title").is("A"))).isEmpty();
	}

	/**
	 * Kinto never counts tombstones, though it lists them.
	 */
	@Test
	void tombstonesAreListedAndNotCounted() {
		KintoTimestamp since = this.posts.getRecordsTimestamp();
		this.posts.createRecord("a", new Post("A", 1));
		this.posts.deleteRecord("a");
		assertThat(this.posts.listRecords((q) -> q.since(since)).tombstones()).hasSize(1);
		assertThat(this.posts.countRecords((q) -> q.since(since))).isZero();
	}

	/**
	 * A selection of fields would take {@code deleted} from tombstones.
	 */
	@Test
	void tombstonesAreToldApartAlsoWhereFieldsAreSelected() {
		KintoTimestamp since = this.posts.getRecordsTimestamp();
		this.posts.createRecord("a", new Post("A", 1));
		this.posts.createRecord("b", new Post("B", 1));
		KintoTombstone deleted = this.posts.deleteRecord("a");
		KintoPage<Map<String, Object>> page = this.maps.listRecords((q) -> q.since(since).fields("title"));
		assertThat(page.tombstones()).containsExactly(deleted);
		assertThat(page.data()).hasSize(1)
			.first()
			.satisfies((record) -> assertThat(record.data()).containsOnlyKeys("id", "last_modified", "title"));
	}

}
