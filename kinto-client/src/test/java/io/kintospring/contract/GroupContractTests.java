package io.kintospring.contract;

import java.util.Collections;
import java.util.Map;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoCreation;
import io.kintospring.KintoGroup;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.PermissionOperations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Groups and permissions.
 */
class GroupContractTests extends ContractTests {

	private static final KintoGroup EDITORS = KintoGroup.of("account:alice", "account:bob").attribute("floor", 3);

	private String me;

	private String group;

	@BeforeEach
	void fetchCurrentUser() {
		this.me = this.kinto.fetchUser().orElseThrow().id();
		this.group = "/buckets/" + this.bucket.id() + "/groups/editors";
	}

	@Test
	void groupLifecycle() {
		KintoObject<KintoGroup> created = this.bucket.groups()
			.create("editors", EDITORS, (w) -> w.permissions((p) -> p.read("system.Everyone")));
		assertThat(created.id()).isEqualTo("editors");
		assertThat(created.data()).isEqualTo(EDITORS);
		assertThat(created.permissions()).isEqualTo(KintoPermissions.none().write(this.me).read("system.Everyone"));
		assertThat(this.bucket.groups().get("editors")).isEqualTo(created);
		assertThat(this.bucket.groups().find("editors")).contains(created);
		assertThat(this.bucket.groups().find("none")).isEmpty();
		assertThat(this.bucket.groups().create(KintoGroup.of()).data()).isEqualTo(KintoGroup.of());
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.bucket.groups().create("editors", KintoGroup.of()))
			.satisfies((ex) -> assertThat(ex.existing(KintoGroup.class).orElseThrow().data()).isEqualTo(EDITORS));
		assertThat(this.bucket.groups().delete(created).id()).isEqualTo("editors");
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> this.bucket.groups().get("editors"));
	}

	@Test
	void groupIsCreatedIfAbsent() {
		KintoCreation<KintoGroup> first = this.bucket.groups().createIfAbsent("editors", EDITORS);
		KintoCreation<KintoGroup> second = this.bucket.groups().createIfAbsent("editors", KintoGroup.of());
		assertThat(first.created()).isTrue();
		assertThat(second.created()).isFalse();
		assertThat(second.object()).isEqualTo(first.object());
		assertThat(this.bucket.collections().createIfAbsent("posts", Map.of("a", 1)).created()).isFalse();
		assertThat(this.bucket.collections().createIfAbsent("drafts", Map.of("a", 1)).object().data())
			.containsEntry("a", 1);
		assertThat(this.kinto.buckets().createIfAbsent(this.bucket.id()).created()).isFalse();
	}

	@Test
	void groupIsReplacedAndPatched() {
		KintoObject<KintoGroup> created = this.bucket.groups().create("editors", EDITORS);
		KintoObject<KintoGroup> updated = this.bucket.groups().update(created.withData(EDITORS.attribute("floor", 4)));
		assertThat(updated.data().attributes()).containsEntry("floor", 4);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> this.bucket.groups().update(created));
		KintoObject<KintoGroup> patched = this.bucket.groups().patch("editors", Map.of("color", "red"));
		assertThat(patched.data()).isEqualTo(EDITORS.attribute("floor", 4).attribute("color", "red"));
		assertThat(this.bucket.groups().update("editors", (group) -> group.attribute("floor", 5)).data().members())
			.containsExactly("account:alice", "account:bob");
		assertThat(this.bucket.groups().mergePatch("editors", Collections.singletonMap("color", null)).data())
			.isEqualTo(EDITORS.attribute("floor", 5));
		assertThat(ifTheServerHasIt(
				() -> this.bucket.groups().jsonPatch("editors", (p) -> p.add("/data/members/-", "account:carol")))
			.data()
			.members()).containsExactly("account:alice", "account:bob", "account:carol");
	}

	@Test
	void membersAreAddedAndRemoved() {
		this.bucket.groups().create("editors", EDITORS);
		assertThat(this.bucket.groups()
			.addMembers("editors", "account:carol", "account:alice", "system.Authenticated")
			.data()
			.members())
			.containsExactlyInAnyOrder("account:alice", "account:bob", "account:carol", "system.Authenticated");
		assertThat(this.bucket.groups().removeMembers("editors", "account:alice", "account:dave").data())
			.satisfies((group) -> {
				assertThat(group.members()).containsExactlyInAnyOrder("account:bob", "account:carol",
						"system.Authenticated");
				assertThat(group.attributes()).containsEntry("floor", 3);
			});
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> this.bucket.groups().addMembers("none", "account:a"));
	}

	@Test
	void groupsAreListed() {
		this.bucket.groups().create("editors", EDITORS);
		this.bucket.groups().create("readers", KintoGroup.of("account:carol").attribute("floor", 1));
		assertThat(this.bucket.groups().list((q) -> q.sort("floor")).data()).extracting(KintoObject::id)
			.containsExactly("readers", "editors");
		assertThat(this.bucket.groups().list((q) -> q.where("members").contains("account:bob")).data())
			.extracting(KintoObject::id)
			.containsExactly("editors");
		assertThat(this.bucket.groups().count((q) -> q.where("floor").is(1))).isEqualTo(1);
	}

	@Test
	void permissionsAreGrantedAndRevokedOnEveryKind() {
		this.bucket.groups().create("editors", EDITORS);
		this.posts.create("first", new Post("A", 1));
		grantAndRevoke(this.bucket.permissions());
		grantAndRevoke(this.bucket.groups().permissions("editors"));
		grantAndRevoke(this.posts.permissions());
		grantAndRevoke(this.posts.permissions("first"));
		assertThat(this.posts.get("first").data()).isEqualTo(new Post("A", 1));
		assertThat(this.bucket.groups().get("editors").data()).isEqualTo(EDITORS);
	}

	private void grantAndRevoke(PermissionOperations permissions) {
		assertThat(permissions.get().permissions()).isEqualTo(KintoPermissions.none().write(this.me));
		assertThat(permissions.grant((p) -> p.read("account:a", this.group))).isEqualTo(permissions.get());
		permissions.grant((p) -> p.read("system.Everyone", "account:a").write("account:b"));
		assertThat(permissions.get().permissions().principals("read")).containsExactlyInAnyOrder("account:a",
				this.group, "system.Everyone");
		assertThat(permissions.get().permissions().principals("write")).containsExactlyInAnyOrder(this.me, "account:b");
		permissions.revoke((p) -> p.read(this.group, "account:dave"));
		assertThat(permissions.get().permissions().principals("read")).containsExactlyInAnyOrder("account:a",
				"system.Everyone");
		assertThat(permissions.set((p) -> p.read("account:c")).permissions())
			.isEqualTo(KintoPermissions.none().write(this.me).read("account:c"));
		assertThat(permissions.clear().permissions()).isEqualTo(KintoPermissions.none().write(this.me));
		assertThat(permissions.get().permissions()).isEqualTo(KintoPermissions.none().write(this.me));
	}

	@Test
	void permissionToCreateIsGrantedAndRevoked() {
		PermissionOperations bucket = this.bucket.permissions();
		bucket.grant((p) -> p.createCollections("account:a", this.group).createGroups("system.Authenticated"));
		assertThat(bucket.get().permissions().principals("collection:create")).containsExactlyInAnyOrder("account:a",
				this.group);
		assertThat(bucket.get().permissions().principals("group:create")).containsExactly("system.Authenticated");
		bucket.revoke((p) -> p.createCollections(this.group, "account:a"));
		assertThat(bucket.get().permissions().asMap()).containsOnlyKeys("write", "group:create");
		PermissionOperations posts = this.posts.permissions();
		posts.grant((p) -> p.createRecords(this.group));
		assertThat(posts.get().permissions().principals("record:create")).containsExactly(this.group);
		assertThat(posts.clear().permissions().asMap()).containsOnlyKeys("write");
	}

	@Test
	void membersHavePermissionsOfGroup() {
		KintoAuthentication user = TestServer.user(randomId());
		KintoOperations other = kinto(user);
		CollectionOperations<Post> posts = other.bucket(this.bucket.id()).collection("posts", Post.class);
		this.posts.create("first", new Post("A", 1));
		this.posts.create("second", new Post("A", 1));
		this.bucket.groups().create("editors", KintoGroup.of());
		this.posts.permissions("first").grant((p) -> p.read(this.group));
		this.posts.permissions("second").grant((p) -> p.write(this.group));
		this.posts.permissions().grant((p) -> p.createRecords(this.group));
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> posts.get("first"));
		String otherId = other.fetchUser().orElseThrow().id();
		this.bucket.groups().addMembers("editors", otherId);
		assertThat(posts.get("first").data()).isEqualTo(new Post("A", 1));
		assertThat(posts.update("second", (post) -> new Post("B", 2)).data()).isEqualTo(new Post("B", 2));
		assertThat(posts.create(new Post("C", 3)).permissions().principals("write")).containsExactly(otherId);
		this.bucket.groups().removeMembers("editors", otherId);
		assertThatExceptionOfType(KintoAccessDeniedException.class).isThrownBy(() -> posts.get("first"));
		assertThat(posts.get("second").permissions().principals("write"))
			.as("a user who changes an object gets write permission")
			.contains(otherId);
	}

	@Test
	void setPermissionsDoesNotCreateObject() {
		PermissionOperations missing = this.posts.permissions("none");
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(missing::get);
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> missing.grant((p) -> p.read("account:a")));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(missing::clear);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> missing.set((p) -> p.read("account:a")));
		assertThat(this.posts.find("none")).isEmpty();
	}

	@Test
	void permissionsRequireWriteAccess() {
		this.posts.create("first", new Post("A", 1), (w) -> w.permissions((p) -> p.read("system.Everyone")));
		PermissionOperations others = kinto(TestServer.user(randomId())).bucket(this.bucket.id())
			.collection("posts")
			.permissions("first");
		assertThat(others.get().permissions()).isEqualTo(KintoPermissions.none());
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> others.grant((p) -> p.write("account:a")));
		assertThat(this.posts.permissions("first").get().permissions())
			.isEqualTo(KintoPermissions.none().write(this.me).read("system.Everyone"));
	}

}
