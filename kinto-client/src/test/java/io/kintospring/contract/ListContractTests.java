package io.kintospring.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.query.KintoQuery;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class ListContractTests extends ContractTests {

	@Test
	void emptyCollectionIsListed() {
		KintoPage<Post> page = this.posts.list();
		assertThat(page.data()).isEmpty();
		assertThat(page.hasNext()).isFalse();
		assertThat(page.timestamp().value()).isPositive();
	}

	@Test
	void latestChangeIsListedFirst() {
		KintoObject<Post> a = this.posts.create("a", new Post("A", 1));
		KintoObject<Post> b = this.posts.create("b", new Post("B", 2));
		assertThat(ids((q) -> q)).containsExactly("b", "a");
		this.posts.update(a);
		assertThat(ids((q) -> q)).containsExactly("a", "b");
		assertThat(this.posts.list().data().get(1)).extracting(KintoObject::data, KintoObject::lastModified)
			.containsExactly(b.data(), b.lastModified());
	}

	@Test
	void timestampIncreasesWithEachChange() {
		KintoTimestamp empty = this.posts.list().timestamp();
		KintoObject<Post> created = this.posts.create(new Post("A", 1));
		assertThat(created.lastModified()).isGreaterThan(empty);
		assertThat(this.posts.list().timestamp()).isEqualTo(created.lastModified());
		KintoTombstone deleted = this.posts.delete(created);
		assertThat(this.posts.list().timestamp()).isEqualTo(deleted.lastModified());
	}

	@Test
	void listIsSorted() {
		create("a", "B", 2);
		create("b", "A", 2);
		create("c", "C", 1);
		assertThat(ids((q) -> q.sort("title"))).containsExactly("b", "a", "c");
		assertThat(ids((q) -> q.sort("-title"))).containsExactly("c", "a", "b");
		assertThat(ids((q) -> q.sort("-stars", "title"))).containsExactly("b", "a", "c");
		assertThat(ids((q) -> q.sort("last_modified"))).containsExactly("a", "b", "c");
	}

	@Test
	void listIsReadPageByPage() {
		for (int i = 0; i < 7; i++) {
			create("r" + i, "T", i % 2);
		}
		List<Integer> sizes = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		KintoPage<Post> page = this.posts.list((q) -> q.limit(3).sort("-stars", "-id"));
		while (true) {
			sizes.add(page.data().size());
			page.data().forEach((post) -> ids.add(post.id()));
			if (!page.hasNext()) {
				break;
			}
			page = page.next();
		}
		assertThat(sizes).containsExactly(3, 3, 1);
		assertThat(ids).containsExactly("r5", "r3", "r1", "r6", "r4", "r2", "r0");
	}

	@Test
	void nextPageKeepsFilters() {
		for (int i = 0; i < 5; i++) {
			create("r" + i, (i == 2) ? "other" : "a+b & {\u00fc}", i);
		}
		KintoPage<Post> page = this.posts.list((q) -> q.limit(2).sort("stars").filter("eq_title", "a+b & {\u00fc}"));
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("r0", "r1");
		assertThat(page.next().data()).extracting(KintoObject::id).containsExactly("r3", "r4");
	}

	@Test
	void nextPageOfDefaultBucketIsRead() {
		this.posts = this.kinto.bucket().collection(randomId(), Post.class);
		create("a", "A", 1);
		create("b", "B", 2);
		KintoPage<Post> page = this.posts.list((q) -> q.limit(1).sort("title"));
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("a");
		assertThat(page.next().data()).extracting(KintoObject::id).containsExactly("b");
	}

	@Test
	void listIsFiltered() {
		create("a", "123", 1);
		create("b", "a+b & c=d#?% \"q\" {x}", 2);
		create("c", "Bl\u00fcten \ud83d\ude00", 3);
		assertThat(ids((q) -> q.filter("title", "\"123\""))).containsExactly("a");
		assertThat(ids((q) -> q.filter("title", "123"))).isEmpty();
		assertThat(ids((q) -> q.filter("eq_title", "a+b & c=d#?% \"q\" {x}"))).containsExactly("b");
		assertThat(ids((q) -> q.filter("eq_title", "Bl\u00fcten \ud83d\ude00"))).containsExactly("c");
		assertThat(ids((q) -> q.filter("stars", "2"))).containsExactly("b");
		assertThat(ids((q) -> q.filter("min_stars", "2"))).containsExactly("c", "b");
		assertThat(ids((q) -> q.filter("gt_stars", "1").filter("lt_stars", "3"))).containsExactly("b");
		assertThat(ids((q) -> q.filter("not_stars", "2"))).containsExactly("c", "a");
		assertThat(ids((q) -> q.filter("in_id", "a,c"))).containsExactly("c", "a");
		assertThat(ids((q) -> q.filter("exclude_id", "a,c"))).containsExactly("b");
		assertThat(ids((q) -> q.filter("like_title", "bl\u00fc"))).containsExactly("c");
	}

	@Test
	void listSinceVersionContainsTombstones() {
		create("a", "A", 1);
		create("b", "B", 2);
		KintoTimestamp seen = this.posts.list().timestamp();
		create("c", "C", 3);
		KintoTombstone tombstone = this.posts.delete("a");
		KintoPage<Post> page = this.posts.list((q) -> q.filter("_since", seen.toString()));
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("c");
		assertThat(page.tombstones()).containsExactly(tombstone);
		assertThat(this.posts.list((q) -> q.filter("_since", page.timestamp().toString())).data()).isEmpty();
	}

	@Test
	void invalidFilterIsInvalidRequest() {
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> ids((q) -> q.filter("_since", "x")))
			.satisfies((ex) -> assertThat(ex.details()).isNotEmpty());
	}

	@Test
	void listOfMissingCollectionIsNotFound() {
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.bucket.collection("none").list());
	}

	@Test
	void countOfMissingCollectionIsNotFound() {
		CollectionOperations<Map<String, Object>> none = this.bucket.collection("none");
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> none.count());
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> none.timestamp());
		assertThat(this.posts.count()).isZero();
	}

	@Test
	void listOfMissingBucketIsDenied() {
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> this.kinto.bucket(randomId()).collection("none").list());
	}

	@Test
	void collectionsAreListed() {
		this.bucket.collections().create("drafts", Map.of("a", 1));
		assertThat(this.bucket.collections().list((q) -> q.sort("id")).data())
			.extracting(KintoObject::id, (collection) -> collection.data().get("a"))
			.containsExactly(tuple("drafts", 1), tuple("posts", null));
		KintoPage<Map<String, Object>> page = this.bucket.collections().list((q) -> q.limit(1));
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("drafts");
		assertThat(page.next().data()).extracting(KintoObject::id).containsExactly("posts");
	}

	@Test
	void bucketsAreListed() {
		String other = this.kinto.buckets().create(randomId(), Map.of("a", 1)).id();
		assertThat(this.kinto.buckets().list((q) -> q.filter("in_id", this.bucket.id() + "," + other)).data())
			.extracting(KintoObject::id)
			.isEqualTo(List.of(other, this.bucket.id()));
		assertThat(this.kinto.buckets().list().data()).extracting(KintoObject::id)
			.containsAll(Set.of(this.bucket.id(), other));
		this.kinto.buckets().delete(other);
	}

	private void create(String id, String title, int stars) {
		this.posts.create(id, new Post(title, stars));
	}

	private List<String> ids(KintoQuery.Customizer query) {
		return this.posts.list(query).data().stream().map(KintoObject::id).toList();
	}

}
