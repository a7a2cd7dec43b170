package io.kintospring.docs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.query.KintoOrder;
import io.kintospring.query.KintoQuery;
import io.kintospring.server.KintoHeartbeat;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoPage;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.PermissionOperations;
import io.kintospring.template.ReactiveCollectionOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * The code of the guide does what the guide says.
 */
@KintoTest
class GuideTests {

	@Autowired
	private KintoTemplate kinto;

	@Autowired
	private ReactiveKintoTemplate reactiveKinto;

	private CollectionOperations<Post> posts;

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private volatile @Nullable KintoCheckpoint checkpoint;

	@BeforeEach
	void createPosts() {
		kinto.buckets().createIfAbsent("blog");
		kinto.bucket("blog").collections().createIfAbsent("posts");
		this.posts = this.kinto.bucket("blog").collection("posts", Post.class);
		this.posts.create("a", new Post("A", "Ann", 5, List.of("java"), 1));
		this.posts.create("b", new Post("B", "Bob", 4, List.of("java"), 2));
		this.posts.create("c", new Post("C", "Ann", 1, List.of("java"), 3));
	}

	@Test
	void handlesAndOptions() {
		Post draft = new Post("Draft", "Ann", 0, List.of(), 4);
		CollectionOperations<Post> posts = kinto.bucket("blog", (o) -> o.safe(true))
			.collection("posts", Post.class, (o) -> o.header("X-Tenant", "a"));
		posts.create(draft, (w) -> w.safe(false).permissions((p) -> p.read("system.Everyone")));
		assertThat(posts.count()).isEqualTo(4);
	}

	@Test
	void reactiveHandles() {
		Post draft = new Post("Draft", "Ann", 0, List.of(), 4);
		ReactiveCollectionOperations<Post> reactivePosts = reactiveKinto.bucket("blog").collection("posts", Post.class);
		Mono<KintoObject<Post>> created = reactivePosts.create(draft);
		Flux<KintoObject<Post>> all = reactivePosts.stream((q) -> q.sort("title"));
		assertThat(created.thenMany(all).map((post) -> post.data().title()).collectList().block()).containsExactly("A",
				"B", "C", "Draft");
	}

	@Test
	void records() {
		Post draft = new Post("Draft", "Ann", 0, List.of(), 4);
		KintoObject<Post> created = posts.create(draft);
		KintoObject<Post> read = posts.get(created.id());
		Optional<KintoObject<Post>> missing = posts.find("missing");
		KintoObject<Post> updated = posts.update(read.withData(read.data().withStars(3)));
		posts.patch(updated.id(), Map.of("stars", 4));
		posts.delete(updated.id());
		assertThat(missing).isEmpty();
		assertThat(read).isEqualTo(created);
		assertThat(updated.lastModified()).isGreaterThan(read.lastModified());
		assertThat(posts.find(created.id())).isEmpty();
	}

	@Test
	void deletionByQuery() {
		List<KintoTombstone> deleted = posts.deleteAll((q) -> q.where("stars").max(1));
		assertThat(deleted).extracting(KintoTombstone::id).containsExactly("c");
	}

