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
import java.util.function.UnaryOperator;

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
	void createWhenWithoutAnIdGetsOneFromTheServer() {
		KintoObject<Post> created = this.posts.createRecord(OLD);
		assertThat(created.id()).matches("[a-zA-Z0-9][a-zA-Z0-9_-]*");
		assertThat(created.data()).isEqualTo(OLD);
		assertThat(this.posts.createRecord(OLD).id()).isNotEqualTo(created.id());
		assertThat(this.posts.getRecord(created.id())).isEqualTo(created);
	}

	@Test
	void createWhenWithAnIdHasIt() {
		KintoObject<Post> created = this.posts.createRecord("first", OLD);
		assertThat(created.id()).isEqualTo("first");
		assertThat(created.data()).isEqualTo(OLD);
		assertThat(created.lastModified().value()).isPositive();
		assertThat(this.posts.getRecord("first")).isEqualTo(created);
	}

	@Test
	void createWhenTheIdIsTakenIsAConflictThatShowsWhatIsThere() {
		KintoObject<Post> first = this.posts.createRecord("first", OLD);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.posts.createRecord("first", NEW))
			.satisfies((ex) -> {
				assertThat(ex.status()).isEqualTo(412);
				assertThat(ex.errno()).isEqualTo(114);
				assertThat(ex.existing(Post.class)).hasValueSatisfying((existing) -> {
					assertThat(existing.data()).isEqualTo(OLD);
					assertThat(existing.lastModified()).isEqualTo(first.lastModified());
				});
			});
		assertThat(this.posts.getRecord("first").data()).isEqualTo(OLD);
	}

	/**
	 * Kinto answers a post of an id that is taken with what is there, as if it had stored
	 * what was sent.
	 */
	@Test
	void createWhenTheIdInTheDataIsTakenIsAConflict() {
		KintoObject<Map<String, Object>> first = this.maps.createRecord(Map.of("id", "first", "a", 1));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.maps.createRecord(Map.of("id", "first", "a", 2)))
			.satisfies((ex) -> assertThat(ex.existing().orElseThrow().lastModified()).isEqualTo(first.lastModified()));
		assertThat(this.maps.getRecord("first")).isEqualTo(first);
	}

	/**
	 * Who may create and no more is told what is there only if the request is
	 * conditional.
	 */
	@Test
	void createWhenTheIdIsTakenBySomebodyElseIsAConflictAndWhenNotSafeDenied() {
		this.posts.createRecord("first", OLD);
		this.posts.permissions().grant((p) -> p.createRecords("system.Authenticated"));
		CollectionOperations<Post> others = kinto(TestServer.user(randomId())).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> others.createRecord("first", NEW))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data()).isEqualTo(OLD));
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> others.createRecord("first", NEW, (w) -> w.safe(false)));
		assertThat(this.posts.getRecord("first").data()).isEqualTo(OLD);
	}

	@Test
	void createWhenNotSafeReplacesWhatIsThere() {
		this.posts.createRecord("first", OLD);
		assertThat(this.posts.createRecord("first", NEW, (w) -> w.safe(false)).data()).isEqualTo(NEW);
		assertThat(this.posts.getRecord("first").data()).isEqualTo(NEW);
	}

	@Test
	void createAfterADeletionSucceeds() {
		this.posts.createRecord("first", OLD);
		KintoTombstone tombstone = this.posts.deleteRecord("first");
		assertThat(this.posts.createRecord("first", NEW).lastModified()).isGreaterThan(tombstone.lastModified());
	}

	@Test
	void idAndVersionAreFilledIntoDataThatHasThem() {
		CollectionOperations<Note> notes = this.bucket.collection("posts", Note.class);
		KintoObject<Note> created = notes.createRecord(new Note("mine", null, "N"));
		assertThat(created.data()).isEqualTo(new Note("mine", created.lastModified().value(), "N"));
		KintoObject<Note> updated = notes.updateRecord(created.id(), created.data());
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> notes.updateRecord(created.id(), created.data()))
			.satisfies((ex) -> assertThat(ex.existing(Note.class).orElseThrow().lastModified())
				.isEqualTo(updated.lastModified()));
	}

	@Test
	void everyJsonValueSurvives() {
		Map<String, Object> data = new HashMap<>(Map.of("text", "\u00fc \"\\ \ud83d\ude00\n", "int", 5, "long",
				1700000000000001L, "double", 1.5, "true", true, "list", List.of(1, "a", List.of()), "object",
				Map.of("id", "inner", "last_modified", 1), "empty", Map.of()));
		data.put("null", null);
		KintoObject<Map<String, Object>> created = this.maps.createRecord(data);
		assertThat(created.data()).containsAllEntriesOf(data)
			.containsEntry("id", created.id())
			.containsEntry("last_modified", created.lastModified().value())
			.hasSize(data.size() + 2);
		assertThat(this.maps.getRecord(created.id()).data()).isEqualTo(created.data());
	}

	@Test
	void numbersThatFitNoLongSurvive() {
		BigInteger large = new BigInteger("12345678901234567890");
		KintoObject<Map<String, Object>> created = this.maps.createRecord(Map.of("n", large));
		assertThat(this.maps.getRecord(created.id()).data()).containsEntry("n", large);
	}

	@Test
	void recordOfThreeHundredKilobytesIsKept() {
		Post large = new Post("\u00fc".repeat(150 * 1024), 1);
		String id = this.posts.createRecord(large).id();
		assertThat(this.posts.getRecord(id).data()).isEqualTo(large);
	}

	@Test
	void getWhenMissingIsNotFound() {
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.getRecord("none"))
			.withMessageStartingWith("getRecord GET /buckets/" + this.bucket.id() + "/collections/posts/records/none:"
					+ " 404 Not Found (errno 110)")
			.satisfies((ex) -> assertThat(ex.errno()).isEqualTo(110));
	}

	@Test
	void findWhenMissingIsEmpty() {
		assertThat(this.posts.findRecord("none")).isEmpty();
		this.posts.createRecord("some", OLD);
		assertThat(this.posts.findRecord("some"))
			.hasValueSatisfying((found) -> assertThat(found.data()).isEqualTo(OLD));
		this.posts.deleteRecord("some");
		assertThat(this.posts.findRecord("some")).isEmpty();
	}

	@Test
	void findWhenTheCollectionIsMissingIsNotFound() {
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.bucket.collection("none").findRecord("x"));
	}

	@Test
	void updateOfWhatWasReadReplacesIt() {
		KintoObject<Post> created = this.posts.createRecord("first", OLD);
		KintoObject<Post> updated = this.posts.updateRecord(created.withData(NEW));
		assertThat(updated.data()).isEqualTo(NEW);
		assertThat(updated.lastModified()).isGreaterThan(created.lastModified());
		assertThat(this.posts.getRecord("first")).isEqualTo(updated);
		assertThat(this.posts.updateRecord(updated).lastModified()).isGreaterThan(updated.lastModified());
	}

	@Test
	void updateOfWhatSomebodyElseChangedIsAConflictThatShowsTheChange() {
		KintoObject<Post> mine = this.posts.createRecord("first", OLD);
		KintoObject<Post> theirs = this.posts.updateRecord(mine.withData(new Post("theirs", 9)));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.updateRecord(mine.withData(NEW)))
			.satisfies((ex) -> {
				KintoObject<Post> existing = ex.existing(Post.class).orElseThrow();
				assertThat(existing.data()).isEqualTo(theirs.data());
				assertThat(existing.lastModified()).isEqualTo(theirs.lastModified());
				assertThat(this.posts.updateRecord(existing.withData(NEW)).data()).isEqualTo(NEW);
			});
	}

	@Test
	void updateOfWhatWasDeletedMeanwhileIsAConflict() {
		KintoObject<Post> mine = this.posts.createRecord("first", OLD);
		this.posts.deleteRecord("first");
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.updateRecord(mine.withData(NEW)))
			.satisfies((ex) -> assertThat(ex.existing()).isEmpty());
		assertThat(this.posts.findRecord("first")).isEmpty();
	}

	@Test
	void updateWhenNotSafeOverwrites() {
		KintoObject<Post> mine = this.posts.createRecord("first", OLD);
		this.posts.updateRecord("first", new Post("theirs", 9));
		assertThat(this.posts.updateRecord(mine.withData(NEW), (w) -> w.safe(false)).data()).isEqualTo(NEW);
	}

	@Test
	void updateByIdCreatesOrReplaces() {
		assertThat(this.posts.updateRecord("first", OLD).data()).isEqualTo(OLD);
		assertThat(this.posts.updateRecord("first", NEW).data()).isEqualTo(NEW);
	}

	@Test
	void updateByIdWhenSafeOnlyCreates() {
		CollectionOperations<Post> safe = this.bucket.collection("posts", Post.class, (o) -> o.safe(true));
		assertThat(safe.updateRecord("first", OLD).data()).isEqualTo(OLD);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> safe.updateRecord("first", NEW));
	}

	@Test
	void updateWithNothingEmptiesTheRecord() {
		this.maps.createRecord("first", Map.of("a", 1));
		assertThat(this.maps.updateRecord("first", Map.of()).data()).containsOnlyKeys("id", "last_modified");
	}

	@Test
	void patchChangesSomeFieldsAndKeepsTheOthers() {
		KintoObject<Post> created = this.posts.createRecord("first", OLD);
		KintoObject<Post> patched = this.posts.patchRecord(created, Map.of("stars", 5));
		assertThat(patched.data()).isEqualTo(new Post("old", 5));
		assertThat(patched.lastModified()).isGreaterThan(created.lastModified());
		assertThat(this.posts.patchRecord("first", Map.of("title", "new")).data()).isEqualTo(new Post("new", 5));
	}

	@Test
	void patchStoresNullsAndReplacesNestedObjects() {
		this.maps.createRecord("first", Map.of("a", 1, "b", Map.of("x", 1, "y", 2)));
		Map<String, Object> changes = new HashMap<>(Map.of("b", Map.of("x", 3)));
		changes.put("a", null);
		assertThat(this.maps.patchRecord("first", changes).data()).containsEntry("a", null)
			.containsEntry("b", Map.of("x", 3));
	}

	/**
	 * Who goes on with the version from before the patch would be in conflict with
	 * themselves.
	 */
	@Test
	void patchThatChangesNothingMakesANewVersion() {
		KintoObject<Post> created = this.posts.createRecord("first", OLD);
		KintoObject<Post> patched = this.posts.patchRecord(created, Map.of());
		assertThat(patched.data()).isEqualTo(OLD);
		assertThat(patched.lastModified()).isGreaterThan(created.lastModified());
		assertThat(this.posts.updateRecord(patched.withData(NEW)).data()).isEqualTo(NEW);
	}

	@Test
	void patchOfWhatSomebodyElseChangedIsAConflict() {
		KintoObject<Post> mine = this.posts.createRecord("first", OLD);
		this.posts.updateRecord("first", NEW);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.patchRecord(mine, Map.of("stars", 5)))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data()).isEqualTo(NEW));
	}

	@Test
	void patchOfWhatIsMissingIsNotFound() {
		KintoObject<Post> mine = this.posts.createRecord("first", OLD);
		this.posts.deleteRecord("first");
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.posts.patchRecord(mine, Map.of("stars", 5)));
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.posts.patchRecord("none", Map.of("stars", 5)));
	}

	@Test
	void deleteLeavesATombstone() {
		KintoObject<Post> created = this.posts.createRecord("first", OLD);
		KintoTombstone tombstone = this.posts.deleteRecord(created);
		assertThat(tombstone.id()).isEqualTo("first");
		assertThat(tombstone.lastModified()).isGreaterThan(created.lastModified());
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.getRecord("first"));
	}

	@Test
	void deleteOfWhatSomebodyElseChangedIsAConflict() {
		KintoObject<Post> mine = this.posts.createRecord("first", OLD);
		KintoObject<Post> theirs = this.posts.updateRecord("first", NEW);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.posts.deleteRecord(mine))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data()).isEqualTo(NEW));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.deleteRecord("first", (w) -> w.lastModified(mine.lastModified())));
		assertThat(this.posts.deleteRecord("first", (w) -> w.lastModified(theirs.lastModified())).id())
			.isEqualTo("first");
	}

	@Test
	void deleteOfWhatIsMissingIsNotFound() {
		KintoObject<Post> mine = this.posts.createRecord("first", OLD);
		this.posts.deleteRecord("first");
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.deleteRecord(mine));
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.posts.deleteRecord("none"));
	}

	@Test
	void versionInTheOptionsIsCompared() {
		KintoObject<Post> created = this.posts.createRecord("first", OLD);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.updateRecord("first", NEW, (w) -> w.lastModified(KintoTimestamp.of(5))));
		assertThat(this.posts.updateRecord("first", NEW, (w) -> w.lastModified(created.lastModified())).data())
			.isEqualTo(NEW);
	}

	@Test
	void permissionsAreWrittenAndRead() {
		String me = this.kinto.fetchUser().orElseThrow().id();
		KintoObject<Post> created = this.posts.createRecord("first", OLD,
				(w) -> w.permissions((p) -> p.read("system.Everyone", "account:alice").write("account:bob")));
		assertThat(created.permissions().principals("read")).containsExactlyInAnyOrder("system.Everyone",
				"account:alice");
		assertThat(created.permissions().principals("write")).containsExactlyInAnyOrder(me, "account:bob");
		assertThat(this.posts.getRecord("first").permissions()).isEqualTo(created.permissions());
		assertThat(this.posts.updateRecord(created).permissions()).isEqualTo(created.permissions());
		assertThat(this.posts.patchRecord("first", Map.of(), (w) -> w.permissions((p) -> p.with("read", List.of())))
			.permissions()
			.principals("read")).isEmpty();
		KintoPermissions replaced = this.posts
			.updateRecord("first", NEW, (w) -> w.permissions((p) -> p.read("system.Authenticated")))
			.permissions();
		assertThat(replaced.principals("read")).containsExactly("system.Authenticated");
		assertThat(replaced.principals("write")).containsExactly(me);
		assertThat(this.posts.listRecords().data().get(0).permissions()).isEqualTo(KintoPermissions.none());
	}

	/**
	 * To send the permissions that were read would take away what was granted since.
	 */
	@Test
	void updateOfWhatWasReadDoesNotUndoWhatWasGrantedMeanwhile() {
		KintoObject<Post> read = this.posts.createRecord("first", OLD,
				(w) -> w.permissions((p) -> p.read("account:a")));
		KintoPermissions granted = this.posts.recordPermissions("first").grant((p) -> p.read("account:b"));
		assertThat(this.posts.updateRecord(read.withData(NEW), (w) -> w.safe(false)).permissions()).isEqualTo(granted);
		KintoObject<Post> listed = this.posts.listRecords().data().get(0);
		assertThat(this.posts.updateRecord(listed.withData(OLD)).permissions()).isEqualTo(granted);
		assertThat(granted.principals("read")).containsExactlyInAnyOrder("account:a", "account:b");
	}

	@Test
	void permissionThatIsNoneIsInvalid() {
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> this.posts.createRecord(OLD, (w) -> w.permissions((p) -> p.with("fly", List.of("me")))))
			.satisfies((ex) -> assertThat(ex.details()).isNotEmpty());
	}

	@Test
	void othersMayOnlyDoWhatTheyArePermitted() {
		this.posts.createRecord("private", OLD);
		this.posts.createRecord("public", OLD, (w) -> w.permissions((p) -> p.read("system.Authenticated")));
		CollectionOperations<Post> others = kinto(TestServer.user(randomId())).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThat(others.getRecord("public")).extracting(KintoObject::data, KintoObject::permissions)
			.containsExactly(OLD, KintoPermissions.none());
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> others.getRecord("private"))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(403));
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> others.updateRecord("public", NEW));
		assertThat(others.listRecords().data()).extracting(KintoObject::id).containsExactly("public");
	}

	@Test
	void nobodyIsAskedWhoItIs() {
		CollectionOperations<Post> nobodys = kinto(KintoAuthentication.none()).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> nobodys.getRecord("first"))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(401));
	}

	@Test
	void authorizationOfAnOperationWins() {
		this.posts.createRecord("first", OLD);
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> this.posts.getRecord("first", (r) -> r.header("authorization", "Basic b3RoZXI6eA==")));
	}

	@Test
	void createIfAbsentCreatesOnceWithItsPermissions() {
		String me = this.kinto.fetchUser().orElseThrow().id();
		KintoCreation<Post> first = this.posts.createRecordIfAbsent("first", OLD,
				(w) -> w.permissions((p) -> p.read("system.Everyone")));
		assertThat(first.created()).isTrue();
		assertThat(first.object().data()).isEqualTo(OLD);
		assertThat(first.object().permissions()).isEqualTo(KintoPermissions.none().write(me).read("system.Everyone"));
		KintoCreation<Post> second = this.posts.createRecordIfAbsent("first", NEW,
				(w) -> w.permissions((p) -> p.read("account:a")));
		assertThat(second.created()).isFalse();
		assertThat(second.object()).isEqualTo(first.object());
		assertThat(this.posts.getRecord("first")).isEqualTo(first.object());
		this.posts.deleteRecord("first");
		assertThat(this.posts.createRecordIfAbsent("first", NEW).created()).isTrue();
	}

	@Test
	void createIfAbsentOfWhatMayNotBeReadIsDenied() {
		this.posts.createRecord("private", OLD);
		this.posts.permissions().grant((p) -> p.createRecords("system.Authenticated"));
		CollectionOperations<Post> others = kinto(TestServer.user(randomId())).bucket(this.bucket.id())
			.collection("posts", Post.class);
		assertThat(others.createRecordIfAbsent("mine", NEW).created()).isTrue();
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> others.createRecordIfAbsent("private", NEW));
	}

	/**
	 * In an id that is posted there, Kinto takes {@code default} for the user's bucket.
	 */
	@Test
	void createIfAbsentBelowTheDefaultBucketKeepsTheId() {
		CollectionOperations<Post> drafts = this.kinto.bucket().collection(randomId(), Post.class);
		for (String id : List.of("default", "my-default", "other")) {
			KintoCreation<Post> created = drafts.createRecordIfAbsent(id, OLD);
			assertThat(created.created()).isTrue();
			assertThat(created.object().id()).isEqualTo(id);
			KintoCreation<Post> there = drafts.createRecordIfAbsent(id, NEW);
			assertThat(there.created()).isFalse();
			assertThat(there.object().data()).isEqualTo(OLD);
			assertThat(there.object().lastModified()).isEqualTo(created.object().lastModified());
		}
		assertThat(drafts.countRecords()).isEqualTo(3);
	}

	/**
	 * What is in the way of a creation comes without its permissions, which are kept.
	 */
	@Test
	void createIfAbsentBelowTheDefaultBucketTellsThePermissionsItCanTell() {
		CollectionOperations<Post> drafts = this.kinto.bucket().collection(randomId(), Post.class);
		for (String id : List.of("my-default", "other")) {
			UnaryOperator<KintoWriteOptions> readable = (w) -> w.permissions((p) -> p.read("system.Everyone"));
			KintoPermissions created = drafts.createRecordIfAbsent(id, OLD, readable).object().permissions();
			assertThat(created.principals("read")).containsExactly("system.Everyone");
			assertThat(drafts.createRecordIfAbsent(id, NEW, readable).object().permissions())
				.isEqualTo(id.equals("other") ? created : KintoPermissions.none());
			assertThat(drafts.recordPermissions(id).get()).isEqualTo(created);
		}
	}

	/**
	 * In an id that is in a body there, Kinto takes {@code default} for the user's
	 * bucket, also where the path names the id.
	 */
	@Test
	void idWithTheWordDefaultIsKeptBelowTheDefaultBucket() {
		CollectionOperations<Map<String, Object>> drafts = this.kinto.bucket().collection(randomId());
		Map<String, Object> data = Map.of("id", "my-default", "a", 1);
		KintoObject<Map<String, Object>> created = drafts.createRecord(data);
		assertThat(created.id()).isEqualTo("my-default");
		assertThat(drafts.updateRecord(created).id()).isEqualTo("my-default");
		assertThat(drafts.patchRecord("my-default", data).id()).isEqualTo("my-default");
		assertThat(drafts.listRecords().data()).extracting(KintoObject::id).containsExactly("my-default");
	}

	@Test
	void mergePatchRemovesWhatIsNullAndMergesNestedObjects() {
		KintoObject<Map<String, Object>> created = this.maps.createRecord("first",
				Map.of("a", 1, "b", Map.of("x", 1, "y", 2), "list", List.of(1, 2)));
		Map<String, Object> changes = new HashMap<>(Map.of("b", Map.of("x", 3), "list", List.of(9)));
		changes.put("a", null);
		KintoObject<Map<String, Object>> patched = this.maps.mergePatchRecord(created, changes);
		assertThat(patched.data()).containsOnlyKeys("id", "last_modified", "b", "list")
			.containsEntry("b", Map.of("x", 3, "y", 2))
			.containsEntry("list", List.of(9));
		assertThat(patched.lastModified()).isGreaterThan(created.lastModified());
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.maps.mergePatchRecord(created, changes));
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.maps.mergePatchRecord("none", changes));
	}

	/**
	 * With an id in its body, Kinto takes a merge patch there for a plain one.
	 */
	@Test
	void mergePatchBelowTheDefaultBucketIsOne() {
		CollectionOperations<Map<String, Object>> drafts = this.kinto.bucket().collection(randomId());
		drafts.createRecord("default", Map.of("b", Map.of("x", 1, "y", 2)));
		assertThat(drafts.mergePatchRecord("default", Map.of("id", "default", "b", Map.of("x", 3))).data())
			.containsEntry("b", Map.of("x", 3, "y", 2));
	}

	@Test
	void jsonPatchAppliesAllOperationsOrNone() {
		KintoObject<Map<String, Object>> created = this.maps.createRecord("first",
				Map.of("a", 1, "list", List.of("x"), "old", true));
		KintoObject<Map<String, Object>> patched = ifTheServerHasIt(() -> this.maps.jsonPatchRecord(created,
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
			.isThrownBy(() -> this.maps.jsonPatchRecord("first", (p) -> p.remove("/data/a").test("/data/b", 3)));
		assertThat(this.maps.getRecord("first").data()).containsEntry("a", 2);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.maps.jsonPatchRecord(created, (p) -> p.remove("/data/a")));
	}

	@Test
	void jsonPatchOfABucketACollectionAndTheDefaultBucket() {
		this.bucket.setData(Map.of("a", 1));
		this.posts.setData(Map.of("a", 1));
		assertThat(ifTheServerHasIt(() -> this.bucket.jsonPatchData((p) -> p.replace("/data/a", 2))).data())
			.containsEntry("a", 2);
		assertThat(this.posts.jsonPatchData((p) -> p.remove("/data/a")).data()).doesNotContainKey("a");
		CollectionOperations<Map<String, Object>> drafts = this.kinto.bucket().collection(randomId());
		drafts.createRecord("x", Map.of("a", 1));
		assertThat(drafts.jsonPatchRecord("x", (p) -> p.add("/data/b", 2)).data()).containsEntry("b", 2);
	}

	@Test
	void updateByAFunctionChangesWhatIsThere() {
		this.posts.createRecord("first", OLD, (w) -> w.permissions((p) -> p.read("system.Everyone")));
		KintoObject<Post> updated = this.posts.updateRecord("first", (post) -> new Post(post.title() + "er", 7));
		assertThat(updated.data()).isEqualTo(new Post("older", 7));
		assertThat(updated.permissions().principals("read")).containsExactly("system.Everyone");
		assertThat(this.posts.getRecord("first")).isEqualTo(updated);
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.posts.updateRecord("none", (post) -> post));
	}

	@Test
	void updateByAFunctionOfWhatIsDeletedMeanwhileIsAConflict() {
		assumeTrue(this.flavour == Flavour.BLOCKING, "a function of the reactive template must not wait");
		this.posts.createRecord("first", OLD);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.posts.updateRecord("first", (post) -> {
				this.posts.deleteRecord("first");
				return post;
			}))
			.satisfies((ex) -> assertThat(ex.existing()).isEmpty());
	}

	@Test
	void updateByAFunctionIsAppliedAgainToWhatSomebodyElseWrote() {
		assumeTrue(this.flavour == Flavour.BLOCKING, "a function of the reactive template must not wait");
		this.posts.createRecord("first", OLD);
		List<Integer> seen = new ArrayList<>();
		KintoObject<Post> updated = this.posts.updateRecord("first", (post) -> {
			if (seen.isEmpty()) {
				this.posts.patchRecord("first", Map.of("stars", 50));
			}
			seen.add(post.stars());
			return new Post("mine", post.stars() + 1);
		});
		assertThat(seen).containsExactly(1, 50);
		assertThat(updated.data()).isEqualTo(new Post("mine", 51));
	}

	/**
	 * Who is too late again and again is told so, and can try anew.
	 */
	@Test
	void nothingIsLostOfWhatSeveralWritersDoAtOnce() throws Exception {
		this.posts.createRecord("counter", new Post("C", 0));
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
		assertThat(this.posts.getRecord("counter").data()).isEqualTo(new Post("C", 20));
	}

	private int countUp() {
		while (true) {
			try {
				return this.posts.updateRecord("counter", (post) -> new Post(post.title(), post.stars() + 1))
					.data()
					.stars();
			}
			catch (KintoConflictException ex) {
				assertThat(ex.existing()).isPresent();
			}
		}
	}

	record Note(String id, @JsonProperty("last_modified") @Nullable Long lastModified, String text) {
	}

}
