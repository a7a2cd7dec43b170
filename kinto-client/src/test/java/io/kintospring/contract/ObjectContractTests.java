package io.kintospring.contract;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTombstone;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.server.KintoApiVersion;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.server.KintoUser;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoOperations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Server, buckets and collections.
 */
class ObjectContractTests extends ContractTests {

	@Test
	void serverInfoIsRead() {
		KintoServerInfo info = this.kinto.fetchServerInfo();
		assertThat(info.projectName()).isEqualTo("kinto");
		assertThat(info.projectVersion()).isNotEmpty();
		assertThat(info.httpApiVersion()).isGreaterThanOrEqualTo(new KintoApiVersion(1, 23));
		assertThat(info.settings().readonly()).isFalse();
		assertThat(info.settings().batchMaxRequests()).isPositive();
		assertThat(info.capabilities()).containsKey("default_bucket");
		assertThat(info.capabilities().get("default_bucket").description()).isNotEmpty();
		assertThat(this.kinto.fetchServerInfo().settings()).isEqualTo(info.settings());
		assertThat(this.kinto.fetchServerInfo().capabilities()).isEqualTo(info.capabilities());
		assertThat(this.kinto.fetchServerInfo().httpApiVersion()).isEqualTo(info.httpApiVersion());
		assertThat(this.kinto.fetchUser().orElseThrow().id()).isEqualTo(info.user().id());
	}

	@Test
	void userIsRead() {
		KintoUser user = this.kinto.fetchUser().orElseThrow();
		assertThat(user.principals()).contains(user.id(), "system.Everyone", "system.Authenticated");
		assertThat(user.bucket()).isNotEmpty();
		assertThat(kinto(KintoAuthentication.none()).fetchUser()).isEmpty();
	}

	@Test
	void userIsReadForEachRequest() {
		AtomicReference<KintoAuthentication> user = new AtomicReference<>(this.server.user());
		KintoOperations asking = kinto(() -> user.get().authorization());
		assertThat(asking.fetchUser()).isPresent();
		asking.batch(asking.bucket().calls().attributes().get(), asking.bucket().calls().attributes().get());
		user.set(KintoAuthentication.none());
		assertThat(asking.fetchUser()).isEmpty();
		user.set(TestServer.user(randomId()));
		assertThat(asking.fetchUser()).isNotEqualTo(this.kinto.fetchUser());
	}

	@Test
	void bucketIsCreated() {
		String id = randomId();
		KintoObject<Map<String, Object>> created = this.kinto.buckets()
			.create(id, Map.of("a", 1),
					(w) -> w.permissions((p) -> p.createCollections("system.Authenticated").read("system.Everyone")));
		assertThat(created.id()).isEqualTo(id);
		assertThat(created.data()).containsEntry("a", 1);
		assertThat(created.permissions().principals("collection:create")).containsExactly("system.Authenticated");
		assertThat(created.permissions().principals("read")).containsExactly("system.Everyone");
		assertThat(this.kinto.bucket(id).attributes().get()).isEqualTo(created);
		this.kinto.buckets().delete(created);
	}

	@Test
	void bucketIsCreatedWithGeneratedId() {
		KintoObject<Map<String, Object>> created = this.kinto.buckets().create(Map.of());
		KintoObject<Map<String, Object>> another = this.kinto.buckets().create(Map.of("a", 1), (w) -> w);
		assertThat(created.id()).isNotEqualTo(another.id());
		assertThat(this.kinto.bucket(another.id()).attributes().get().data()).containsEntry("a", 1);
		this.kinto.buckets().delete(created.id());
		this.kinto.buckets().delete(another.id());
	}

