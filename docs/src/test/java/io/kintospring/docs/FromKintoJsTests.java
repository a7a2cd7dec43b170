package io.kintospring.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.KintoRetry;
import io.kintospring.KintoSignal;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.boot.autoconfigure.KintoWebClientCustomizer;
import io.kintospring.boot.event.KintoBackoffEvent;
import io.kintospring.boot.event.KintoDeprecatedEvent;
import io.kintospring.boot.event.KintoRetryAfterEvent;
import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoSignalListener;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.server.KintoServerInfo;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoPage;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.KintoTemplateBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the Java code in the tables, and checks that the tables contain no other code.
 */
@KintoTest
@Import(FromKintoJsTests.Requests.class)
@Timeout(60)
class FromKintoJsTests {

	private final BlockingQueue<Instant> pauses = new LinkedBlockingQueue<>();

	@Autowired
	private Requests requests;

	@BeforeEach
	void forgetRequests() {
		this.requests.sent.clear();
	}

	@Test
	void javaSideIsWhatIsRunHere() throws IOException {
		String source = source("FromKintoJsTests") + source("AttachmentTests");
		List<List<String>> rows = Page.named("from-kinto-js.md")
			.rows()
			.stream()
			.filter((row) -> !row.get(0).equals("JavaScript"))
			.toList();
		assertThat(rows).hasSizeGreaterThan(150)
			.allSatisfy((row) -> assertThat(row.subList(1, row.size())).flatMap((cell) -> List.of(cell.split(" and ")))
				.allSatisfy((code) -> assertThat(source).contains(code.replaceAll("\\s+", ""))));
	}

	private static String source(String test) throws IOException {
		return Files.readString(Path.of("src/test/java/io/kintospring/docs/" + test + ".java")).replaceAll("\\s+", "");
	}

	@Test
	void builder(@Autowired KintoTemplate kinto, @Autowired EmbeddedKintoServer server) {
		assertThat(KintoTemplate.builder("https://kinto.example.com/v1").build().server())
			.isEqualTo("https://kinto.example.com/v1");
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);

		KintoTemplateBuilder<KintoTemplate> builder = kinto.mutate();
		builder.options((o) -> o.header("X-A", "a"));
		builder.defaultBucket("blog");
		KintoTemplate built = builder.build();
		built.fetchServerInfo();
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		assertThat(built.bucket().id()).isEqualTo("blog");

