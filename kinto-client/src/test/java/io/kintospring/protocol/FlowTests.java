package io.kintospring.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissions;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Flows, step by step and without a client.
 */
class FlowTests {

	private static final String RECORDS = "/buckets/b/collections/c/records";

	private static final String JSON = "Content-Type: application/json";

	private static final KintoResponse GONE = Responses.json(412, "{\"code\":412,\"errno\":114}");

	private static final UnaryOperator<Post> STAR = (post) -> new Post(post.title(), post.stars() + 1);

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	@Test
	void flowsCompose() {
		KintoFlow<String> done = KintoFlow.done("a").then((a) -> KintoFlow.done(a + "b"));
		assertThat(Steps.of(done).result()).isEqualTo("ab");
		KintoFlow<String> flow = KintoFlow.ask(this.posts.get("x").map(KintoObject::id))
			.then((id) -> KintoFlow.ask(this.posts.get("y")).then((y) -> KintoFlow.done(id + y.id())));
		assertThat(flow).hasToString("getRecord GET " + RECORDS + "/x");
		assertThat(Steps.of(flow)
			.sends("GET " + RECORDS + "/x")
			.respond(post("x", 5, 1))
			.sends("GET " + RECORDS + "/y")
			.respond(post("y", 5, 1))
			.result()).isEqualTo("xy");
	}

	@Test
	void flowRecoversFromGivenErrorsOnly() {
		KintoFlow<String> flow = KintoFlow.ask(this.posts.get("x"))
			.then((x) -> KintoFlow.ask(this.posts.get("y")))
			.then((y) -> KintoFlow.done(y.id()))
			.recover(KintoNotFoundException.class, (ex) -> KintoFlow.done("none"));
		KintoResponse missing = Responses.json(404, "{\"errno\":110}");
		assertThat(Steps.of(flow).respond(missing).result()).isEqualTo("none");
		assertThat(Steps.of(flow).respond(post("x", 5, 1)).respond(missing).result()).isEqualTo("none");
		assertThat(Steps.of(flow).respond(post("x", 5, 1)).respond(post("y", 5, 1)).result()).isEqualTo("y");
		assertThatExceptionOfType(KintoAccessDeniedException.class)
			.isThrownBy(() -> Steps.of(flow).respond(Responses.json(403, "{}")));
		assertThat(Steps.of(KintoFlow.done("a").recover(RuntimeException.class, (ex) -> KintoFlow.done("b"))).result())
			.isEqualTo("a");
	}

	@Test
	void updateReadsChangesAndWrites() {
		Steps<KintoObject<Post>> steps = Steps.of(this.posts.update("x", STAR));
		KintoObject<Post> updated = steps.sends("GET " + RECORDS + "/x")
			.respond(post("x", 5, 1))
			.sends("PUT " + RECORDS + "/x", JSON, "If-Match: \"5\"", "{\"data\":{\"title\":\"T\",\"stars\":2}}")
			.respond(post("x", 6, 2))
			.result();
		assertThat(updated.data()).isEqualTo(new Post("T", 2));
		assertThat(updated.lastModified()).isEqualTo(KintoTimestamp.of(6));
	}

	/**
	 * The first conflict contains the current object, so it is not read again. After a
	 * pause it could be outdated.
	 */
	@Test
	void updateReappliesChangeAfterConflict() {
		List<Integer> seen = new ArrayList<>();
		KintoObject<Post> updated = Steps.of(this.posts.update("x", (post) -> {
			seen.add(post.stars());
			return STAR.apply(post);
		}, (w) -> w.header("X-A", "1")))
			.respond(post("x", 5, 1))
			.respond(conflict(8, 40))
			.sends("PUT " + RECORDS + "/x", JSON, "If-Match: \"8\"", "X-A: 1",
					"{\"data\":{\"title\":\"T\",\"stars\":41}}")
			.respond(conflict(9, 50))
			.sends("GET " + RECORDS + "/x", "X-A: 1")
			.respond(post("x", 10, 60))
			.sends("PUT " + RECORDS + "/x", JSON, "If-Match: \"10\"", "X-A: 1",
					"{\"data\":{\"title\":\"T\",\"stars\":61}}")
			.respond(post("x", 11, 61))
			.result();
		assertThat(updated.data().stars()).isEqualTo(61);
		assertThat(seen).containsExactly(1, 40, 60);
	}

