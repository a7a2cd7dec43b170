package io.kintospring.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoGroup;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoUrl;
import io.kintospring.template.KintoPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Paged lists, with a server that returns at most 3 objects in a page.
 */
class PagedContractTests extends ContractTests {

	private static final int RECORDS = 10;

	@Override
	KintoUrl url() {
		return this.server.pagedUrl();
	}

	@Test
	void serverLimitsPage() {
		create();
		assertThat(this.posts.list((q) -> q.limit(8)).data()).hasSize(3);
		assertThat(this.posts.list((q) -> q.limit(2)).data()).hasSize(2);
	}

	@Test
	void allPagesAreListed() {
		create();
		assertThat(this.posts.listAll((q) -> q.sort("stars"))).extracting(KintoObject::id)
			.containsExactlyElementsOf(ids());
		assertThat(this.posts.listAll()).hasSize(RECORDS);
		assertThat(this.posts.listAll((q) -> q.where("stars").min(4))).hasSize(6);
		assertThat(this.posts.listAll((q) -> q.pages(2))).hasSize(6);
		assertThat(this.posts.listAll((q) -> q.pages(2).limit(2))).hasSize(4);
		assertThat(this.posts.listAll((q) -> q.where("stars").is(99))).isEmpty();
	}

	@Test
	void allPagesAreStreamed() {
		create();
		try (Stream<KintoObject<Post>> stream = this.posts.stream((q) -> q.sort("stars"))) {
			assertThat(stream.map(KintoObject::id)).containsExactlyElementsOf(ids());
		}
		try (Stream<KintoObject<Post>> stream = this.posts.stream((q) -> q.sort("-stars"))) {
			assertThat(stream.limit(4).map((post) -> post.data().stars())).containsExactly(9, 8, 7, 6);
		}
	}

	@Test
	void countIncludesAllPages() {
		create();
		assertThat(this.posts.count()).isEqualTo(RECORDS);
		assertThat(this.posts.count((q) -> q.where("stars").lessThan(4))).isEqualTo(4);
	}

	@Test
	void deleteAllDeletesAllMatches() {
		create();
		List<KintoTombstone> deleted = this.posts.deleteAll((q) -> q.where("stars").min(2));
		assertThat(deleted).extracting(KintoTombstone::id).containsExactlyInAnyOrderElementsOf(ids().subList(2, 10));
		assertThat(this.posts.listAll((q) -> q.sort("stars"))).extracting(KintoObject::id).containsExactly("r0", "r1");
		assertThat(this.posts.deleteAll((q) -> q.where("stars").min(2))).isEmpty();
	}

	@Test
	void deleteAllDeletesAllRecords() {
		create();
		assertThat(this.posts.deleteAll()).hasSize(RECORDS);
		assertThat(this.posts.count()).isZero();
		assertThat(this.posts.deleteAll()).isEmpty();
	}

	@Test
	void deleteAllBeforeVersion() {
		create();
		KintoTimestamp sixth = this.posts.get("r6").lastModified();
		assertThat(this.posts.deleteAll((q) -> q.before(sixth))).hasSize(6);
		assertThat(this.posts.count()).isEqualTo(4);
	}

	@Test
	void manyCollectionsAndGroupsAreListedAndDeleted() {
		for (int i = 0; i < 5; i++) {
			this.bucket.collections().create("c" + i, Map.of("n", i));
			this.bucket.groups().create("g" + i, KintoGroup.of("account:" + i).attribute("n", i));
		}
		assertThat(this.bucket.collections().listAll()).hasSize(6);
		assertThat(this.bucket.groups().listAll((q) -> q.sort("n"))).extracting((group) -> group.data().members())
			.containsExactly(List.of("account:0"), List.of("account:1"), List.of("account:2"), List.of("account:3"),
					List.of("account:4"));
		assertThat(this.bucket.groups().count()).isEqualTo(5);
		assertThat(this.bucket.collections().deleteAll((q) -> q.where("n").min(1).where("n").exists())).hasSize(4);
		assertThat(this.bucket.collections().listAll()).extracting(KintoObject::id).containsExactly("c0", "posts");
		assertThat(this.bucket.groups().deleteAll()).hasSize(5);
		try (Stream<KintoObject<KintoGroup>> groups = this.bucket.groups().stream()) {
			assertThat(groups).isEmpty();
		}
	}

	@Test
	void changesSpanPages() {
		KintoChanges<Post> none = this.posts.changes(null);
		assertThat(none.isEmpty()).isTrue();
		create();
		KintoChanges<Post> created = this.posts.changes(none.checkpoint());
		assertThat(created.saved()).extracting(KintoObject::id).containsExactlyElementsOf(ids());
		for (int i = 0; i < 4; i++) {
			this.posts.delete("r" + i);
			this.posts.patch("r" + (9 - i), Map.of("stars", 100 + i));
		}
		KintoChanges<Post> changed = this.posts.changes(created.checkpoint());
		assertThat(changed.deleted()).extracting(KintoTombstone::id).containsExactly("r0", "r1", "r2", "r3");
		assertThat(changed.saved()).extracting(KintoObject::id).containsExactly("r9", "r8", "r7", "r6");
		assertThat(this.posts.changes(changed.checkpoint()).isEmpty()).isTrue();
	}

	@Test
	void watchResumesAfterAnyPage() {
		create();
		Set<String> seen = new HashSet<>();
		List<KintoCheckpoint> checkpoints = new ArrayList<>();
		try (Stream<KintoChanges<Post>> changes = this.posts.watch(null, ChangeContractTests.INTERVAL)) {
			changes.limit(4).forEach((change) -> {
				change.saved().forEach((post) -> seen.add(post.id()));
				checkpoints.add(change.checkpoint());
			});
		}
		assertThat(seen).hasSize(RECORDS);
		assertThat(checkpoints).extracting(KintoCheckpoint::since).isSorted();
		assertThat(this.posts.changes(checkpoints.get(1)).saved()).extracting(KintoObject::id)
			.containsExactlyElementsOf(ids().subList(6, 10));
		assertThat(this.posts.changes(checkpoints.get(3)).isEmpty()).isTrue();
	}

	private void create() {
		ids().forEach((id) -> this.posts.create(id, new Post("T", Integer.parseInt(id.substring(1)))));
	}

	private static List<String> ids() {
		return IntStream.range(0, RECORDS).mapToObj((i) -> "r" + i).toList();
	}

	@Test
	void pagesContinueFromToken() {
		create();
		KintoPage<Post> first = this.posts.list((q) -> q.sort("stars").limit(2));
		String token = first.nextToken();
		assertThat(token).isNotNull();
		KintoPage<Post> second = this.posts.list((q) -> q.sort("stars").limit(2).from(token));
		assertThat(second.data()).extracting(KintoObject::id).containsExactlyElementsOf(ids().subList(2, 4));
		KintoPage<Post> next = this.posts.list((q) -> q.sort("stars").limit(2).pages(2));
		assertThat(next.data()).extracting(KintoObject::id).containsExactlyElementsOf(ids().subList(0, 4));
		assertThat(next.next().data()).extracting(KintoObject::id).containsExactlyElementsOf(ids().subList(4, 6));
		assertThat(this.posts.list((q) -> q.sort("stars").pages(RECORDS)).nextToken()).isNull();
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> this.posts.list((q) -> q.from("nonsense")));
	}

}