	@Test
	void schemaOfACollection() {
		posts.attributes().patch(Map.of("schema", Map.of("type", "object", "required", List.of("title"))));
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> kinto.bucket("blog").collection("posts").create(Map.of("stars", 1)));
	}

	@Test
	void recordsThatChanged() {
		KintoObject<Post> known = posts.get("a");
		Optional<KintoObject<Post>> changed = posts.getIfChanged("a", known.lastModified());
		assertThat(changed).isEmpty();
		posts.patch("a", Map.of("stars", 2));
		assertThat(posts.getIfChanged("a", known.lastModified()))
			.hasValueSatisfying((post) -> assertThat(post.data().stars()).isEqualTo(2));
	}

	@Test
	void queriesAndPages() {
		KintoPage<Post> page = posts.list((q) -> q.where(Post::author)
			.is("Ann")
			.where("stars")
			.min(3)
			.where("tags")
			.contains("java")
			.sort("-published", "title")
			.limit(20));
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("a");
		page = posts.list((q) -> q.sort("title").limit(2));
		if (page.hasNext()) {
			page = page.next();
		}
		try (Stream<KintoObject<Post>> all = posts.stream((q) -> q.sort("title"))) {
			all.forEach(this::print);
		}
		List<KintoObject<Post>> few = posts.listAll((q) -> q.where("author").is("Ann"));
		long number = posts.count();
		assertThat(page.data()).extracting(KintoObject::id).containsExactly("c");
		assertThat(this.seen).containsExactly("A", "B", "C");
		assertThat(few).hasSize(2);
		assertThat(number).isEqualTo(3);
		assertThat(posts.listIfChanged(page.timestamp())).isEmpty();
	}

	@Test
	void orderAndSelectionByProperties() {
		List<KintoObject<Post>> latest = posts
			.listAll((q) -> q.sort(KintoOrder.desc(Post::published), KintoOrder.asc(Post::title))
				.fields(Post::title, Post::stars, Post::published));
		assertThat(latest).extracting(KintoObject::id).containsExactly("c", "b", "a");
		assertThat(latest.get(0).data()).isEqualTo(new Post("C", null, 1, null, 3));
	}

	@Test
	void severalCustomizers() {
		KintoQuery.Customizer byAnn = (q) -> q.where(Post::author).is("Ann");
		KintoPage<Post> newest = posts.list(byAnn, (q) -> q.sort("-published").limit(20));
		long total = posts.count(byAnn);
		assertThat(newest.data()).extracting(KintoObject::id).containsExactly("c", "a");
		assertThat(total).isEqualTo(2);
	}

	@Test
	void severalPagesAsOne() {
		for (int i = 0; i < 101; i++) {
			this.posts.create(new Post("Draft " + i, "Ann", 0, List.of(), i));
		}
		KintoPage<Post> several = posts.list((q) -> q.sort("title").limit(20).pages(5));
		KintoPage<Post> following = several.next();
		assertThat(several.data()).hasSize(100);
		assertThat(following.data()).hasSize(4);
		assertThat(following.hasNext()).isFalse();
	}

	@Test
	void listsContinueFromToken() {
		String token = this.posts.list((q) -> q.sort("title").limit(2)).nextToken();
		assertThat(token).isNotNull();
		assertThat(this.posts.listAll((q) -> q.sort("title").limit(2).from(token))).extracting(KintoObject::id)
			.containsExactly("c");
		assertThatIllegalArgumentException().isThrownBy(() -> this.posts.count((q) -> q.from(token)));
	}

	@Test
	void watchContinuesAfterAFailure(@Autowired EmbeddedKintoServer server) {
		server.faults().fail(1, (faulty) -> faulty.method("GET"), 503);
		Disposable subscription = follow(this.reactiveKinto.bucket("blog").collection("posts", Post.class));
		await().untilAsserted(() -> assertThat(this.seen).contains("+A", "+B", "+C"));
		this.posts.create("d", new Post("D", "Ann", 1, List.of(), 4));
		await().untilAsserted(() -> assertThat(this.seen).containsOnlyOnce("+A").contains("+D"));
		subscription.dispose();
	}

	private Disposable follow(ReactiveCollectionOperations<Post> reactivePosts) {
		return Flux.defer(() -> reactivePosts.watch(this.checkpoint, Duration.ofSeconds(1)))
			.doOnNext(this::process)
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1)).filter(KintoException.class::isInstance))
			.subscribe();
	}

	private void process(KintoChanges<Post> changes) {
		changes.saved().forEach(this::index);
		changes.deleted().forEach(this::remove);
		this.checkpoint = changes.checkpoint();
	}

	@Test
	void changes() {
		KintoChanges<Post> all = posts.changes(null);
		this.posts.delete("a");
		this.posts.create("d", new Post("D", "Ann", 1, List.of(), 4));
		KintoChanges<Post> since = posts.changes(all.checkpoint());
		since.saved().forEach(this::index);
		since.deleted().forEach(this::remove);
		assertThat(this.seen).containsExactly("+D", "-a");
		String stored = all.checkpoint().toString();
		KintoChanges<Post> later = posts.changes(KintoCheckpoint.valueOf(stored));
		assertThat(later.saved()).isEqualTo(since.saved());
		assertThat(posts.changes(KintoCheckpoint.of(posts.timestamp())).isEmpty()).isTrue();
	}

	@Test
	void updates() {
		posts.update("a", (post) -> post.withStars(post.stars() + 1));
		assertThat(this.posts.get("a").data().stars()).isEqualTo(6);
	}

	@Test
	void batches() {
		Post draft = new Post("Draft", "Ann", 0, List.of(), 4);
		this.posts.create("old", draft);
		var first = posts.calls().create(draft);
		var second = posts.calls().delete("old");
		BatchResult result = kinto.batch(first, second);
		KintoObject<Post> created = result.get(first);
		assertThat(created.data()).isEqualTo(draft);
		assertThat(result.get(second).id()).isEqualTo("old");
		assertThat(result.published()).hasSize(2);
	}

	@Test
	void batchesWithErrors() {
		List<KintoCall<?>> calls = List.of(posts.calls().delete("a"),
				posts.calls().create("b", new Post("B", "Ann", 0, List.of(), 4)));
		assertThatExceptionOfType(KintoBatchException.class).isThrownBy(() -> kinto.batch(calls))
			.satisfies((failed) -> assertThat(failed.result().published()).hasSize(1));
		this.posts.create("a", new Post("A", "Ann", 5, List.of("java"), 1));
		BatchResult outcomes = kinto.batch(calls,
				(b) -> b.collectErrors().onProgress((progress) -> show(progress.done(), progress.total())));
		outcomes.conflicts().forEach(this::report);
		for (Outcome<?> outcome : outcomes.outcomes()) {
			log(outcome.status(), outcome.headers().getETag());
		}
		assertThat(this.seen.subList(0, 2)).containsExactly("2 of 2",
				"conflict at /buckets/blog/collections/posts/records/b");
		assertThat(this.seen.subList(2, 4)).satisfiesExactly((first) -> assertThat(first).startsWith("200 "),
				(second) -> assertThat(second).startsWith("412 "));
	}

	@Test
	void batchesOfAnyLength() {
		Stream<Post> drafts = IntStream.range(0, 1100).mapToObj((i) -> new Post("Draft " + i, "Ann", 0, List.of(), i));
		Stream<KintoCall<KintoObject<Post>>> calls = drafts.map((draft) -> posts.calls().create(draft));
		try (Stream<Outcome<KintoObject<Post>>> outcomes = kinto.batch(calls)) {
			outcomes.filter((outcome) -> !outcome.isPublished()).forEach(this::report);
		}
		assertThat(this.seen).isEmpty();
		assertThat(this.posts.count()).isEqualTo(1103);
	}

	@Test
	void reactiveBatchesOfAnyLength() {
		Flux<Post> drafts = Flux.range(0, 1100).map((i) -> new Post("Draft " + i, "Ann", 0, List.of(), i));
		ReactiveCollectionOperations<Post> reactivePosts = reactiveKinto.bucket("blog").collection("posts", Post.class);
		Flux<Outcome<KintoObject<Post>>> outcomes = reactiveKinto
			.batch(drafts.map((draft) -> reactivePosts.calls().create(draft)));
		assertThat(outcomes.map((outcome) -> outcome.get().data().title()).blockLast()).isEqualTo("Draft 1099");
		assertThat(this.posts.count()).isEqualTo(1103);
	}

	@Test
	void groupsAndPermissions() {
		BucketOperations blog = kinto.bucket("blog");
		blog.groups().create("editors", KintoGroup.of("account:ann"));
		blog.groups().addMembers("editors", "account:bob");
		blog.collection("posts").permissions().grant((p) -> p.write("/buckets/blog/groups/editors"));
		assertThat(blog.groups().get("editors").data().members()).containsExactly("account:ann", "account:bob");
		assertThat(blog.collection("posts").permissions().get().permissions().principals("write"))
			.contains("/buckets/blog/groups/editors");
	}

	@Test
	void permissionsIfUnchanged() {
		BucketOperations blog = kinto.bucket("blog");
		PermissionOperations permissions = blog.collection("posts").permissions();
		KintoObject<Map<String, Object>> read = permissions.get();
		permissions.set((p) -> p.read("system.Everyone"), (o) -> o.ifUnchanged(read));
		assertThat(permissions.get().permissions().principals("read")).containsExactly("system.Everyone");
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> permissions.clear((o) -> o.ifUnchanged(read)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> permissions.grant((p) -> p.read("account:ann"), (o) -> o.ifUnchanged(read)));
	}

	@Test
	void historyAndSnapshots() {
		KintoTimestamp version = posts.list().timestamp();
		this.posts.delete("a");
		BucketOperations blog = kinto.bucket("blog");
		KintoPage<KintoHistoryEntry> history = blog.history().list((q) -> q.where(KintoHistoryEntry::recordId).is("a"));
		KintoHistoryEntry latest = history.data().get(0).data();
		List<KintoObject<Post>> before = posts.snapshot(version);
		blog.history().deleteAll((q) -> q.where("resource_name").is("record"));
		assertThat(latest.action()).isEqualTo("delete");
		assertThat(history.data()).hasSize(2);
		assertThat(before).extracting(KintoObject::id).containsExactly("c", "b", "a");
		assertThat(blog.history().list().data()).extracting((entry) -> entry.data().resourceName())
			.containsExactly("collection", "bucket");
	}

	@Test
	void accounts() {
		KintoTemplate anonymous = kinto.mutate().authentication(KintoAuthentication.none()).build();
		anonymous.createAccount("ann", "secret");
		KintoTemplate ann = kinto.mutate().authentication(KintoAuthentication.basic("ann", "secret")).build();
		ann.changePassword("ann", "better");
		KintoTemplate changed = kinto.mutate().authentication(KintoAuthentication.basic("ann", "better")).build();
		assertThat(changed.fetchUser()).hasValueSatisfying((user) -> assertThat(user.id()).isEqualTo("account:ann"));
		assertThat(changed.deleteAccount("ann").id()).isEqualTo("ann");
	}

	@Test
	void permissionsAndHeartbeat() {
		List<KintoPermissionEntry> entries = kinto.listPermissions((q) -> q.where("resource_name").is("collection"));
		KintoHeartbeat heartbeat = kinto.fetchHeartbeat();
		assertThat(entries).extracting(KintoPermissionEntry::uri).contains("/buckets/blog/collections/posts");
		assertThat(heartbeat.isHealthy()).isTrue();
	}

	@Test
	void recordsInParallel() {
		try (Stream<KintoObject<Post>> all = posts.streamInParallel(8, (q) -> q.limit(1000))) {
			all.forEach(this::print);
		}
		assertThat(this.seen).containsExactlyInAnyOrder("A", "B", "C");
	}

	@Test
	void recordsInParallelAndInOrder() {
		try (Stream<KintoObject<Post>> latest = posts.streamInParallel(8,
				(q) -> q.sort("-last_modified").limit(1000))) {
			latest.forEach(this::print);
		}
		assertThat(this.seen).containsExactly("C", "B", "A");
	}

	@Test
	void callOfYourOwnWithABody() {
		KintoRequest request = KintoRequest.of("publish", HttpMethod.PUT, "/buckets/blog/collections/posts/records/d")
			.withQuery("_fields=title")
			.withHeaders((headers) -> headers.set("If-None-Match", "*"))
			.withBody("{\"data\": {\"title\": \"D\"}}");
		boolean created = kinto.execute(KintoCall.of(request, (response) -> response.status() == 201));
		assertThat(created).isTrue();
		assertThat(kinto.bucket("blog").collection("posts").get("d").data()).containsEntry("title", "D");
	}

	@Test
	void callsOfYourOwn() {
		KintoCall<String> heartbeat = KintoCall.of(
				KintoRequest.of("fetchLoadBalancerHeartbeat", HttpMethod.GET, "/__lbheartbeat__"),
				(response) -> new String(response.body(), StandardCharsets.UTF_8));
		String json = kinto.execute(heartbeat);
		assertThat(json).isEqualTo("{}");
	}

	private void print(KintoObject<Post> post) {
		this.seen.add(post.data().title());
	}

	private void index(KintoObject<Post> post) {
		this.seen.add("+" + post.data().title());
	}

	private void show(int done, int total) {
		this.seen.add(done + " of " + total);
	}

	private void log(int status, @Nullable String etag) {
		this.seen.add(status + " " + etag);
	}

	private void report(Outcome<?> outcome) {
		this.seen.add("conflict at " + outcome.call().request().path());
	}

	private void remove(KintoTombstone tombstone) {
		this.seen.add("-" + tombstone.id());
	}

	record Post(String title, @Nullable String author, int stars, @Nullable List<String> tags, long published) {

		Post withStars(int stars) {
			return new Post(this.title, this.author, stars, this.tags, this.published);
		}

	}

}
