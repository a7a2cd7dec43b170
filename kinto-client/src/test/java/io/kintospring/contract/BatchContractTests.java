package io.kintospring.contract;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.ListResult;
import io.kintospring.template.CollectionOperations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Batches.
 */
class BatchContractTests extends ContractTests {

	@Test
	void batchReturnsResultsOfAnyCall() {
		KintoObject<Post> old = this.posts.create("old", new Post("Old", 1));
		this.posts.update(old.withData(new Post("Newer", 2)));
		KintoCall<KintoObject<Post>> create = this.posts.calls().create("new", new Post("New", 3));
		KintoCall<KintoObject<Post>> read = this.posts.calls().get("new");
		KintoCall<KintoObject<Post>> stale = this.posts.calls().update(old.withData(new Post("Stale", 4)));
		KintoCall<KintoTombstone> missing = this.posts.calls().delete("missing");
		KintoCall<Long> count = this.posts.calls().count();
		BatchResult result = this.kinto.batch(List.of(create, read, stale, missing, count), (o) -> o.collectErrors());
		assertThat(result.get(create).data()).isEqualTo(new Post("New", 3));
		assertThat(result.get(read)).isEqualTo(result.get(create));
		assertThat(result.get(count)).isEqualTo(2);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> result.get(stale))
			.satisfies((ex) -> assertThat(ex.existing(Post.class)).get()
				.extracting(KintoObject::data)
				.isEqualTo(new Post("Newer", 2)));
		assertThat(result.published()).hasSize(3);
		assertThat(result.conflicts()).hasSize(1);
		assertThat(result.skipped()).hasSize(1);
		assertThat(this.posts.get("old").data().title()).isEqualTo("Newer");
	}

	@Test
	void listsInBatchContinue() {
		this.posts.create("a", new Post("A", 1));
		this.posts.create("b", new Post("B", 2));
		KintoTimestamp since = this.posts.get("b").lastModified();
		this.posts.delete("a");
		this.posts.create("c", new Post("C", 3));
		KintoCall<ListResult<Post>> page = this.posts.calls().list((q) -> q.sort("title").limit(1));
		KintoCall<ListResult<Post>> changed = this.posts.calls().list((q) -> q.since(since));
		BatchResult result = this.kinto.batch(page, changed);
		assertThat(result.get(page).data()).extracting(KintoObject::id).containsExactly("b");
		KintoCall<ListResult<Post>> next = result.get(page).next();
		assertThat(next).isNotNull();
		assertThat(this.kinto.batch(next).get(next).data()).extracting(KintoObject::id).containsExactly("c");
		assertThat(result.get(changed).data()).extracting(KintoObject::id).containsExactly("c");
		assertThat(result.get(changed).tombstones()).extracting(KintoTombstone::id).containsExactly("a");
	}

	@Test
	void batchedCreateIfAbsentReturnsExistingObject() {
		this.posts.create("old", new Post("Old", 1));
		CollectionOperations<Post> drafts = this.kinto.bucket().collection(randomId(), Post.class);
		drafts.create("my-default", new Post("Mine", 1));
		KintoCall<KintoCreation<Post>> old = this.posts.calls().createIfAbsent("old", new Post("A", 2));
		KintoCall<KintoCreation<Post>> created = this.posts.calls().createIfAbsent("new", new Post("A", 2));
		KintoCall<KintoCreation<Post>> mine = drafts.calls().createIfAbsent("my-default", new Post("A", 2));
		BatchResult result = this.kinto.batch(old, created, mine);
		assertThat(result.get(old).created()).isFalse();
		assertThat(result.get(old).object().data()).isEqualTo(new Post("Old", 1));
		assertThat(result.get(created).created()).isTrue();
		assertThat(result.get(mine).created()).isFalse();
		assertThat(result.get(mine).object().data()).isEqualTo(new Post("Mine", 1));
	}

	/**
	 * The server returns paths with the API version as prefix.
	 */
	@Test
	void idsLikeApiVersionAreKept() {
		this.bucket.collections().create("v1");
		CollectionOperations<Post> records = this.bucket.collection("v1", Post.class);
		KintoCall<KintoObject<Post>> first = records.calls().create("v1", new Post("A", 1));
		KintoCall<KintoObject<Post>> second = records.calls().create("dev1", new Post("B", 2));
		this.kinto.batch(first, second);
		assertThat(records.list((q) -> q.sort("title")).data()).extracting(KintoObject::id)
			.containsExactly("v1", "dev1");
	}

	@Test
	void largeBatchIsDividedInOrder() {
		List<KintoCall<KintoObject<Post>>> creates = creates(60);
		BatchResult result = this.kinto.batch(creates);
		assertThat(result.published()).hasSize(60);
		List<KintoTimestamp> versions = creates.stream().map((create) -> result.get(create).lastModified()).toList();
		assertThat(versions).isSorted().doesNotHaveDuplicates();
		assertThat(this.posts.count()).isEqualTo(60);
	}

	@Test
	void requestsCanRunInParallel() {
		BatchResult result = this.kinto.batch(creates(40), (o) -> o.maxRequests(5).parallel(4));
		assertThat(result.published()).hasSize(40);
		assertThat(this.posts.count()).isEqualTo(40);
	}

	@Test
	void unbatchableCallsRunInOrder() {
		KintoCall<KintoObject<Post>> create = this.posts.calls().create("batch1", new Post("A", 1));
		KintoCall<KintoObject<Post>> merge = this.posts.calls().mergePatch("batch1", Map.of("stars", 2));
		KintoCall<KintoObject<Post>> read = this.posts.calls().get("batch1");
		KintoCall<KintoTombstone> delete = this.posts.calls().delete("batch1");
		BatchResult result = this.kinto.batch(create, merge, read, delete);
		assertThat(result.published()).hasSize(4);
		assertThat(result.get(read).data()).isEqualTo(new Post("A", 2));
	}

	@Test
	void batchedPatchesKeepTheirFormat() {
		this.maps.create("a", Map.of("x", Map.of("y", 1, "z", 2)));
		KintoCall<?> merge = this.maps.calls().mergePatch("a", Map.of("x", Map.of("y", 3)));
		KintoCall<?> patch = this.maps.calls().jsonPatch("a", (p) -> p.add("/data/n", 1));
		KintoCall<KintoObject<Map<String, Object>>> read = this.maps.calls().get("a");
		BatchResult result = this.kinto.batch(merge, patch, read);
		assertThat(result.published()).hasSize(3);
		assertThat(result.get(read).data()).containsEntry("x", Map.of("y", 3, "z", 2)).containsEntry("n", 1);
	}

	@Test
	void batchThrowsFailuresAfterOtherCalls() {
		this.posts.create("a", new Post("A", 1));
		List<KintoCall<?>> calls = List.of(this.posts.calls().create("a", new Post("Again", 2)),
				this.posts.calls().create("b", new Post("B", 2)));
		assertThatExceptionOfType(KintoBatchException.class).isThrownBy(() -> this.kinto.batch(calls))
			.withCauseInstanceOf(KintoConflictException.class)
			.satisfies((ex) -> assertThat(ex.result().published()).hasSize(1));
		assertThat(this.posts.find("b")).isPresent();
	}

	private List<KintoCall<KintoObject<Post>>> creates(int number) {
		return IntStream.range(0, number).mapToObj((i) -> this.posts.calls().create(new Post("T" + i, i))).toList();
	}

}
