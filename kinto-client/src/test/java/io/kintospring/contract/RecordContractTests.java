package io.kintospring.contract;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoWriteOptions;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.Flavour;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RecordContractTests extends ContractTests {

	private static final Post OLD = new Post("old", 1);

	private static final Post NEW = new Post("new", 2);

	@Test
	void createWithoutIdGetsGeneratedId() {
		KintoObject<Post> created = this.posts.create(OLD);
		assertThat(created.id()).matches("[a-zA-Z0-9][a-zA-Z0-9_-]*");
		assertThat(created.data()).isEqualTo(OLD);
		assertThat(this.posts.create(OLD).id()).isNotEqualTo(created.id());
		assertThat(this.posts.get(created.id())).isEqualTo(created);
	}

	@Test
	void createWithIdKeepsIt() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		assertThat(created.id()).isEqualTo("first");
		assertThat(created.data()).isEqualTo(OLD);
		assertThat(created.lastModified().value()).isPositive();
		assertThat(this.posts.get("first")).isEqualTo(created);
	}

	@Test
	void createOfExistingIdFailsWithExistingObject() {
		KintoObject<Post> first = this.posts.create("first", OLD);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.posts.create("first", NEW))
			.satisfies((ex) -> {
				assertThat(ex.status()).isEqualTo(412);
				assertThat(ex.errno()).isEqualTo(114);
				assertThat(ex.existing(Post.class)).hasValueSatisfying((existing) -> {
					assertThat(existing.data()).isEqualTo(OLD);
					assertThat(existing.lastModified()).isEqualTo(first.lastModified());
				});
			});
		assertThat(this.posts.get("first").data()).isEqualTo(OLD);
	}

	/**
	 * Kinto responds to a {@code POST} of an existing id with the existing object.
	 */
	@Test
	void createOfExistingIdInDataFailsWithConflict() {
		KintoObject<Map<String, Object>> first = this.maps.create(Map.of("id", "first", "a", 1));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.maps.create(Map.of("id", "first", "a", 2)))
			.satisfies((ex) -> assertThat(ex.existing().orElseThrow().lastModified()).isEqualTo(first.lastModified()));
		assertThat(this.maps.get("first")).isEqualTo(first);
	}

	/**
	 * A user without read access only gets the existing object with a precondition.
	 */
	@Test
	void createOfUnreadableIdFailsWithConflictAndUnsafeIsDenied() {
		this.posts.create("first", OLD);
		this.posts.permissions().grant((p) -> p.createRecords("system.Authenticated"));
		CollectionOperations<Post> others = kinto(TestServer.user(randomId())).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> others.create("first", NEW))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data()).isEqualTo(OLD));
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> others.create("first", NEW, (w) -> w.safe(false)));
		assertThat(this.posts.get("first").data()).isEqualTo(OLD);
	}

	@Test
	void unsafeCreateReplacesObject() {
		this.posts.create("first", OLD);
		assertThat(this.posts.create("first", NEW, (w) -> w.safe(false)).data()).isEqualTo(NEW);
		assertThat(this.posts.get("first").data()).isEqualTo(NEW);
	}

	@Test
	void createAfterDeleteSucceeds() {
		this.posts.create("first", OLD);
		KintoTombstone tombstone = this.posts.delete("first");
		assertThat(this.posts.create("first", NEW).lastModified()).isGreaterThan(tombstone.lastModified());
	}

	@Test
	void idAndVersionAreBoundToData() {
		CollectionOperations<Note> notes = this.bucket.collection("posts", Note.class);
		KintoObject<Note> created = notes.create(new Note("mine", null, "N"));
		assertThat(created.data()).isEqualTo(new Note("mine", created.lastModified().value(), "N"));
		KintoObject<Note> updated = notes.replace(created.id(), created.data());
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> notes.replace(created.id(), created.data()))
			.satisfies((ex) -> assertThat(ex.existing(Note.class).orElseThrow().lastModified())
				.isEqualTo(updated.lastModified()));
	}

	@Test
	void everyJsonValueIsKept() {
		Map<String, Object> data = new HashMap<>(Map.of("text", "\u00fc \"\\ \ud83d\ude00\n", "int", 5, "long",
				1700000000000001L, "double", 1.5, "true", true, "list", List.of(1, "a", List.of()), "object",
				Map.of("id", "inner", "last_modified", 1), "empty", Map.of()));
		data.put("null", null);
		KintoObject<Map<String, Object>> created = this.maps.create(data);
		assertThat(created.data()).containsAllEntriesOf(data)
			.containsEntry("id", created.id())
			.containsEntry("last_modified", created.lastModified().value())
			.hasSize(data.size() + 2);
		assertThat(this.maps.get(created.id()).data()).isEqualTo(created.data());
	}

	@Test
	void numbersLargerThanLongAreKept() {
		BigInteger large = new BigInteger("12345678901234567890");
		KintoObject<Map<String, Object>> created = this.maps.create(Map.of("n", large));
		assertThat(this.maps.get(created.id()).data()).containsEntry("n", large);
	}

	@Test
	void recordOfThreeHundredKilobytesIsKept() {
		Post large = new Post("\u00fc".repeat(150 * 1024), 1);
		String id = this.posts.create(large).id();
		assertThat(this.posts.get(id).data()).isEqualTo(large);
	}

	@Test
	void getOfMissingRecordIsNotFound() {
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.get("none"))
			.withMessageStartingWith("getRecord GET /buckets/" + this.bucket.id() + "/collections/posts/records/none:"
					+ " 404 Not Found (errno 110)")
			.satisfies((ex) -> assertThat(ex.errno()).isEqualTo(110));
	}

	@Test
	void findOfMissingRecordIsEmpty() {
		assertThat(this.posts.find("none")).isEmpty();
		this.posts.create("some", OLD);
		assertThat(this.posts.find("some")).hasValueSatisfying((found) -> assertThat(found.data()).isEqualTo(OLD));
		this.posts.delete("some");
		assertThat(this.posts.find("some")).isEmpty();
	}

	@Test
	void findInMissingCollectionIsNotFound() {
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.bucket.collection("none").find("x"));
	}

	@Test
	void updateReplacesRecord() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		KintoObject<Post> updated = this.posts.update(created.withData(NEW));
		assertThat(updated.data()).isEqualTo(NEW);
		assertThat(updated.lastModified()).isGreaterThan(created.lastModified());
		assertThat(this.posts.get("first")).isEqualTo(updated);
		assertThat(this.posts.update(updated).lastModified()).isGreaterThan(updated.lastModified());
	}

	@Test
	void updateOfChangedRecordFailsWithExistingRecord() {
		KintoObject<Post> mine = this.posts.create("first", OLD);
		KintoObject<Post> theirs = this.posts.update(mine.withData(new Post("theirs", 9)));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.posts.update(mine.withData(NEW)))
			.satisfies((ex) -> {
				KintoObject<Post> existing = ex.existing(Post.class).orElseThrow();
				assertThat(existing.data()).isEqualTo(theirs.data());
				assertThat(existing.lastModified()).isEqualTo(theirs.lastModified());
				assertThat(this.posts.update(existing.withData(NEW)).data()).isEqualTo(NEW);
			});
	}

	@Test
	void updateOfConcurrentlyDeletedObjectFailsWithConflict() {
		KintoObject<Post> mine = this.posts.create("first", OLD);
		this.posts.delete("first");
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.posts.update(mine.withData(NEW)))
			.satisfies((ex) -> assertThat(ex.existing()).isEmpty());
		assertThat(this.posts.find("first")).isEmpty();
	}

	@Test
	void unsafeUpdateOverwrites() {
		KintoObject<Post> mine = this.posts.create("first", OLD);
		this.posts.replace("first", new Post("theirs", 9));
		assertThat(this.posts.update(mine.withData(NEW), (w) -> w.safe(false)).data()).isEqualTo(NEW);
	}

	@Test
	void replaceCreatesOrReplaces() {
		assertThat(this.posts.replace("first", OLD).data()).isEqualTo(OLD);
		assertThat(this.posts.replace("first", NEW).data()).isEqualTo(NEW);
	}

	@Test
	void safeReplaceOnlyCreates() {
		CollectionOperations<Post> safe = this.bucket.collection("posts", Post.class, (o) -> o.safe(true));
		assertThat(safe.replace("first", OLD).data()).isEqualTo(OLD);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> safe.replace("first", NEW));
	}

	@Test
	void replaceWithEmptyDataClearsRecord() {
		this.maps.create("first", Map.of("a", 1));
		assertThat(this.maps.replace("first", Map.of()).data()).containsOnlyKeys("id", "last_modified");
	}

	@Test
	void patchKeepsOtherFields() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		KintoObject<Post> patched = this.posts.patch(created.id(), Map.of("stars", 5), (w) -> w.ifUnchanged(created));
		assertThat(patched.data()).isEqualTo(new Post("old", 5));
		assertThat(patched.lastModified()).isGreaterThan(created.lastModified());
		assertThat(this.posts.patch("first", Map.of("title", "new")).data()).isEqualTo(new Post("new", 5));
	}

	@Test
	void patchStoresNullsAndReplacesNestedObjects() {
		this.maps.create("first", Map.of("a", 1, "b", Map.of("x", 1, "y", 2)));
		Map<String, Object> changes = new HashMap<>(Map.of("b", Map.of("x", 3)));
		changes.put("a", null);
		assertThat(this.maps.patch("first", changes).data()).containsEntry("a", null)
			.containsEntry("b", Map.of("x", 3));
	}

	/**
	 * An update with the version before the patch would conflict.
	 */
	@Test
	void patchWithoutChangesCreatesNewVersion() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		KintoObject<Post> patched = this.posts.patch(created.id(), Map.of(), (w) -> w.ifUnchanged(created));
		assertThat(patched.data()).isEqualTo(OLD);
		assertThat(patched.lastModified()).isGreaterThan(created.lastModified());
		assertThat(this.posts.update(patched.withData(NEW)).data()).isEqualTo(NEW);
	}

	@Test
	void patchOfChangedRecordFailsWithConflict() {
		KintoObject<Post> mine = this.posts.create("first", OLD);
		this.posts.replace("first", NEW);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.patch(mine.id(), Map.of("stars", 5), (w) -> w.ifUnchanged(mine)))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data()).isEqualTo(NEW));
	}

	@Test
	void patchOfMissingRecordIsNotFound() {
		KintoObject<Post> mine = this.posts.create("first", OLD);
		this.posts.delete("first");
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.posts.patch(mine.id(), Map.of("stars", 5), (w) -> w.ifUnchanged(mine)));
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.posts.patch("none", Map.of("stars", 5)));
	}

	@Test
	void deleteReturnsTombstone() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		KintoTombstone tombstone = this.posts.delete(created);
		assertThat(tombstone.id()).isEqualTo("first");
		assertThat(tombstone.lastModified()).isGreaterThan(created.lastModified());
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.get("first"));
	}

	@Test
	void deleteOfChangedRecordFailsWithConflict() {
		KintoObject<Post> mine = this.posts.create("first", OLD);
		KintoObject<Post> theirs = this.posts.replace("first", NEW);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.posts.delete(mine))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data()).isEqualTo(NEW));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.delete("first", (w) -> w.lastModified(mine.lastModified())));
		assertThat(this.posts.delete("first", (w) -> w.lastModified(theirs.lastModified())).id()).isEqualTo("first");
	}

	@Test
	void deleteOfMissingRecordIsNotFound() {
		KintoObject<Post> mine = this.posts.create("first", OLD);
		this.posts.delete("first");
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.delete(mine));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.delete("none"));
	}

	@Test
	void versionInOptionsIsCompared() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.replace("first", NEW, (w) -> w.lastModified(KintoTimestamp.of(5))));
		assertThat(this.posts.replace("first", NEW, (w) -> w.lastModified(created.lastModified())).data())
			.isEqualTo(NEW);
	}

	@Test
	void permissionsAreWrittenAndRead() {
		String me = this.kinto.fetchUser().orElseThrow().id();
		KintoObject<Post> created = this.posts.create("first", OLD,
				(w) -> w.permissions((p) -> p.read("system.Everyone", "account:alice").write("account:bob")));
		assertThat(created.permissions().principals("read")).containsExactlyInAnyOrder("system.Everyone",
				"account:alice");
		assertThat(created.permissions().principals("write")).containsExactlyInAnyOrder(me, "account:bob");
		assertThat(this.posts.get("first").permissions()).isEqualTo(created.permissions());
		assertThat(this.posts.update(created).permissions()).isEqualTo(created.permissions());
		assertThat(this.posts.patch("first", Map.of(), (w) -> w.permissions((p) -> p.with("read", List.of())))
			.permissions()
			.principals("read")).isEmpty();
		KintoPermissions replaced = this.posts
			.replace("first", NEW, (w) -> w.permissions((p) -> p.read("system.Authenticated")))
			.permissions();
		assertThat(replaced.principals("read")).containsExactly("system.Authenticated");
		assertThat(replaced.principals("write")).containsExactly(me);
		assertThat(this.posts.list().data().get(0).permissions()).isEqualTo(KintoPermissions.none());
	}

	/**
	 * Sending the permissions that were read would revoke newer ones.
	 */
	@Test
	void updateKeepsConcurrentlyGrantedPermissions() {
		KintoObject<Post> read = this.posts.create("first", OLD, (w) -> w.permissions((p) -> p.read("account:a")));
		KintoPermissions granted = this.posts.permissions("first").grant((p) -> p.read("account:b")).permissions();
		assertThat(this.posts.update(read.withData(NEW), (w) -> w.safe(false)).permissions()).isEqualTo(granted);
		KintoObject<Post> listed = this.posts.list().data().get(0);
		assertThat(this.posts.update(listed.withData(OLD)).permissions()).isEqualTo(granted);
		assertThat(granted.principals("read")).containsExactlyInAnyOrder("account:a", "account:b");
	}

	@Test
	void unknownPermissionIsInvalid() {
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> this.posts.create(OLD, (w) -> w.permissions((p) -> p.with("fly", List.of("me")))))
			.satisfies((ex) -> assertThat(ex.details()).isNotEmpty());
	}

	@Test
	void permissionsRestrictOtherUsers() {
		this.posts.create("private", OLD);
		this.posts.create("public", OLD, (w) -> w.permissions((p) -> p.read("system.Authenticated")));
		CollectionOperations<Post> others = kinto(TestServer.user(randomId())).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThat(others.get("public")).extracting(KintoObject::data, KintoObject::permissions)
			.containsExactly(OLD, KintoPermissions.none());
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> others.get("private"))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(403));
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> others.replace("public", NEW));
		assertThat(others.list().data()).extracting(KintoObject::id).containsExactly("public");
	}

	@Test
	void anonymousAccessIsDenied() {
		CollectionOperations<Post> anonymous = kinto(KintoAuthentication.none()).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> anonymous.get("first"))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(401));
	}

	@Test
	void authorizationOfOperationWins() {
		this.posts.create("first", OLD);
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> this.posts.get("first", (r) -> r.header("authorization", "Basic b3RoZXI6eA==")));
	}

	@Test
	void createIfAbsentCreatesOnceWithItsPermissions() {
		String me = this.kinto.fetchUser().orElseThrow().id();
		KintoCreation<Post> first = this.posts.createIfAbsent("first", OLD,
				(w) -> w.permissions((p) -> p.read("system.Everyone")));
		assertThat(first.created()).isTrue();
		assertThat(first.object().data()).isEqualTo(OLD);
		assertThat(first.object().permissions()).isEqualTo(KintoPermissions.none().write(me).read("system.Everyone"));
		KintoCreation<Post> second = this.posts.createIfAbsent("first", NEW,
				(w) -> w.permissions((p) -> p.read("account:a")));
		assertThat(second.created()).isFalse();
		assertThat(second.object()).isEqualTo(first.object());
		assertThat(this.posts.get("first")).isEqualTo(first.object());
		this.posts.delete("first");
		assertThat(this.posts.createIfAbsent("first", NEW).created()).isTrue();
	}

	@Test
	void createIfAbsentOfUnreadableRecordIsDenied() {
		this.posts.create("private", OLD);
		this.posts.permissions().grant((p) -> p.createRecords("system.Authenticated"));
		CollectionOperations<Post> others = kinto(TestServer.user(randomId())).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThat(others.createIfAbsent("mine", NEW).created()).isTrue();
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> others.createIfAbsent("private", NEW));
	}

	/**
	 * In a posted id, Kinto replaces {@code default} by the id of the user's bucket.
	 */
	@Test
	void createIfAbsentInDefaultBucketKeepsId() {
		CollectionOperations<Post> drafts = this.kinto.bucket().collection(randomId(), Post.class);
		for (String id : List.of("default", "my-default", "other")) {
			KintoCreation<Post> created = drafts.createIfAbsent(id, OLD);
			assertThat(created.created()).isTrue();
			assertThat(created.object().id()).isEqualTo(id);
			KintoCreation<Post> there = drafts.createIfAbsent(id, NEW);
			assertThat(there.created()).isFalse();
			assertThat(there.object().data()).isEqualTo(OLD);
			assertThat(there.object().lastModified()).isEqualTo(created.object().lastModified());
		}
		assertThat(drafts.count()).isEqualTo(3);
	}

	/**
	 * The existing object in a conflict has no permissions.
	 */
	@Test
	void createIfAbsentInDefaultBucketOmitsExistingPermissions() {
		CollectionOperations<Post> drafts = this.kinto.bucket().collection(randomId(), Post.class);
		for (String id : List.of("my-default", "other")) {
			KintoWriteOptions.Customizer readable = (w) -> w.permissions((p) -> p.read("system.Everyone"));
			KintoPermissions created = drafts.createIfAbsent(id, OLD, readable).object().permissions();
			assertThat(created.principals("read")).containsExactly("system.Everyone");
			assertThat(drafts.createIfAbsent(id, NEW, readable).object().permissions())
				.isEqualTo(id.equals("other") ? created : KintoPermissions.none());
			assertThat(drafts.permissions(id).get().permissions()).isEqualTo(created);
		}
	}

	/**
	 * In an id in a body, Kinto replaces {@code default} by the id of the user's bucket.
	 */
	@Test
	void idContainingDefaultIsKeptInDefaultBucket() {
		CollectionOperations<Map<String, Object>> drafts = this.kinto.bucket().collection(randomId());
		Map<String, Object> data = Map.of("id", "my-default", "a", 1);
		KintoObject<Map<String, Object>> created = drafts.create(data);
		assertThat(created.id()).isEqualTo("my-default");
		assertThat(drafts.update(created).id()).isEqualTo("my-default");
		assertThat(drafts.patch("my-default", data).id()).isEqualTo("my-default");
		assertThat(drafts.list().data()).extracting(KintoObject::id).containsExactly("my-default");
	}

	@Test
	void mergePatchRemovesNullsAndMergesNestedObjects() {
		KintoObject<Map<String, Object>> created = this.maps.create("first",
				Map.of("a", 1, "b", Map.of("x", 1, "y", 2), "list", List.of(1, 2)));
		Map<String, Object> changes = new HashMap<>(Map.of("b", Map.of("x", 3), "list", List.of(9)));
		changes.put("a", null);
		KintoObject<Map<String, Object>> patched = this.maps.mergePatch(created.id(), changes,
				(w) -> w.ifUnchanged(created));
		assertThat(patched.data()).containsOnlyKeys("id", "last_modified", "b", "list")
			.containsEntry("b", Map.of("x", 3, "y", 2))
			.containsEntry("list", List.of(9));
		assertThat(patched.lastModified()).isGreaterThan(created.lastModified());
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.maps.mergePatch(created.id(), changes, (w) -> w.ifUnchanged(created)));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.maps.mergePatch("none", changes));
	}

	/**
	 * In the default bucket, Kinto applies a merge patch with an id in its body as a
	 * plain one.
	 */
	@Test
	void mergePatchWorksInDefaultBucket() {
		CollectionOperations<Map<String, Object>> drafts = this.kinto.bucket().collection(randomId());
		drafts.create("default", Map.of("b", Map.of("x", 1, "y", 2)));
		assertThat(drafts.mergePatch("default", Map.of("id", "default", "b", Map.of("x", 3))).data()).containsEntry("b",
				Map.of("x", 3, "y", 2));
	}

	@Test
	void jsonPatchAppliesAllOperationsOrNone() {
		KintoObject<Map<String, Object>> created = this.maps.create("first",
				Map.of("a", 1, "list", List.of("x"), "old", true));
		KintoObject<Map<String, Object>> patched = ifTheServerHasIt(() -> this.maps.jsonPatch("first",
				(p) -> p.test("/data/a", 1)
					.replace("/data/a", 2)
					.add("/data/list/-", "y")
					.move("/data/old", "/data/new")
					.copy("/data/a", "/data/b")
					.add("/permissions/read/system.Everyone", "system.Everyone")));
		assertThat(patched.data()).containsEntry("a", 2)
			.containsEntry("b", 2)
			.containsEntry("list", List.of("x", "y"))
			.containsEntry("new", true)
			.doesNotContainKey("old");
		assertThat(patched.permissions().principals("read")).containsExactly("system.Everyone");
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> this.maps.jsonPatch("first", (p) -> p.remove("/data/a").test("/data/b", 3)));
		assertThat(this.maps.get("first").data()).containsEntry("a", 2);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(
				() -> this.maps.jsonPatch(created.id(), (p) -> p.remove("/data/a"), (w) -> w.ifUnchanged(created)));
	}

	@Test
	void jsonPatchWorksOnBucketsCollectionsAndDefaultBucket() {
		this.bucket.attributes().replace(Map.of("a", 1));
		this.posts.attributes().replace(Map.of("a", 1));
		assertThat(ifTheServerHasIt(() -> this.bucket.attributes().jsonPatch((p) -> p.replace("/data/a", 2))).data())
			.containsEntry("a", 2);
		assertThat(this.posts.attributes().jsonPatch((p) -> p.remove("/data/a")).data()).doesNotContainKey("a");
		CollectionOperations<Map<String, Object>> drafts = this.kinto.bucket().collection(randomId());
		drafts.create("x", Map.of("a", 1));
		assertThat(drafts.jsonPatch("x", (p) -> p.add("/data/b", 2)).data()).containsEntry("b", 2);
	}

	@Test
	void updateAppliesFunction() {
		this.posts.create("first", OLD, (w) -> w.permissions((p) -> p.read("system.Everyone")));
		KintoObject<Post> updated = this.posts.update("first", (post) -> new Post(post.title() + "er", 7));
		assertThat(updated.data()).isEqualTo(new Post("older", 7));
		assertThat(updated.permissions().principals("read")).containsExactly("system.Everyone");
		assertThat(this.posts.get("first")).isEqualTo(updated);
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.posts.update("none", (post) -> post));
	}

	@Test
	void functionalUpdateOfDeletedRecordFailsWithConflict() {
		assumeTrue(this.flavour == Flavour.BLOCKING, "a function of the reactive template must not wait");
		this.posts.create("first", OLD);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.posts.update("first", (post) -> {
			this.posts.delete("first");
			return post;
		})).satisfies((ex) -> assertThat(ex.existing()).isEmpty());
	}

	@Test
	void updateReappliesFunctionAfterConflict() {
		assumeTrue(this.flavour == Flavour.BLOCKING, "a function of the reactive template must not wait");
		this.posts.create("first", OLD);
		List<Integer> seen = new ArrayList<>();
		KintoObject<Post> updated = this.posts.update("first", (post) -> {
			if (seen.isEmpty()) {
				this.posts.patch("first", Map.of("stars", 50));
			}
			seen.add(post.stars());
			return new Post("mine", post.stars() + 1);
		});
		assertThat(seen).containsExactly(1, 50);
		assertThat(updated.data()).isEqualTo(new Post("mine", 51));
	}

	/**
	 * Writers that always conflict fail, and can try again.
	 */
	@Test
	void concurrentUpdatesAreNotLost() throws Exception {
		this.posts.create("counter", new Post("C", 0));
		ExecutorService writers = Executors.newFixedThreadPool(4);
		try {
			Set<Integer> results = new HashSet<>();
			for (Future<Integer> count : writers.invokeAll(Collections.<Callable<Integer>>nCopies(20, this::countUp))) {
				results.add(count.get());
			}
			assertThat(results).hasSize(20);
		}
		finally {
			writers.shutdownNow();
		}
		assertThat(this.posts.get("counter").data()).isEqualTo(new Post("C", 20));
	}

	private int countUp() {
		while (true) {
			try {
				return this.posts.update("counter", (post) -> new Post(post.title(), post.stars() + 1)).data().stars();
			}
			catch (KintoConflictException ex) {
				assertThat(ex.existing()).isPresent();
			}
		}
	}

	record Note(String id, @JsonProperty("last_modified") @Nullable Long lastModified, String text) {
	}

	@Test
	void unchangedRecordIsEmpty() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		assertThat(this.posts.getIfChanged("first", created.lastModified())).isEmpty();
		KintoObject<Post> changed = this.posts.update(created.withData(NEW));
		assertThat(this.posts.getIfChanged("first", created.lastModified())).get()
			.extracting(KintoObject::data)
			.isEqualTo(NEW);
		assertThat(this.posts.getIfChanged("first", KintoTimestamp.valueOf(changed.lastModified().etag()))).isEmpty();
	}

	@Test
	void setPermissionsComparesReadVersion() {
		KintoObject<Post> created = this.posts.create("first", OLD);
		KintoObject<Map<String, Object>> set = this.posts.permissions("first")
			.set((p) -> p.read("account:a"), (o) -> o.ifUnchanged(created));
		assertThat(set.lastModified()).isGreaterThan(created.lastModified());
		assertThat(this.posts.get("first").lastModified()).isEqualTo(set.lastModified());
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.permissions("first").clear((o) -> o.ifUnchanged(created)));
	}

}
