package io.kintospring.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.server.KintoUser;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/**
 * Plugins and utilities of a server.
 */
class PluginContractTests extends ContractTests {

	/**
	 * Kinto with the memory backend sometimes reports a broken storage.
	 */
	@Test
	void heartbeatIsRead() {
		KintoHeartbeat heartbeat = this.kinto.fetchHeartbeat();
		assertThat(heartbeat.backends()).containsKey("storage")
			.containsEntry("permission", true)
			.containsEntry("cache", true);
		assertThat(heartbeat.isHealthy()).isEqualTo(heartbeat.backends().get("storage"));
	}

	@Test
	void historyContainsChanges() {
		KintoObject<Post> created = this.posts.create("a", new Post("A", 1),
				(w) -> w.permissions((p) -> p.read("system.Everyone")));
		this.posts.replace("a", new Post("B", 2));
		this.posts.delete("a");
		KintoPage<KintoHistoryEntry> page = this.bucket.history()
			.list((q) -> q.where(KintoHistoryEntry::recordId).is("a").limit(2));
		assertThat(page.data()).extracting((entry) -> entry.data().action()).containsExactly("delete", "update");
		assertThat(page.hasNext()).isTrue();
		KintoHistoryEntry entry = page.next().data().get(0).data();
		assertThat(entry.action()).isEqualTo("create");
		assertThat(entry.uri()).isEqualTo("/buckets/" + this.bucket.id() + "/collections/posts/records/a");
		assertThat(entry.userId()).isEqualTo(this.kinto.fetchUser().orElseThrow().id());
		assertThat(entry.resourceName()).isEqualTo("record");
		assertThat(entry.collectionId()).isEqualTo("posts");
		assertThat(entry.recordId()).isEqualTo("a");
		assertThat(entry.groupId()).isNull();
		assertThat(entry.date()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
		assertThat(entry.target().data()).containsEntry("title", "A").containsEntry("id", "a");
		assertThat(entry.target().permissions().principals("read")).containsExactly("system.Everyone");
		assertThat(entry.target().data()).containsEntry("last_modified", created.lastModified().value());
		try (Stream<KintoObject<KintoHistoryEntry>> all = this.bucket.history().stream((q) -> q.limit(2))) {
			assertThat(all).extracting((each) -> each.data().resourceName())
				.containsExactly("record", "record", "record", "collection", "bucket");
		}
	}

	@Test
	void historyIsPurged() {
		this.posts.create("a", new Post("A", 1));
		this.posts.create("b", new Post("B", 1));
		assertThat(this.bucket.history().deleteAll((q) -> q.where("record_id").is("a"))).hasSize(1);
		assertThat(resourcesInHistory()).containsExactly("record", "collection", "bucket");
		assertThat(this.bucket.history().deleteAll()).hasSize(3);
		assertThat(resourcesInHistory()).isEmpty();
		assertThat(this.bucket.history().list((q) -> q.since(KintoTimestamp.of(0))).tombstones()).hasSize(4);
	}

	@Test
	void snapshotContainsEarlierRecords() {
		KintoObject<Post> a = this.posts.create("a", new Post("A", 1));
		KintoObject<Post> b = this.posts.create("b", new Post("B", 1));
		this.posts.update(a.withData(new Post("A", 2)));
		this.posts.delete("b");
		this.posts.create("c", new Post("C", 1));
		assertThat(this.posts.snapshot(b.lastModified())).extracting(KintoObject::id, KintoObject::data)
			.containsExactly(tuple("b", b.data()), tuple("a", a.data()));
		assertThat(this.posts.snapshot(a.lastModified())).extracting(KintoObject::lastModified)
			.containsExactly(a.lastModified());
		assertThat(this.posts.snapshot(this.posts.timestamp())).extracting(KintoObject::id).containsExactly("c", "a");
		assertThat(this.bucket.collection("none").snapshot(b.lastModified())).isEmpty();
	}

	@Test
	void accountLifecycle() {
		String name = randomId() + "+x@example.org";
		KintoObject<Map<String, Object>> created = kinto(KintoAuthentication.none()).createAccount(name, "first");
		assertThat(created.id()).isEqualTo(name);
		assertThat(created.data()).containsOnlyKeys("id", "last_modified");
		KintoOperations user = kinto(KintoAuthentication.basic(name, "first"));
		assertThat(user.fetchUser().orElseThrow().id()).isEqualTo("account:" + name);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> user.createAccount(name, "other"))
			.satisfies((ex) -> assertThat(ex.response().body()).isEmpty());
		assertThat(user.changePassword(name, "second").data()).containsOnlyKeys("id", "last_modified");
		KintoOperations changed = kinto(KintoAuthentication.basic(name, "second"));
		assertThat(changed.fetchUser().orElseThrow().id()).isEqualTo("account:" + name);
		assertThat(changed.deleteAccount(name).id()).isEqualTo(name);
	}

