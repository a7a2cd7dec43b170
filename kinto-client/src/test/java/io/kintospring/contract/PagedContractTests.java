package io.kintospring.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUrl;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists of more than a page, where the server gives at most 3 objects at a time.
 */
class PagedContractTests extends ContractTests {

	private static final int RECORDS = 10;

	@Override
	KintoUrl url() {
		return this.server.pagedUrl();
	}

	@Test
	void pageIsAsLargeAsTheServerAllows() {
		create();
		assertThat(this.posts.listRecords((q) -> q.limit(8)).data()).hasSize(3);
		assertThat(this.posts.listRecords((q) -> q.limit(2)).data()).hasSize(2);
	}

	@Test
	void allAreListed() {
		create();
		assertThat(this.posts.listAllRecords((q) -> q.sort("stars"))).extracting(KintoObject::id)
			.containsExactlyElementsOf(ids());
		assertThat(this.posts.listAllRecords()).hasSize(RECORDS);
		assertThat(this.posts.listAllRecords((q) -> q.where("stars").min(4))).hasSize(6);
		assertThat(this.posts.listAllRecords((q) -> q.pages(2))).hasSize(6);
		assertThat(this.posts.listAllRecords((q) -> q.pages(2).limit(2))).hasSize(4);
		assertThat(this.posts.listAllRecords((q) -> q.where("stars").is(99))).isEmpty();
	}

	@Test
	void allAreStreamed() {
		create();
		try (Stream<KintoObject<Post>> stream = this.posts.streamRecords((q) -> q.sort("stars"))) {
			assertThat(stream.map(KintoObject::id)).containsExactlyElementsOf(ids());
		}
		try (Stream<KintoObject<Post>> stream = this.posts.streamRecords((q) -> q.sort("-stars"))) {
			assertThat(stream.limit(4).map((post) -> post.data().stars())).containsExactly(9, 8, 7, 6);
		}
	}

	@Test
	void totalIsThatOfAllPages() {
		create();
		assertThat(this.posts.countRecords()).isEqualTo(RECORDS);
		assertThat(this.posts.countRecords((q) -> q.where("stars").lessThan(4))).isEqualTo(4);
	}

	@Test
	void thoseThatMatchAreDeletedHoweverMany() {
		create();
		List<KintoTombstone> deleted = this.posts.deleteRecords((q) -> q.where("stars").min(2));
		assertThat(deleted).extracting(KintoTombstone::id).containsExactlyInAnyOrderElementsOf(ids().subList(2, 10));
		assertThat(this.posts.listAllRecords((q) -> q.sort("stars"))).extracting(KintoObject::id)
			.containsExactly("r0", "r1");
		assertThat(this.posts.deleteRecords((q) -> q.where("stars").min(2))).isEmpty();
	}

	@Test
	void allAreDeleted() {
		create();
		assertThat(this.posts.deleteAllRecords()).hasSize(RECORDS);
		assertThat(this.posts.countRecords()).isZero();
		assertThat(this.posts.deleteAllRecords()).isEmpty();
	}

	@Test
	void thoseBeforeAVersionAreDeleted() {
		create();
		KintoTimestamp sixth = this.posts.getRecord("r6").lastModified();
		assertThat(this.posts.deleteRecords((q) -> q.before(sixth))).hasSize(6);
		assertThat(this.posts.countRecords()).isEqualTo(4);
	}

	@Test
	void collectionsAndGroupsAreListedAndDeletedHoweverMany() {
		for (int i = 0; i < 5; i++) {
			this.bucket.createCollection("c" + i, Map.of("n", i));
			this.bucket.createGroup("g" + i, KintoGroup.of("account:" + i).attribute("n", i));
		}
		assertThat(this.bucket.listAllCollections()).hasSize(6);
		assertThat(this.bucket.listAllGroups((q) -> q.sort("n"))).extracting((group) -> group.data().members())
			.containsExactly(List.of("account:0"), List.of("account:1"), List.of("account:2"), List.of("account:3"),
					List.of("account:4"));
		assertThat(this.bucket.countGroups()).isEqualTo(5);
		assertThat(this.bucket.deleteCollections((q) -> q.where("n").min(1).where("n").exists())).hasSize(4);
		assertThat(this.bucket.listAllCollections()).extracting(KintoObject::id).containsExactly("c0", "posts");
		assertThat(this.bucket.deleteAllGroups()).hasSize(5);
		try (Stream<KintoObject<KintoGroup>> groups = this.bucket.streamGroups()) {
			assertThat(groups).isEmpty();
		}
	}

	@Test
	void changesAreReadOverSeveralPages() {
		KintoChanges<Post> none = this.posts.changes();
		assertThat(none.isEmpty()).isTrue();
		create();
		KintoChanges<Post> created = this.posts.changes(none.checkpoint());
		assertThat(created.saved()).extracting(KintoObject::id).containsExactlyElementsOf(ids());
		for (int i = 0; i < 4; i++) {
			this.posts.deleteRecord("r" + i);
			this.posts.patchRecord("r" + (9 - i), Map.of("stars", 100 + i));
		}
		KintoChanges<Post> changed = this.posts.changes(created.checkpoint());
		assertThat(changed.deleted()).extracting(KintoTombstone::id).containsExactly("r0", "r1", "r2", "r3");
		assertThat(changed.saved()).extracting(KintoObject::id).containsExactly("r9", "r8", "r7", "r6");
		assertThat(this.posts.changes(changed.checkpoint()).isEmpty()).isTrue();
	}

	@Test
	void watchCanBeResumedAfterAnyPage() {
		create();
		Set<String> seen = new HashSet<>();
		List<KintoTimestamp> checkpoints = new ArrayList<>();
		try (Stream<KintoChanges<Post>> changes = this.posts.watchChanges(ChangeContractTests.INTERVAL)) {
			changes.limit(4).forEach((change) -> {
				change.saved().forEach((post) -> seen.add(post.id()));
				checkpoints.add(change.checkpoint());
			});
		}
		assertThat(seen).hasSize(RECORDS);
		assertThat(checkpoints).isSorted();
		assertThat(this.posts.changes(checkpoints.get(1)).saved()).extracting(KintoObject::id)
			.containsExactlyElementsOf(ids().subList(6, 10));
		assertThat(this.posts.changes(checkpoints.get(3)).isEmpty()).isTrue();
	}

	private void create() {
		ids().forEach((id) -> this.posts.createRecord(id, new Post("T", Integer.parseInt(id.substring(1)))));
	}

	private static List<String> ids() {
		return IntStream.range(0, RECORDS).mapToObj((i) -> "r" + i).toList();
	}

}