	@Test
	void createOfExistingBucketFailsWithConflict() {
		KintoObject<Map<String, Object>> bucket = this.bucket.attributes().replace(Map.of("a", 1));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.kinto.buckets().create(this.bucket.id(), Map.of("a", 2)))
			.satisfies((ex) -> assertThat(ex.existing().orElseThrow())
				.extracting(KintoObject::data, KintoObject::lastModified)
				.containsExactly(bucket.data(), bucket.lastModified()));
	}

	@Test
	void missingBucketIsDenied() {
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> this.kinto.bucket(randomId()).attributes().get())
			.withMessageContaining("Kinto also returns this for a bucket that does not exist");
	}

	@Test
	void bucketAttributesAreReplaced() {
		this.bucket.attributes().replace(Map.of("a", 1, "b", 2));
		KintoObject<Map<String, Object>> replaced = this.bucket.attributes().replace(Map.of("c", 3));
		assertThat(replaced.data()).containsOnlyKeys("id", "last_modified", "c");
		assertThat(this.bucket.attributes().get()).isEqualTo(replaced);
		assertThat(this.bucket.attributes().replace(Map.of()).data()).containsOnlyKeys("id", "last_modified");
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.bucket.attributes().update(replaced.withData(Map.of("c", 4))));
	}

	@Test
	void bucketAttributesArePatched() {
		KintoObject<Map<String, Object>> old = this.bucket.attributes().replace(Map.of("a", 1, "b", 2));
		assertThat(this.bucket.attributes().patch(Map.of("b", 3)).data()).containsEntry("a", 1).containsEntry("b", 3);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(
				() -> this.bucket.attributes().patch(Map.of("b", 4), (w) -> w.lastModified(old.lastModified())));
	}

	@Test
	void bucketIsDeletedWithContent() {
		KintoObject<Map<String, Object>> old = this.bucket.attributes().get();
		KintoObject<Map<String, Object>> current = this.bucket.attributes().replace(Map.of("a", 1));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.kinto.buckets().delete(old));
		KintoTombstone tombstone = this.kinto.buckets().delete(current);
		assertThat(tombstone.id()).isEqualTo(this.bucket.id());
		assertThat(tombstone.lastModified()).isGreaterThan(current.lastModified());
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> this.bucket.attributes().get());
		this.kinto.buckets().create(this.bucket.id());
		assertThat(this.bucket.collections().list().data()).isEmpty();
	}

	@Test
	void collectionIsCreated() {
		KintoObject<Map<String, Object>> created = this.bucket.collections()
			.create("drafts", Map.of("a", 1), (w) -> w.permissions((p) -> p.createRecords("system.Authenticated")));
		assertThat(created.id()).isEqualTo("drafts");
		assertThat(created.permissions().principals("record:create")).containsExactly("system.Authenticated");
		assertThat(this.bucket.collection("drafts").attributes().get()).isEqualTo(created);
		assertThat(this.bucket.collections().create(Map.of()).id()).isNotEmpty();
		assertThat(this.bucket.collections().create(Map.of("id", "mine", "a", 1), (w) -> w).id()).isEqualTo("mine");
	}

	@Test
	void createOfExistingCollectionFailsWithConflict() {
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.bucket.collections().create("posts"))
			.satisfies((ex) -> assertThat(ex.existing().orElseThrow().id()).isEqualTo("posts"));
		assertThat(this.bucket.collections().create("posts", Map.of("a", 1), (w) -> w.safe(false)).data())
			.containsEntry("a", 1);
	}

	@Test
	void missingCollectionIsNotFound() {
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.bucket.collection("none").attributes().get());
	}

	@Test
	void collectionAttributesAreReplacedAndPatched() {
		KintoObject<Map<String, Object>> old = this.posts.attributes().replace(Map.of("a", 1, "b", 2));
		assertThat(this.posts.attributes().patch(Map.of("b", 3)).data()).containsEntry("a", 1).containsEntry("b", 3);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.attributes().update(old.withData(Map.of("c", 4))))
			.satisfies((ex) -> assertThat(ex.existing().orElseThrow().data())
				.isEqualTo(this.posts.attributes().get().data()));
		assertThat(this.posts.attributes().update(this.posts.attributes().get().withData(Map.of("c", 4))).data())
			.containsOnlyKeys("id", "last_modified", "c");
		assertThat(this.posts.attributes().replace(Map.of()).data()).containsOnlyKeys("id", "last_modified");
	}

	@Test
	void collectionIsDeletedWithRecords() {
		this.posts.create("first", new Post("A", 1));
		KintoObject<Map<String, Object>> old = this.posts.attributes().get();
		KintoObject<Map<String, Object>> current = this.posts.attributes().replace(Map.of("a", 1));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.bucket.collections().delete(old));
		assertThat(this.bucket.collections().delete(current).id()).isEqualTo("posts");
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.get("first"));
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.bucket.collections().delete("posts"));
		this.bucket.collections().create("posts");
		assertThat(this.posts.list().data()).isEmpty();
	}

	@Test
	void recordsDoNotChangeVersionOfCollection() {
		KintoObject<Map<String, Object>> collection = this.posts.attributes().get();
		this.posts.create(new Post("A", 1));
		assertThat(this.posts.attributes().get()).isEqualTo(collection);
	}

	@Test
	void defaultBucketExists() {
		CollectionOperations<Post> drafts = this.kinto.bucket().collection(randomId(), Post.class);
		KintoObject<Post> created = drafts.create(new Post("A", 1));
		assertThat(drafts.get(created.id())).isEqualTo(created);
		assertThat(drafts.update(created.withData(new Post("B", 2))).data()).isEqualTo(new Post("B", 2));
		KintoObject<Map<String, Object>> bucket = this.kinto.bucket().attributes().get();
		assertThat(bucket.id()).isEqualTo(this.kinto.fetchUser().orElseThrow().bucket());
		assertThat(this.kinto.bucket().attributes().update(bucket.withData(Map.of("a", 1))).data()).containsEntry("a",
				1);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.kinto.bucket().attributes().update(bucket.withData(Map.of("a", 2))));
		assertThat(this.kinto.bucket(bucket.id()).collection(drafts.id(), Post.class).get(created.id()).data())
			.isEqualTo(new Post("B", 2));
	}

	/**
	 * Any other request creates the collection in the default bucket.
	 */
	@Test
	void collectionOfDefaultBucketIsCreatedOnce() {
		String id = randomId();
		assertThat(this.kinto.bucket().collections().create(id, Map.of("a", 1)).data()).containsEntry("a", 1);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.kinto.bucket().collections().create(id));
		assertThat(this.kinto.bucket().collections().createIfAbsent(id).created()).isFalse();
		assertThat(this.kinto.bucket().collections().createIfAbsent(randomId()).created()).isTrue();
	}

	@Test
	void defaultBucketIsPersonal() {
		KintoOperations other = kinto(TestServer.user(randomId()));
		assertThat(other.bucket().attributes().get().id()).isNotEqualTo(this.kinto.bucket().attributes().get().id());
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> kinto(KintoAuthentication.none()).bucket().attributes().get());
	}

	@Test
	void templateOptionsAreInherited() {
		KintoOperations careless = kinto(this.server.user(), (o) -> o.safe(false));
		String id = randomId();
		careless.buckets().create(id, Map.of("a", 1));
		assertThat(careless.buckets().create(id, Map.of("a", 2)).data()).containsEntry("a", 2);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> careless.bucket(id, (o) -> o.safe(true)).attributes().replace(Map.of("a", 3)));
		careless.buckets().delete(id);
	}

}