		builder.options((o) -> o.safe(true));
		posts.create("a", new Post("A"));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> posts(builder.build()).replace("a", new Post("B")));
		builder.options((o) -> o.safe(false));
		assertThat(posts(builder.build()).create("a", new Post("B")).data().title()).isEqualTo("B");

		builder.client((c) -> c.retry(KintoRetry.defaults().maxRetries(2)));
		assertThat(builder.build().state().retry().maxRetries()).isEqualTo(2);
		builder.client((c) -> c.timeout(Duration.ofSeconds(1)));
		server.faults().delay(4, Duration.ofSeconds(2), (faulty) -> faulty.path("/"));
		assertThatExceptionOfType(KintoTransportException.class).isThrownBy(builder.build()::fetchServerInfo);
	}

	private static CollectionOperations<Post> posts(KintoTemplate kinto) {
		return kinto.bucket("blog").collection("posts", Post.class);
	}

	@Test
	void authentication(@Autowired KintoTemplate kinto) {
		String token = "token";
		Tokens tokens = new Tokens();
		KintoTemplateBuilder<KintoTemplate> builder = kinto.mutate();
		builder.authentication(KintoAuthentication.basic("bob", "secret"));
		builder.build().fetchServerInfo();
		assertThat(this.requests.header("Authorization")).isEqualTo("Basic Ym9iOnNlY3JldA==");
		builder.authentication(KintoAuthentication.bearer(token));
		builder.build().fetchServerInfo();
		assertThat(this.requests.header("Authorization")).isEqualTo("Bearer token");
		builder.authentication(() -> Mono.just("Bearer " + tokens.current()));
		KintoTemplate built = builder.build();
		built.fetchServerInfo();
		assertThat(this.requests.header("Authorization")).isEqualTo("Bearer 1");
		built.fetchServerInfo();
		assertThat(this.requests.header("Authorization")).isEqualTo("Bearer 2");
		KintoTemplate other = kinto.mutate().options((o) -> o.header("X-A", "b")).build();
		other.fetchServerInfo();
		assertThat(this.requests.header("X-A")).isEqualTo("b");
	}

	@Test
	void properties() {
		runner("kinto.url=https://kinto.example.com/v1", "kinto.bucket=blog").run((context) -> {
			assertThat(context.getBean(KintoTemplate.class).server()).isEqualTo("https://kinto.example.com/v1");
			assertThat(context.getBean(KintoTemplate.class).bucket().id()).isEqualTo("blog");
		});
		try (LoopbackServer server = LoopbackServer.ofHello()) {
			String url = "kinto.url=" + server.url() + "/v1";
			runner(url, "kinto.headers.X-A=a", "kinto.username=bob", "kinto.password=secret")
				.run((context) -> context.getBean(KintoTemplate.class).fetchServerInfo());
			assertThat(server.requests().get(0).header("X-A")).isEqualTo("a");
			assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Basic Ym9iOnNlY3JldA==");
			runner(url, "kinto.bearer-token=token")
				.run((context) -> context.getBean(KintoTemplate.class).fetchServerInfo());
			assertThat(server.requests().get(1).header("Authorization")).isEqualTo("Bearer token");
		}
		runner("kinto.safe=false", "kinto.timeout=1s", "kinto.retry.max-retries=2").run((context) -> {
			KintoTemplate kinto = context.getBean(KintoTemplate.class);
			assertThat(kinto.state().retry().maxRetries()).isEqualTo(2);
			kinto.buckets().create("blog");
			assertThat(kinto.buckets().create("blog").id()).isEqualTo("blog");
			context.getBean(EmbeddedKintoServer.class)
				.faults()
				.delay(4, Duration.ofSeconds(2), (faulty) -> faulty.path("/"));
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(kinto::fetchServerInfo);
		});
	}

	private static ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner().withUserConfiguration(Application.class).withPropertyValues(properties);
	}

	@Test
	void server(@Autowired KintoTemplate kinto) {
		KintoServerInfo info = kinto.fetchServerInfo();
		kinto.fetchServerInfo((o) -> o.header("X-A", "a"));
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		assertThat(kinto.fetchServerInfo().settings()).isEqualTo(info.settings());
		assertThat(kinto.fetchServerInfo().capabilities()).containsKey("default_bucket");
		assertThat(kinto.fetchUser()).contains(info.user());
		assertThat(kinto.fetchServerInfo().httpApiVersion()).hasToString("1.23");
		assertThat(info.projectName()).isEqualTo("kinto");
		assertThat(info.projectVersion()).isNotBlank();
		assertThat(info.httpApiVersion()).hasToString("1.23");
		assertThat(info.url()).isEqualTo(kinto.server() + "/");
		assertThat(info.settings().batchMaxRequests()).isEqualTo(25);
		assertThat(info.settings().readonly()).isFalse();
		assertThat(info.user().id()).isEqualTo(user(kinto));
		assertThat(info.user().bucket()).isNotBlank();
		assertThat(info.capabilities().get("default_bucket").description()).isNotBlank();
		assertThat(info.capabilities().get("default_bucket").url()).startsWith("http");
	}

	@Test
	void buckets(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		assertThat(kinto.buckets().create("blog", (w) -> w.safe(false)).id()).isEqualTo("blog");
		assertThat(kinto.buckets().create("photos", Map.of("foo", 42)).data()).containsEntry("foo", 42);
		assertThat(kinto.buckets().create(Map.of()).id()).isNotBlank();
		assertThat(kinto.buckets().create(Map.of("foo", 42)).data()).containsEntry("foo", 42);
		assertThat(kinto.buckets().list().data()).hasSize(4);
		assertThat(kinto.buckets().list((q) -> q.sort("-last_modified")).data()).hasSize(4);
		assertThat(kinto.bucket("blog").id()).isEqualTo("blog");
		kinto.buckets().delete("blog");
		KintoTimestamp version = kinto.buckets().create("blog").lastModified();
		assertThat(kinto.buckets().delete("blog", (w) -> w.lastModified(version)).id()).isEqualTo("blog");
		assertThat(kinto.buckets().deleteAll()).hasSize(3);
		assertThat(kinto.buckets()
			.create("photos", (w) -> w.permissions((p) -> p.read("github:bob")))
			.permissions()
			.principals("read")).containsExactly("github:bob");
	}

	@Test
	void bucketData(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.attributes().replace(Map.of("foo", "bar"));
		KintoTimestamp version = bucket.attributes().patch(Map.of("foo", "baz")).lastModified();
		assertThat(bucket.attributes().get().data()).containsEntry("foo", "baz");
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> bucket.attributes().replace(Map.of("foo", "bar"), (w) -> w.safe(true)));
		bucket.attributes().replace(Map.of("foo", "bar"), (w) -> w.lastModified(version));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> bucket.attributes().replace(Map.of("foo", "bar"), (w) -> w.lastModified(version)));

		KintoObject<Map<String, Object>> result = bucket.attributes().patch(Map.of("foo", "baz"));
		assertThat(result.id()).isEqualTo("blog");
		assertThat(result.lastModified()).isGreaterThan(version);
		assertThat(result.data()).containsEntry("foo", "baz");
		assertThat(result.permissions()).isEqualTo(bucket.permissions().get().permissions());
		assertThat(result.permissions().principals("write")).containsExactly(user(kinto));
		KintoTombstone deleted = kinto.buckets().delete("blog");
		assertThat(deleted.id()).isEqualTo("blog");
		assertThat(deleted.lastModified()).isGreaterThan(result.lastModified());
	}

	@Test
	void bucketPermissions(@Autowired KintoTemplate kinto) {
		BucketOperations bucket = blog(kinto);
		bucket.permissions().set((p) -> p.read("github:bob"));
		assertThat(read(bucket)).containsExactly("github:bob");
		bucket.permissions().set((p) -> p.read("github:bob").write("github:bob", "github:john"));
		assertThat(write(bucket)).containsExactlyInAnyOrder("github:bob", "github:john", user(kinto));
		bucket.permissions().set((p) -> p.read("github:bob"), (w) -> w.header("X-A", "a"));
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		assertThat(write(bucket)).containsExactly(user(kinto));
		assertThat(bucket.permissions().get((o) -> o.header("X-A", "a")).id()).isEqualTo("blog");
		assertThat(this.requests.header("X-A")).isEqualTo("a");

		bucket.permissions().grant((p) -> p.write("github:ann"));
		assertThat(write(bucket)).contains("github:ann");
		bucket.permissions().revoke((p) -> p.write("github:ann"));
		assertThat(write(bucket)).doesNotContain("github:ann");
		bucket.permissions().grant((p) -> p.write("github:ann"), (w) -> w.header("X-A", "a"));
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		bucket.permissions().revoke((p) -> p.write("github:ann"), (w) -> w.header("X-A", "a"));
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		assertThat(read(bucket)).containsExactly("github:bob");
	}

	@Test
	void bucketPermissionsOfAVersion(@Autowired KintoTemplate kinto) {
		BucketOperations bucket = blog(kinto);
		addPermissions(bucket, bucket.attributes().get().lastModified());
		assertThat(write(bucket)).contains("github:ann");
		removePermissions(bucket, bucket.attributes().get().lastModified());
		assertThat(write(bucket)).doesNotContain("github:ann");
		KintoTimestamp version = bucket.attributes().get().lastModified();
		bucket.permissions().set((p) -> p.read("github:bob"), (w) -> w.lastModified(version));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> bucket.permissions().set((p) -> p.read("github:bob"), (w) -> w.lastModified(version)));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> addPermissions(bucket, version));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> removePermissions(bucket, version));
	}

	private static void addPermissions(BucketOperations bucket, KintoTimestamp version) {
		bucket.attributes()
			.jsonPatch((p) -> p.add("/permissions/write/github:ann", null), (w) -> w.lastModified(version));
	}

	private static void removePermissions(BucketOperations bucket, KintoTimestamp version) {
		bucket.attributes().jsonPatch((p) -> p.remove("/permissions/write/github:ann"), (w) -> w.lastModified(version));
	}

	private static Iterable<String> read(BucketOperations bucket) {
		return bucket.permissions().get().permissions().principals("read");
	}

	private static Iterable<String> write(BucketOperations bucket) {
		return bucket.permissions().get().permissions().principals("write");
	}

	@Test
	void collectionPermissions(@Autowired KintoTemplate kinto) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		KintoTimestamp version = posts.permissions().set((p) -> p.write("github:john")).lastModified();
		assertThat(posts.permissions().get().permissions().principals("write")).contains("github:john");
		posts.permissions().set((p) -> p.write("github:john"), (w) -> w.lastModified(version));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> posts.permissions().set((p) -> p.write("github:john"), (w) -> w.lastModified(version)));
		posts.permissions().grant((p) -> p.write("github:ann"));
		assertThat(posts.permissions().get().permissions().principals("write")).contains("github:ann", "github:john");
		posts.permissions().revoke((p) -> p.write("github:ann"));
		assertThat(posts.permissions().get().permissions().principals("write")).doesNotContain("github:ann");
	}

	@Test
	void permissionsOfTheUser(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		List<KintoPermissionEntry> entries = kinto.listPermissions();
		assertThat(kinto.listPermissions((q) -> q.header("X-A", "a"))).isEqualTo(entries);
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		assertThat(entries.size()).isEqualTo(2);
		assertThat(kinto.listPermissions((q) -> q.where("resource_name").is("bucket"))).singleElement()
			.satisfies((entry) -> {
				assertThat(entry.uri()).isEqualTo("/buckets/blog");
				assertThat(entry.resourceName()).isEqualTo("bucket");
				assertThat(entry.bucketId()).isEqualTo("blog");
				assertThat(entry.permissions()).contains("write", "collection:create");
			});
	}

	@Test
	void groups(@Autowired KintoTemplate kinto) {
		BucketOperations bucket = blog(kinto);
		assertThat(bucket.groups().create("admins", KintoGroup.of()).data().members()).isEmpty();
		bucket.groups().create("authors", KintoGroup.of("github:bob"));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> bucket.groups().create("authors", KintoGroup.of()));
		bucket.groups().create("authors", KintoGroup.of("github:bob"), (w) -> w.safe(false));
		KintoObject<KintoGroup> group = bucket.groups()
			.create("users", KintoGroup.of("system.Authenticated").attribute("pi", 3.14));
		assertThat(group.data().members()).containsExactly("system.Authenticated");
		assertThat(group.data().attributes().get("pi")).isEqualTo(3.14);
		assertThat(bucket.groups()
			.create("editors", KintoGroup.of("github:bob"), (w) -> w.permissions((p) -> p.read("github:ann")))
			.permissions()
			.principals("read")).containsExactly("github:ann");
		assertThat(bucket.groups().create(KintoGroup.of()).id()).isNotBlank();
		KintoObject<KintoGroup> last = bucket.groups().create(KintoGroup.of(), (w) -> w.safe(true));
		assertThat(bucket.groups().list().data()).hasSize(6);
		assertThat(bucket.groups().list((q) -> q.sort("id")).data()).extracting(KintoObject::id)
			.containsSubsequence("admins", "authors", "editors", "users");
		assertThat(bucket.groups().timestamp()).isEqualTo(last.lastModified());
		bucket.groups().delete("admins");
		assertThat(bucket.groups().find("admins")).isEmpty();
		assertThat(bucket.groups().deleteAll()).hasSize(5);
	}

	@Test
	void groupUpdates(@Autowired KintoTemplate kinto) {
		BucketOperations bucket = blog(kinto);
		bucket.groups().create("admins", KintoGroup.of("github:bob"));
		bucket.groups().replace("admins", KintoGroup.of("github:ann"));
		assertThat(bucket.groups().get("admins").data().members()).containsExactly("github:ann");
		KintoObject<KintoGroup> replaced = bucket.groups()
			.replace("admins", KintoGroup.of("github:ann").attribute("pi", 3.14),
					(w) -> w.permissions((p) -> p.write("github:bob")));
		assertThat(replaced.permissions().principals("write")).contains("github:bob");
		bucket.groups().replace("admins", KintoGroup.of("github:ann"));
		KintoObject<KintoGroup> group = bucket.groups().patch("admins", Map.of("pi", 3.14));
		assertThat(group.data()).isEqualTo(KintoGroup.of("github:ann").attribute("pi", 3.14));
		assertThat(bucket.groups().list((q) -> q.where("id").is("admins").fields("members")).data().get(0).data())
			.isEqualTo(KintoGroup.of("github:ann"));
		KintoTimestamp version = bucket.groups().update(group.withData(KintoGroup.of("github:ann"))).lastModified();
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> bucket.groups().update(group.withData(KintoGroup.of("github:ann"))));
		assertThat(bucket.groups().delete("admins", (w) -> w.lastModified(version)).id()).isEqualTo("admins");
	}

	@Test
	void collections(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.collections().create("posts");
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> bucket.collections().create("posts"));
		bucket.collections().create("posts", (w) -> w.safe(false));
		bucket.collections().create(Map.of());
		KintoObject<Map<String, Object>> last = bucket.collections().create(Map.of(), (w) -> w.safe(true));
		assertThat(bucket.collections().list().data()).hasSize(3);
		assertThat(bucket.collections().list((q) -> q.limit(1)).data()).containsExactly(new KintoObject<>(last.id(),
				last.lastModified(), last.data(), bucket.collections().list().data().get(0).permissions()));
		assertThat(bucket.collections().timestamp()).isEqualTo(last.lastModified());
		CollectionOperations<Post> posts = bucket.collection("posts", Post.class);
		posts.attributes().replace(Map.of("preview", true));
		assertThat(posts.attributes().get().data()).containsEntry("preview", true);
		posts.attributes().patch(Map.of("schema", Map.of()));
		KintoTimestamp version = posts.attributes().patch(Map.of("preview", false)).lastModified();
		assertThat(bucket.collections().list((q) -> q.where("id").is("posts").fields("preview")).data().get(0).data())
			.containsEntry("preview", false)
			.doesNotContainKey("schema");
		posts.attributes().replace(Map.of("preview", true), (w) -> w.lastModified(version));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> bucket.collections().delete("posts", (w) -> w.lastModified(version)));
		bucket.collections().delete("posts");
		assertThat(bucket.collections().deleteAll()).hasSize(2);
	}

	@Test
	void records(@Autowired KintoTemplate kinto) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		posts.create(new Post("My post"));
		posts.create("a", new Post("My post"));
		posts.create("a", new Post("My post"), (w) -> w.safe(false));
		KintoObject<Post> mine = posts.create(new Post("Mine"),
				(w) -> w.permissions((p) -> p.read("system.Everyone").write("/buckets/blog/groups/authors")));
		assertThat(mine.permissions().principals("read")).containsExactly("system.Everyone");
		assertThat(mine.permissions().principals("write")).contains("/buckets/blog/groups/authors");
		KintoObject<Post> read = posts.replace("a", new Post("Changed"));
		posts.update(read.withData(new Post("Safe")));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> posts.update(read.withData(new Post("Safe"))))
			.satisfies((ex) -> assertThat(ex.existing(Post.class).orElseThrow().data().title()).isEqualTo("Safe"));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> posts.replace("a", new Post("Safe"), (w) -> w.safe(true)));
		assertThat(posts.replace("a", new Post("Shared"), (w) -> w.permissions((p) -> p.read("github:bob")))
			.permissions()
			.principals("read")).containsExactly("github:bob");
		KintoTimestamp version = posts.patch("a", Map.of("title", "Patched")).lastModified();
		assertThat(posts.get("a").data().title()).isEqualTo("Patched");
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> posts.delete(read));
		assertThat(posts.delete("a", (w) -> w.lastModified(version)).id()).isEqualTo("a");
		posts.create("a", new Post("Again"));
		posts.delete("a");
		assertThat(posts.deleteAll((q) -> q.where("title").is("Mine"))).extracting(KintoTombstone::id)
			.containsExactly(mine.id());
		assertThat(posts.deleteAll()).hasSize(1);
	}

	@Test
	void lists(@Autowired KintoTemplate kinto) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		KintoTimestamp version = posts.create("a", new Post("My post")).lastModified();
		posts.create("b", new Post("Mine"));
		posts.create("c", new Post("Other post"));
		assertThat(titles(posts.list())).containsExactly("Other post", "Mine", "My post");
		assertThat(titles(posts.list((q) -> q.sort("title")))).containsExactly("Mine", "My post", "Other post");
		assertThat(titles(posts.list((q) -> q.where("title").is("Mine")))).containsExactly("Mine");
		assertThat(titles(posts.list((q) -> q.where("title").like("post")))).containsExactly("Other post", "My post");
		assertThat(titles(posts.list((q) -> q.where("title").not("Mine")))).containsExactly("Other post", "My post");
		assertThat(titles(posts.list((q) -> q.filter("not_title", "Mine")))).containsExactly("Other post", "My post");
		assertThat(titles(posts.list((q) -> q.fields("title")))).hasSize(3);
		assertThat(titles(posts.list((q) -> q.limit(2)))).containsExactly("Other post", "Mine");
		assertThat(titles(posts.list((q) -> q.limit(2).pages(2)))).hasSize(3);
		assertThat(posts.listAll()).hasSize(3);
		assertThat(titles(posts.list((q) -> q.since(version)))).containsExactly("Other post", "Mine");
		assertThat(titles(posts.list((q) -> q.since(KintoTimestamp.valueOf("1456183930780"))))).hasSize(3);
		assertThat(posts.list((q) -> q.header("X-A", "a")).data()).hasSize(3);
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		assertThat(titles(posts.list((q) -> q.where("id").is("a").fields("title")))).containsExactly("My post");
		assertThat(posts.count()).isEqualTo(3);
		assertThat(posts.timestamp()).isEqualTo(posts.get("c").lastModified());
		assertThat(posts.snapshot(version)).extracting(KintoObject::id).containsExactly("a");

		posts.delete("b");
		KintoPage<Post> page = posts.list((q) -> q.since(version).limit(1));
		assertThat(page.timestamp()).isEqualTo(posts.timestamp());
		assertThat(page.tombstones()).extracting(KintoTombstone::id).containsExactly("b");
		assertThat(page.data()).isEmpty();
		assertThat(page.hasNext()).isTrue();
		assertThat(titles(page.next())).containsExactly("Other post");
	}

	private static List<String> titles(KintoPage<Post> page) {
		return page.data().stream().map((post) -> post.data().title()).toList();
	}

	@Test
	void pages(@Autowired KintoTemplate kinto) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		for (int i = 0; i < 5; i++) {
			posts.create(new Post("Post " + i));
		}
		KintoPage<Post> page = posts.list((q) -> q.limit(2));
		List<KintoObject<Post>> all = new ArrayList<>(page.data());
		while (page.hasNext()) {
			page = page.next();
			all.addAll(page.data());
		}
		assertThat(all).isEqualTo(posts.listAll());
		assertThat(posts.list((q) -> q.limit(2).pages(2)).data()).isEqualTo(all.subList(0, 4));
	}

	@Test
	void fieldsAndQueryParameters(@Autowired KintoTemplate kinto) {
		BucketOperations bucket = blog(kinto);
		bucket.attributes().replace(Map.of("foo", 42, "bar", true));
		assertThat(kinto.buckets().list((q) -> q.where("id").is("blog").fields("foo")).data().get(0).data())
			.containsEntry("foo", 42)
			.doesNotContainKey("bar");
		posts(kinto).create("a", new Post("A"));
		KintoRequest request = KintoRequest
			.of("getRecordBypassingCaches", HttpMethod.GET, "/buckets/blog/collections/posts/records/a")
			.withQuery("v=1");
		String json = kinto
			.execute(KintoCall.of(request, (response) -> new String(response.body(), StandardCharsets.UTF_8)));
		assertThat(json).contains("\"A\"");
		assertThat(this.requests.last().url()).hasQuery("v=1");
	}

	@Test
	void history(@Autowired KintoTemplate kinto) {
		BucketOperations bucket = blog(kinto);
		KintoObject<Post> post = posts(kinto).create("a", new Post("My post"));
		posts(kinto).create("b", new Post("Other post"));
		assertThat(bucket.history().list().data()).hasSize(4);
		KintoPage<KintoHistoryEntry> latest = bucket.history()
			.list((q) -> q.where("resource_name").is("record").limit(1));
		assertThat(latest.data()).hasSize(1);
		KintoObject<KintoHistoryEntry> entry = latest.next().data().get(0);
		assertThat(entry.id()).isNotBlank();
		assertThat(entry.lastModified()).isGreaterThanOrEqualTo(post.lastModified());
		assertThat(entry.data().action()).isEqualTo("create");
		assertThat(entry.data().date()).isBeforeOrEqualTo(Instant.now());
		assertThat(entry.data().uri()).isEqualTo("/buckets/blog/collections/posts/records/a");
		assertThat(entry.data().userId()).isEqualTo(user(kinto));
		assertThat(entry.data().resourceName()).isEqualTo("record");
		assertThat(entry.data().collectionId()).isEqualTo("posts");
		assertThat(entry.data().recordId()).isEqualTo("a");
		assertThat(entry.data().target().data()).containsEntry("title", "My post")
			.containsEntry("last_modified", post.lastModified().value());
		assertThat(entry.data().target().permissions()).isEqualTo(post.permissions());
	}

	@Test
	void batches(@Autowired KintoTemplate kinto) {
		BucketOperations bucket = blog(kinto);
		CollectionOperations<Post> posts = bucket.collection("posts", Post.class);
		posts.create("a", new Post("A"));
		assertThat(posts.batch(List.of(posts.calls().delete("a"), posts.calls().create(new Post("New")))).isComplete())
			.isTrue();
		assertThat(posts.count()).isEqualTo(1);
		assertThat(bucket.batch(List.of(bucket.calls().collections().create("drafts"))).published()).hasSize(1);
		assertThat(kinto.batch(posts.calls().create(new Post("Batched"))).published()).hasSize(1);
		List<KintoCall<?>> calls = List.of(posts.calls().list(), posts.calls().find("missing"));
		assertThat(posts.batch(calls, (b) -> b.header("X-A", "a")).isComplete()).isTrue();
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		posts.create("a", new Post("A"));
		CollectionOperations<Post> strict = bucket.collection("posts", Post.class, (o) -> o.safe(true));
		assertThat(strict.batch(List.of(strict.calls().replace("a", new Post("Only if new"))), (b) -> b.collectErrors())
			.conflicts()).hasSize(1);
	}

	@Test
	void batchResults(@Autowired KintoTemplate kinto) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		posts.create("a", new Post("A"));
		KintoCall<KintoObject<Post>> created = posts.calls().create(new Post("New"));
		KintoCall<KintoObject<Post>> conflicting = posts.calls().create("a", new Post("B"));
		KintoCall<KintoTombstone> skipped = posts.calls().delete("missing");
		KintoCall<?> denied = kinto.bucket("missing").attributes().calls().get();
		List<KintoCall<?>> calls = List.of(created, conflicting, skipped, denied);
		BatchResult result = posts.batch(calls, (b) -> b.collectErrors());
		assertThat(result.published()).hasSize(1);
		assertThat(result.conflicts()).hasSize(1);
		assertThat(result.skipped()).hasSize(1);
		assertThat(result.errors()).hasSize(1);
		assertThat(result.get(created).data()).isEqualTo(new Post("New"));
		assertThat(((KintoConflictException) result.conflicts().get(0).error()).existing(Post.class).orElseThrow().id())
			.isEqualTo("a");
		assertThat(result.skipped().get(0).error()).isInstanceOf(KintoNotFoundException.class);
		assertThat(result.skipped().get(0).call().request().path()).endsWith("/records/missing");
		assertThat(result.errors().get(0).error()).isInstanceOf(KintoAccessDeniedException.class);
		assertThat(result.errors().get(0).call().request()).isEqualTo(denied.request());
		assertThat(result.outcomes()).hasSize(4);
		assertThat(result.outcomes().get(0).status()).isEqualTo(201);
		assertThat(result.outcomes().get(0).call().request().path()).contains("/records/");
		assertThat(result.outcomes().get(0).headers().getETag()).isNotBlank();
		assertThat(result.outcomes().get(0).get()).isEqualTo(result.get(created));
	}

	@Test
	void options(@Autowired KintoTemplate kinto) {
		blog(kinto);
		BucketOperations bucket = kinto.bucket("blog");
		assertThat(kinto.bucket("blog", (o) -> o.header("X-A", "a").safe(true)).attributes().get().id())
			.isEqualTo("blog");
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		CollectionOperations<Post> posts = bucket.collection("posts", Post.class);
		CollectionOperations<Post> strict = bucket.collection("posts", Post.class,
				(o) -> o.header("X-A", "a").safe(true));
		posts.create("a", new Post("A"));
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> strict.replace("a", new Post("B")));
		assertThat(this.requests.header("X-A")).isEqualTo("a");
		strict.replace("a", new Post("A"), (w) -> w.header("X-A", "b").safe(false));
		assertThat(this.requests.header("X-A")).isEqualTo("b");
		this.requests.sent.clear();
		posts.get("a", (o) -> o.header("X-A", "b"));
		posts.count((q) -> q.header("X-A", "b"));
		bucket.collection("posts", Post.class, (o) -> o.header("X-A", "b")).timestamp();
		posts.delete("a", (w) -> w.header("X-A", "b"));
		assertThat(this.requests.sent).hasSize(4).allMatch((sent) -> "b".equals(sent.headers().getFirst("X-A")));
	}

	@Test
	void concurrentChanges(@Autowired KintoTemplate kinto) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		KintoTimestamp version = posts.create("b", new Post("B")).lastModified();
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> posts.create("b", new Post("B")));
		posts.replace("b", new Post("B"), (w) -> w.lastModified(version));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> posts.replace("b", new Post("B"), (w) -> w.lastModified(version)));
		posts.replace("c", new Post("C"), (w) -> w.safe(true));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> posts.replace("c", new Post("C"), (w) -> w.safe(true)));
		assertThat(posts.create("b", new Post("B"), (w) -> w.safe(false)).lastModified()).isGreaterThan(version);
	}

	@Test
	void differences(@Autowired KintoTemplate kinto) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> posts.delete("a", (w) -> w.safe(true)));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> posts.patch("a", Map.of("title", "A"), (w) -> w.safe(true)));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> posts.deleteAll((q) -> q.sort("title")));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> KintoGroup.of("system.Everyone"));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> kinto.bucket("blog").history().list((q) -> q.fields("action")));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> kinto.listPermissions((q) -> q.fields("uri")));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> posts.permissions()
			.grant((p) -> p.write("github:ann"), (w) -> w.lastModified(posts.timestamp())));
		BucketOperations missing = kinto.bucket("missing");
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> missing.permissions().set((p) -> p.read("github:bob")));
		assertThat(missing.permissions().set((p) -> p.read("github:bob"), (w) -> w.safe(false)).id())
			.isEqualTo("missing");
	}

	@Test
	void accounts(@Autowired KintoTemplate kinto) {
		KintoTemplate anonymous = kinto.mutate().authentication(KintoAuthentication.none()).build();
		assertThat(anonymous.createAccount("ann", "secret").id()).isEqualTo("ann");
	}

	@Test
	void retry(@Autowired KintoTemplate kinto, @Autowired EmbeddedKintoServer server) {
		CollectionOperations<Post> posts = blog(kinto).collection("posts", Post.class);
		posts.create("a", new Post("A"));
		server.faults().fail(2, (faulty) -> faulty.path(".*/records/a"), 503, Duration.ofSeconds(1));
		KintoObject<Post> post = posts.get("a", (r) -> r.retry(KintoRetry.defaults().maxRetries(2)));
		assertThat(post.data().title()).isEqualTo("A");
	}

	@Test
	void events() {
		runner("kinto.embedded.settings.backoff=10", "kinto.embedded.settings.eos=2999-01-01",
				"kinto.embedded.settings.eos-message=Too old",
				"kinto.embedded.settings.eos-url=https://example.com/eos")
			.withBean(Listener.class)
			.run((context) -> {
				Listener listener = context.getBean(Listener.class);
				context.getBean(EmbeddedKintoServer.class)
					.faults()
					.fail(1, (faulty) -> faulty.path("/buckets"), 503, Duration.ofSeconds(20));
				Instant start = Instant.now();
				assertThatExceptionOfType(KintoUnavailableException.class)
					.isThrownBy(() -> context.getBean(KintoTemplate.class).buckets().list());
				assertThat(context.getBean(KintoTemplate.class).buckets().list().data()).isEmpty();
				assertThat(listener.retryAfter()).isBetween(start.plusSeconds(20), start.plusSeconds(40));
				assertThat(listener.backoff()).isBetween(start.plusSeconds(10), start.plusSeconds(40));
				assertThat(listener.deprecation()).containsExactly("soft-eol", "Too old", "https://example.com/eos");
			});
	}

	@Test
	void signals() throws InterruptedException {
		Instant start = Instant.now();
		KintoSignalListener listener = (signal, server) -> {
			if (signal instanceof KintoSignal.Backoff backoff) {
				pauseUntil(backoff.releaseTime());
			}
		};
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().setting("backoff", "10").start()) {
			KintoTemplateBuilder<KintoTemplate> builder = KintoTemplate.builder(server.url());
			builder.client((c) -> c.signalListener(listener));
			try (KintoTemplate kinto = builder.build()) {
				kinto.fetchServerInfo();
				assertThat(kinto.state().remainingBackoff()).isPositive();
				assertThat(this.pauses.poll(10, TimeUnit.SECONDS)).isAfterOrEqualTo(start.plusSeconds(10));
			}
		}
	}

	private void pauseUntil(Instant time) {
		this.pauses.add(time);
	}

	private static String user(KintoTemplate kinto) {
		return kinto.fetchUser().orElseThrow().id();
	}

	private static BucketOperations blog(KintoTemplate kinto) {
		kinto.buckets().create("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.collections().create("posts");
		return bucket;
	}

	record Post(String title) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Counts, so that each token is another one.
	 */
	static class Tokens {

		private int last;

		String current() {
			return Integer.toString(++this.last);
		}

	}

	/**
	 * Records the requests of the client.
	 */
	static class Requests implements KintoWebClientCustomizer {

		private final List<ClientRequest> sent = new CopyOnWriteArrayList<>();

		@Override
		public void customize(WebClient.Builder builder) {
			builder.filter((request, next) -> {
				this.sent.add(request);
				return next.exchange(request);
			});
		}

		ClientRequest last() {
			return this.sent.get(this.sent.size() - 1);
		}

		String header(String name) {
			return last().headers().getFirst(name);
		}

	}

	static class Listener {

		private final BlockingQueue<Instant> backoffs = new LinkedBlockingQueue<>();

		private final BlockingQueue<Instant> retries = new LinkedBlockingQueue<>();

		private final BlockingQueue<List<String>> deprecations = new LinkedBlockingQueue<>();

		@EventListener
		void onBackoff(KintoBackoffEvent event) {
			this.backoffs.add(event.releaseTime());
		}

		@EventListener
		void onRetryAfter(KintoRetryAfterEvent event) {
			this.retries.add(event.releaseTime());
		}

		@EventListener
		void onDeprecated(KintoDeprecatedEvent event) {
			this.deprecations.add(List.of(event.type(), event.message(), event.url()));
		}

		Instant backoff() throws InterruptedException {
			return this.backoffs.poll(10, TimeUnit.SECONDS);
		}

		Instant retryAfter() throws InterruptedException {
			return this.retries.poll(10, TimeUnit.SECONDS);
		}

		List<String> deprecation() throws InterruptedException {
			return this.deprecations.poll(10, TimeUnit.SECONDS);
		}

	}

}