	/**
	 * Kinto returns an existing account with its password hash to anyone who tries to
	 * create it.
	 */
	@Test
	void createOfExistingAccountFailsWithoutHash() {
		String name = randomId();
		KintoOperations anonymous = kinto(KintoAuthentication.none());
		anonymous.createAccount(name, "first");
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> anonymous.createAccount(name, "second"))
			.withMessageContaining("the object exists already")
			.satisfies((ex) -> assertThat(ex.existing()).isEmpty())
			.satisfies((ex) -> assertThat(ex.response().body()).isEmpty());
		assertThat(kinto(KintoAuthentication.basic(name, "first")).deleteAccount(name).id()).isEqualTo(name);
	}

	/**
	 * A server that also accepts basic authentication without accounts treats a wrong
	 * password as another user.
	 */
	@Test
	void wrongPasswordYieldsOtherUserOrNone() {
		String name = randomId();
		kinto(KintoAuthentication.none()).createAccount(name, "right");
		KintoOperations wrong = kinto(KintoAuthentication.basic(name, "wrong"));
		assertThat(wrong.fetchServerInfo().projectName()).isEqualTo("kinto");
		assertThat(wrong.fetchUser().map(KintoUser::id)).isNotEqualTo(Optional.of("account:" + name));
		assertThat(kinto(KintoAuthentication.basic(name, "right")).deleteAccount(name).id()).isEqualTo(name);
	}

	@Test
	void otherAccountCannotBeChanged() {
		String name = randomId();
		kinto(KintoAuthentication.none()).createAccount(name, "first");
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> this.kinto.changePassword(name, "second"));
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> this.kinto.deleteAccount(name));
		assertThat(kinto(KintoAuthentication.basic(name, "first")).deleteAccount(name).id()).isEqualTo(name);
	}

	@Test
	void permissionsOfUserAreListed() {
		this.posts.create("a", new Post("A", 1));
		List<KintoPermissionEntry> entries = this.kinto
			.listPermissions((q) -> q.where("bucket_id").is(this.bucket.id()).limit(2).sort("uri"));
		String uri = "/buckets/" + this.bucket.id();
		assertThat(entries)
			.extracting(KintoPermissionEntry::uri, KintoPermissionEntry::resourceName, KintoPermissionEntry::bucketId,
					KintoPermissionEntry::collectionId, KintoPermissionEntry::recordId)
			.containsExactly(tuple(uri, "bucket", this.bucket.id(), null, null),
					tuple(uri + "/collections/posts", "collection", this.bucket.id(), "posts", null),
					tuple(uri + "/collections/posts/records/a", "record", this.bucket.id(), "posts", "a"));
		assertThat(entries.get(1).permissions()).contains("write", "read", "record:create");
		try (Stream<KintoPermissionEntry> all = this.kinto
			.streamPermissions((q) -> q.where("bucket_id").is(this.bucket.id()).where("resource_name").is("record"))) {
			assertThat(all).extracting(KintoPermissionEntry::recordId).containsExactly("a");
		}
	}

	private List<String> resourcesInHistory() {
		return this.bucket.history().list().data().stream().map((entry) -> entry.data().resourceName()).toList();
	}

}