	/**
	 * Kinto responds with a conflict without details.
	 */
	@Test
	void updateOfConcurrentlyDeletedObjectFailsWithConflict() {
		Steps<KintoObject<Post>> steps = Steps.of(this.posts.update("x", STAR)).respond(post("x", 5, 1));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> steps.respond(GONE))
			.satisfies((ex) -> assertThat(ex.existing()).isEmpty());
	}

	@Test
	void updateFailsAfterTenConflicts() {
		List<Integer> seen = new ArrayList<>();
		Steps<KintoObject<Post>> steps = Steps.of(this.posts.update("x", (post) -> {
			seen.add(post.stars());
			return post;
		})).respond(post("x", 5, 0));
		assertThat(steps.respond(conflict(6, 1)).pause()).isZero();
		for (int i = 2; i < 10; i++) {
			assertThat(steps.respond(conflict(5 + i, 0)).pause()).isBetween(Duration.ZERO,
					Duration.ofMillis(10L << (i - 1)));
			assertThat(steps.sends("GET " + RECORDS + "/x").respond(post("x", 5 + i, i)).pause()).isZero();
		}
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> steps.respond(conflict(15, 10)))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data().stars()).isEqualTo(10));
		assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
	}

	/**
	 * Writers that repeat at the same moment would conflict again.
	 */
	@Test
	void repeatedUpdatesPauseRandomly() {
		Set<Duration> pauses = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			Steps<?> steps = Steps.of(this.posts.update("x", STAR)).respond(post("x", 5, 0)).respond(conflict(6, 1));
			for (int j = 2; j < 8; j++) {
				steps.respond(conflict(5 + j, j)).respond(post("x", 5 + j, j));
			}
			steps.respond(conflict(14, 8));
			pauses.add(steps.pause());
		}
		assertThat(pauses).hasSizeGreaterThan(5);
	}

	@Test
	void updateOfObjectMissingOnSecondReadIsNotFound() {
		Steps<?> steps = Steps.of(this.posts.update("x", STAR))
			.respond(post("x", 5, 0))
			.respond(conflict(6, 1))
			.respond(conflict(7, 2));
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> steps.respond(Responses.json(404, "{\"errno\":110}")));
	}

	@Test
	void updateOfMissingObjectIsNotFound() {
		assertThatExceptionOfType(KintoNotFoundException.class)
			.isThrownBy(() -> Steps.of(this.posts.update("x", STAR)).respond(Responses.json(404, "{\"errno\":110}")));
	}

	@Test
	void updateThrowsExceptionOfChange() {
		IllegalStateException failure = new IllegalStateException("no");
		KintoFlow<?> flow = this.posts.update("x", (post) -> {
			throw failure;
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Steps.of(flow).respond(post("x", 5, 1)))
			.isSameAs(failure);
	}

	@Test
	void updateComparesVersionInUnsafeHandle() {
		CollectionCalls<Post> careless = Requests.kinto((o) -> o.safe(false)).bucket("b").collection("c", Post.class);
		Steps.of(careless.update("x", STAR, (w) -> w.header("X-A", "1").permissions((p) -> p.read("me"))))
			.sends("GET " + RECORDS + "/x", "X-A: 1")
			.respond(post("x", 5, 1))
			.sends("PUT " + RECORDS + "/x", JSON, "If-Match: \"5\"", "X-A: 1",
					"{\"data\":{\"title\":\"T\",\"stars\":2},\"permissions\":{\"read\":[\"me\"]}}");
	}

	@Test
	void updateWithVersionIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.posts.update("x", STAR, (w) -> w.lastModified(KintoTimestamp.of(5))))
			.withMessageContaining("compares the version that it reads: lastModified(…) is not supported");
	}

	@Test
	void flowCanRunAgain() {
		KintoFlow<KintoObject<Post>> flow = this.posts.update("x", STAR);
		for (int i = 0; i < 2; i++) {
			assertThat(Steps.of(flow).respond(post("x", 5, 1)).respond(post("x", 6, 2)).result().data().stars())
				.isEqualTo(2);
		}
	}

	@Test
	void addMembersKeepsAttributesAndAvoidsDuplicates() {
		BucketCalls bucket = Requests.kinto().bucket("b");
		String read = "{\"data\":{\"id\":\"g\",\"last_modified\":5,\"members\":[\"account:a\"],\"more\":{\"x\":1}}}";
		KintoObject<KintoGroup> group = Steps.of(bucket.groups().addMembers("g", "account:a", "account:b"))
			.sends("GET /buckets/b/groups/g")
			.respond(Responses.json(200, read))
			.sends("PUT /buckets/b/groups/g", JSON, "If-Match: \"5\"",
					"{\"data\":{\"members\":[\"account:a\",\"account:b\"],\"more\":{\"x\":1}}}")
			.respond(Responses.json(412,
					"{\"errno\":114,\"details\":{\"existing\":{\"id\":\"g\",\"last_modified\":7,"
							+ "\"members\":[\"account:c\"]}}}"))
			.sends("PUT /buckets/b/groups/g", JSON, "If-Match: \"7\"",
					"{\"data\":{\"members\":[\"account:c\",\"account:a\",\"account:b\"]}}")
			.respond(Responses.json(200,
					"{\"data\":{\"id\":\"g\",\"last_modified\":8,\"members\":[\"account:c\","
							+ "\"account:a\",\"account:b\"]}}"))
			.result();
		assertThat(group.data()).isEqualTo(KintoGroup.of("account:c", "account:a", "account:b"));
	}

	@Test
	void membersAreRemoved() {
		Steps.of(Requests.kinto().bucket("b").groups().removeMembers("g", "account:a", "account:none"))
			.respond(Responses.json(200,
					"{\"data\":{\"id\":\"g\",\"last_modified\":5,\"members\":[\"account:a\","
							+ "\"account:b\"],\"more\":null}}"))
			.sends("PUT /buckets/b/groups/g", JSON, "If-Match: \"5\"",
					"{\"data\":{\"members\":[\"account:b\"],\"more\":null}}");
	}

	/**
	 * Kinto rejects {@code system.Everyone} and groups as members.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "system.Everyone", "/buckets/b/groups/g", "", " " })
	void invalidMemberIsRejectedBeforeSending(String member) {
		assertThatIllegalArgumentException().isThrownBy(() -> KintoGroup.of("account:a", member))
			.withMessageStartingWith("'" + member + "' cannot be a member of a group");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Requests.kinto().bucket("b").groups().addMembers("g", "account:a", member));
	}

	/**
	 * A JSON Patch would have to escape the slashes of groups.
	 */
	@Test
	void grantAddsGroupsToPrincipals() {
		KintoPermissions granted = Steps
			.of(this.posts.permissions("x").grant((p) -> p.read("/buckets/b/groups/g", "account:a")))
			.sends("GET " + RECORDS + "/x")
			.respond(permissions(5, "{\"read\":[\"account:a\"],\"write\":[\"account:w\"]}"))
			.sends("PATCH " + RECORDS + "/x", JSON, "If-Match: \"5\"",
					"{\"permissions\":{\"read\":[\"account:a\",\"/buckets/b/groups/g\"]}}")
			.respond(permissions(6, "{\"read\":[\"account:a\",\"/buckets/b/groups/g\"],\"write\":[\"account:w\"]}"))
			.result()
			.permissions();
		assertThat(granted.principals("read")).containsExactly("account:a", "/buckets/b/groups/g");
		assertThat(granted.principals("write")).containsExactly("account:w");
	}

	/**
	 * Kinto omits permissions without principals, so a JSON Patch would fail.
	 */
	@Test
	void grantAddsMissingPermission() {
		BucketCalls bucket = Requests.kinto().bucket("b");
		Steps.of(bucket.permissions().grant((p) -> p.createCollections("account:a").createGroups("account:b")))
			.sends("GET /buckets/b")
			.respond(permissions("b", 5, "{}"))
			.sends("PATCH /buckets/b", JSON, "If-Match: \"5\"",
					"{\"permissions\":{\"collection:create\":[\"account:a\"],\"group:create\":[\"account:b\"]}}");
		Steps.of(this.posts.permissions().grant((p) -> p.createRecords("account:a")))
			.sends("GET /buckets/b/collections/c")
			.respond(permissions("c", 5, "{}"))
			.sends("PATCH /buckets/b/collections/c", JSON, "If-Match: \"5\"",
					"{\"permissions\":{\"record:create\":[\"account:a\"]}}");
		Steps.of(bucket.groups().permissions("g").grant((p) -> p.write("account:a"))).sends("GET /buckets/b/groups/g");
	}

	@Test
	void revokeAcceptsLastAndMissingPermission() {
		Steps
			.of(this.posts.permissions("x")
				.revoke((p) -> p.read("/buckets/b/groups/g", "account:none").createRecords("account:a")))
			.respond(permissions(5, "{\"read\":[\"/buckets/b/groups/g\"],\"write\":[\"account:w\"]}"))
			.sends("PATCH " + RECORDS + "/x", JSON, "If-Match: \"5\"",
					"{\"permissions\":{\"read\":[],\"record:create\":[]}}");
	}

	@Test
	void grantRereadsPermissionsAfterConflict() {
		Steps<KintoObject<Map<String, Object>>> steps = Steps
			.of(this.posts.permissions("x").grant((p) -> p.read("account:b")))
			.respond(permissions(5, "{\"read\":[\"account:a\"]}"))
			.respond(GONE)
			.sends("GET " + RECORDS + "/x")
			.respond(permissions(7, "{\"read\":[\"account:c\"]}"))
			.sends("PATCH " + RECORDS + "/x", JSON, "If-Match: \"7\"",
					"{\"permissions\":{\"read\":[\"account:c\",\"account:b\"]}}");
		for (int i = 2; i < 10; i++) {
			steps.respond(GONE).respond(permissions(7, "{}"));
		}
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> steps.respond(GONE))
			.withMessageStartingWith("grantPermissions PATCH " + RECORDS + "/x: 412");
	}

	@Test
	void deleteAllSendsOneRequest() {
		List<KintoTombstone> deleted = Steps.of(this.posts.deleteAll())
			.sends("DELETE " + RECORDS)
			.respond(tombstones(null, "a", "b"))
			.result();
		assertThat(deleted).containsExactly(new KintoTombstone("a", KintoTimestamp.of(6)),
				new KintoTombstone("b", KintoTimestamp.of(7)));
	}

	/**
	 * Page tokens of a deletion are valid only once, and only for the default order.
	 */
	@Test
	void deleteAllRepeatsRequestWithoutToken() {
		String next = "http://h/v1/x?min_stars=2&_limit=2&_token=t";
		String asked = "DELETE " + RECORDS + "?min_stars=2";
		assertThat(Steps.of(this.posts.deleteAll((q) -> q.where("stars").min(2)))
			.sends(asked)
			.respond(tombstones(next, "a", "b"))
			.sends(asked)
			.respond(tombstones(next, "c", "d"))
			.sends(asked)
			.respond(tombstones(null, "e"))
			.result()).extracting(KintoTombstone::id).containsExactly("a", "b", "c", "d", "e");
	}

	@Test
	void deleteAllEndsWithoutTombstones() {
		String next = "http://h/v1/x?_token=t";
		assertThat(Steps.of(this.posts.deleteAll()).respond(tombstones(next, "a")).respond(tombstones(next)).result())
			.hasSize(1);
	}

	@Test
	void deleteAllFailsOnLaterPage() {
		Steps<List<KintoTombstone>> steps = Steps.of(this.posts.deleteAll())
			.respond(tombstones("http://h/v1/x?_token=t", "a"));
		assertThatExceptionOfType(KintoResponseException.class).isThrownBy(() -> steps.respond(Responses.empty(503)))
			.withMessageStartingWith("deleteAllRecords DELETE " + RECORDS + ": 503");
	}

	@Test
	void deleteAllWithoutFilterIsRejected() {
		KintoCalls kinto = Requests.kinto();
		assertRequiresFilter("deleteAllBuckets", () -> kinto.buckets().deleteAll((q) -> q));
		assertRequiresFilter("deleteAllCollections",
				() -> kinto.bucket("b").collections().deleteAll((q) -> q.header("X", "1")));
		assertRequiresFilter("deleteAllGroups", () -> kinto.bucket("b").groups().deleteAll((q) -> q));
		assertRequiresFilter("deleteAllRecords", () -> this.posts.deleteAll((q) -> q));
	}

	private static void assertRequiresFilter(String operation, Runnable call) {
		assertThatIllegalArgumentException().isThrownBy(call::run)
			.withMessage(operation
					+ " requires a filter in the query: call deleteAll() without a query to delete all objects");
	}

	/**
	 * With an order or a limit, Kinto deletes a part and reports no further page.
	 */
	@Test
	void deleteAllWithOrderOrLimitIsRejected() {
		for (KintoQuery.Customizer query : List.<KintoQuery.Customizer>of((q) -> q.sort("title"), (q) -> q.limit(2),
				(q) -> q.pages(1), (q) -> q.from("t"), (q) -> q.fields("title"))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.posts.deleteAll((q) -> query.apply(q.where("stars").is(1))))
				.withMessage(
						"deleteAllRecords deletes all matching objects: sort(…), limit(…), pages(…), from(…) and fields(…)"
								+ " are not supported");
		}
	}

	@Test
	void listAllReadsAllPages() {
		assertThat(Steps.of(this.posts.listAll((q) -> q.limit(2).sort("title")))
			.sends("GET " + RECORDS + "?_sort=title&_limit=2")
			.respond(page(9, "_sort=title&_limit=2&_token=t", saved("a", 1), saved("b", 2)))
			.sends("GET " + RECORDS + "?_sort=title&_limit=2&_token=t")
			.respond(page(9, null, saved("c", 3)))
			.result()).extracting(KintoObject::id).containsExactly("a", "b", "c");
	}

	@Test
	void listAllStopsAfterMaximumPages() {
		assertThat(Steps.of(this.posts.listAll((q) -> q.pages(2)))
			.respond(page(9, "_token=2", saved("a", 1)))
			.respond(page(9, "_token=3", saved("b", 2)))
			.result()).extracting(KintoObject::id).containsExactly("a", "b");
	}

	@Test
	void changesWithoutCheckpointAreAllRecords() {
		KintoChanges<Post> changes = Steps.of(this.posts.changes(null))
			.sends("GET " + RECORDS + "?_sort=-last_modified&_limit=100&eq_deleted=true&_since=%220%22")
			.respond(page(9000, null))
			.sends("GET " + RECORDS + "?_sort=last_modified")
			.respond(page(9000, null, saved("a", 3000), saved("b", 9000)))
			.result();
		assertThat(changes.saved()).extracting(KintoObject::id).containsExactly("a", "b");
		assertThat(changes.deleted()).isEmpty();
		assertThat(changes.checkpoint().since()).isEqualTo(KintoTimestamp.of(4000));
		assertThat(changes.isEmpty()).isFalse();
	}

	/**
	 * Pages may miss concurrent changes, so only the version of the first page determines
	 * the checkpoint.
	 */
	@Test
	void checkpointIsVersionOfFirstPage() {
		KintoChanges<Post> changes = Steps.of(this.posts.changes(since(4)))
			.sends("GET " + RECORDS + "?_sort=last_modified&_since=%224%22")
			.respond(page(9000, "_since=%224%22&_token=t", saved("a", 500), deleted("b", 7000)))
			.sends("GET " + RECORDS + "?_since=%224%22&_token=t")
			.respond(page(30_000, "_since=%224%22&_token=u", saved("c", 9000)))
			.respond(page(40_000, null, deleted("d", 22_000)))
			.result();
		assertThat(changes.checkpoint().since()).isEqualTo(KintoTimestamp.of(4000));
		assertThat(changes.saved()).extracting(KintoObject::id).containsExactly("a", "c");
		assertThat(changes.deleted()).containsExactly(new KintoTombstone("b", KintoTimestamp.of(7000)),
				new KintoTombstone("d", KintoTimestamp.of(22_000)));
		assertThat(Steps.of(this.posts.changes(changes.checkpoint()))
			.sends("GET " + RECORDS + "?_sort=last_modified&_since=%224000%22")
			.respond(
					page(40_000, null, saved("late", 6000), deleted("b", 7000), saved("c", 9000), deleted("d", 22_000)))
			.result()
			.saved()).extracting(KintoObject::id).containsExactly("late");
	}

	/**
	 * Applying the saved records and then the deletions must result in the last state of
	 * each record.
	 */
	@Test
	void changesContainTheLastStateOfRecordsThatChangeBetweenPages() {
		KintoChanges<Post> changes = Steps.of(this.posts.changes(since(4)))
			.respond(page(9000, "_token=t", deleted("recreated", 5000), saved("gone", 6000), saved("twice", 7000)))
			.respond(page(9500, null, saved("recreated", 9100), deleted("gone", 9200), saved("twice", 9300)))
			.result();
		assertThat(changes.saved()).extracting((object) -> object.id() + "@" + object.lastModified())
			.containsExactly("recreated@9100", "twice@9300");
		assertThat(changes.deleted()).containsExactly(new KintoTombstone("gone", KintoTimestamp.of(9200)));
	}

	@Test
	void emptyChangesHaveCheckpoint() {
		KintoChanges<Post> changes = Steps.of(this.posts.changes(since(9))).respond(page(9000, null)).result();
		assertThat(changes.isEmpty()).isTrue();
		assertThat(changes.checkpoint().since()).isEqualTo(KintoTimestamp.of(4000));
	}

	@Test
	void checkpointOfOtherCollectionIsRejected() {
		KintoCheckpoint other = Steps.of(Requests.kinto().bucket("b").collection("other").changes(since(9)))
			.respond(page(9000, null))
			.result()
			.checkpoint();
		assertThatIllegalArgumentException().isThrownBy(() -> this.posts.changes(other))
			.withMessage("The checkpoint is of the collection b/other, and not of b/c: pass a checkpoint of this"
					+ " collection, or null to start with all records");
		assertThatIllegalArgumentException().isThrownBy(() -> this.posts.watch(other, Duration.ofSeconds(1)));
	}

	@Test
	void settleTimeIsInherited() {
		KintoCalls kinto = Requests.kinto((o) -> o.settleTime(Duration.ofSeconds(1)));
		CollectionCalls<Map<String, Object>> inherited = kinto.bucket("b").collection("c");
		CollectionCalls<Map<String, Object>> own = kinto.bucket("b", (o) -> o.settleTime(Duration.ofSeconds(2)))
			.collection("c", (o) -> o.settleTime(Duration.ofSeconds(3)));
		KintoCheckpoint since = since(1);
		assertThat(Stream
			.of(inherited.changes(since), own.changes(since),
					own.changes(since, (o) -> o.settleTime(Duration.ofSeconds(4)).header("X-Tenant", "a")))
			.map((flow) -> Steps.of(flow).respond(page(9000, null)).result().checkpoint().since().value()))
			.containsExactly(8000L, 6000L, 5000L);
		Steps.of(own.changes(since, (o) -> o.header("X-Tenant", "a")))
			.sends("GET " + RECORDS + "?_sort=last_modified&_since=%221%22", "X-Tenant: a");
	}

	private static KintoCheckpoint since(long version) {
		return KintoCheckpoint.of(KintoTimestamp.of(version));
	}

	private static KintoResponse post(String id, long version, int stars) {
		return Responses.json(200, "{\"data\":" + post(id, version, "T", stars) + "}");
	}

	private static String post(String id, long version, String title, int stars) {
		return "{\"id\":\"%s\",\"last_modified\":%d,\"title\":\"%s\",\"stars\":%d}".formatted(id, version, title,
				stars);
	}

	private static KintoResponse conflict(long version, int stars) {
		return Responses.json(412, "{\"errno\":114,\"details\":{\"existing\":" + post("x", version, "T", stars) + "}}");
	}

	private static KintoResponse permissions(long version, String permissions) {
		return permissions("x", version, permissions);
	}

	private static KintoResponse permissions(String id, long version, String permissions) {
		return Responses.json(200, "{\"data\":{\"id\":\"" + id + "\",\"last_modified\":" + version
				+ ",\"a\":1},\"permissions\":" + permissions + "}");
	}

	private static String saved(String id, long version) {
		return post(id, version, "T", 1);
	}

	private static String deleted(String id, long version) {
		return "{\"id\":\"" + id + "\",\"last_modified\":" + version + ",\"deleted\":true}";
	}

	private static KintoResponse tombstones(@Nullable String next, String... ids) {
		String[] tombstones = new String[ids.length];
		for (int i = 0; i < ids.length; i++) {
			tombstones[i] = deleted(ids[i], 6 + i);
		}
		KintoResponse response = page(99, null, tombstones);
		if (next != null) {
			response.headers().set("Next-Page", next);
		}
		return response;
	}

	private static KintoResponse page(long version, @Nullable String next, String... elements) {
		KintoResponse response = Responses.json(200, "{\"data\":[" + String.join(",", elements) + "]}", "ETag",
				"\"" + version + "\"");
		if (next != null) {
			response.headers().set("Next-Page", "http://h/v1/x?" + next);
		}
		return response;
	}

	@Test
	void setPermissionsComparesVersion() {
		PermissionCalls permissions = this.posts.permissions("x");
		String body = "{\"permissions\":{\"read\":[\"me\"]}}";
		KintoTimestamp five = KintoTimestamp.of(5);
		Steps.of(permissions.set((p) -> p.read("me"), (o) -> o.lastModified(five).header("X-A", "a")))
			.sends("PUT " + RECORDS + "/x", JSON, "If-Match: \"5\"", "X-A: a", body);
		Steps.of(permissions.set((p) -> p.read("me"), (o) -> o.lastModified(five).safe(false)))
			.sends("PUT " + RECORDS + "/x", JSON, body);
		Steps.of(permissions.clear((o) -> o.lastModified(five)))
			.sends("PUT " + RECORDS + "/x", JSON, "If-Match: \"5\"", "{\"permissions\":{\"read\":[]}}");
		assertThat(Steps.of(permissions.get((o) -> o.header("X-A", "a")))
			.sends("GET " + RECORDS + "/x", "X-A: a")
			.respond(permissions(6, "{}"))
			.result()
			.lastModified()).isEqualTo(KintoTimestamp.of(6));
		assertThat(Steps.of(permissions.grant((p) -> p.read("me"), (o) -> o.header("X-A", "a")))
			.sends("GET " + RECORDS + "/x", "X-A: a")
			.respond(permissions(6, "{}"))
			.sends("PATCH " + RECORDS + "/x", JSON, "If-Match: \"6\"", "X-A: a", body)
			.respond(permissions(7, "{\"read\":[\"me\"]}"))
			.result()
			.lastModified()).isEqualTo(KintoTimestamp.of(7));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> permissions.revoke((p) -> p.read("me"), (o) -> o.lastModified(five)))
			.withMessage("revokePermissions compares the version that it reads: lastModified(…) is not supported");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> permissions.set((p) -> p.read("me"), (o) -> o.permissions((p) -> p.read("you"))))
			.withMessage("setPermissions has its own parameter for permissions: permissions(…) is not supported");
	}

	@Test
	void removedMembersAreCopied() {
		String[] members = { "account:a" };
		KintoFlow<KintoObject<KintoGroup>> flow = Requests.kinto().bucket("b").groups().removeMembers("g", members);
		members[0] = "account:b";
		Steps.of(flow)
			.respond(Responses.json(200,
					"{\"data\":{\"id\":\"g\",\"last_modified\":5,\"members\":[\"account:a\",\"account:b\"]}}"))
			.sends("PUT /buckets/b/groups/g", JSON, "If-Match: \"5\"", "{\"data\":{\"members\":[\"account:b\"]}}");
	}

}
