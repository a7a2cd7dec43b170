package io.kintospring.boot.initialization;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoConflictException;
import io.kintospring.KintoGroup;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoPermissions;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.client.KintoExecutor;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KintoInitializerTests {

	private static final KintoDefinition BLOG = KintoDefinition.of()
		.source("blog.yaml")
		.bucket("blog",
				(blog) -> blog.data(Map.of("title", "A blog"))
					.permissions((p) -> p.read("system.Everyone"))
					.group("editors", (editors) -> editors.members("account:ann"))
					.collection("posts",
							(posts) -> posts
								.data(Map.of("schema",
										Map.of("type", "object", "properties",
												Map.of("title", Map.of("type", "string")))))
								.permissions((p) -> p.createRecords("/buckets/blog/groups/editors"))
								.record("first", Map.of("title", "First"))));

	private static EmbeddedKintoServer server;

	private KintoTemplate kinto;

	@BeforeAll
	static void startServer() {
		server = EmbeddedKintoServer.builder().account("admin", "secret").account("bob", "secret").start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void connect() {
		server.flush();
		this.kinto = template("admin");
	}

	@AfterEach
	void disconnect() {
		this.kinto.close();
	}

	private static KintoTemplate template(String user) {
		return KintoTemplate.builder(server.url()).authentication(KintoAuthentication.basic(user, "secret")).build();
	}

	@Test
	void createsEverythingThatIsMissing() {
		List<KintoChange> changes = apply(BLOG);
		assertThat(changes).extracting(KintoChange::toString)
			.containsExactly("create /buckets/blog (title, permissions.read)",
					"create /buckets/blog/groups/editors (members)",
					"create /buckets/blog/collections/posts (schema, permissions.record:create)",
					"create /buckets/blog/collections/posts/records/first (title)");
		assertThat(this.kinto.buckets().get("blog").data()).containsEntry("title", "A blog");
		assertThat(this.kinto.buckets().get("blog").permissions())
			.isEqualTo(KintoPermissions.none().read("system.Everyone").write("account:admin"));
		assertThat(this.kinto.bucket("blog").groups().get("editors").data()).isEqualTo(KintoGroup.of("account:ann"));
		assertThat(this.kinto.bucket("blog").collections().get("posts").permissions().principals("record:create"))
			.containsExactly("/buckets/blog/groups/editors");
		assertThat(posts().get("first").data()).containsEntry("title", "First");
	}

	@Test
	void secondRunWritesNothing() {
		apply(BLOG);
		int before = this.kinto.bucket("blog").history().stream().toList().size();
		assertThat(apply(BLOG)).isEmpty();
		assertThat(this.kinto.bucket("blog").history().stream().toList()).hasSize(before).hasSize(4);
	}

	@Test
	void changesFieldsThatDifferAndKeepsOthers() {
		apply(BLOG);
		posts().replace("first", Map.of("title", "Changed", "stars", 5), (o) -> o.safe(false));
		assertThat(apply(BLOG))
			.containsExactly(new KintoChange("/buckets/blog/collections/posts/records/first", false, List.of("title")));
		assertThat(posts().get("first").data()).containsEntry("title", "First").containsEntry("stars", 5);
	}

	@Test
	void addsMissingPrincipalsAndMembersAndKeepsOthers() {
		apply(BLOG);
		this.kinto.bucket("blog").groups().permissions("editors").grant((p) -> p.read("account:bob"));
		this.kinto.bucket("blog").groups().addMembers("editors", "account:bob");
		this.kinto.bucket("blog").permissions().grant((p) -> p.write("account:bob"));
		KintoDefinition more = BLOG.bucket("blog", (blog) -> blog.permissions((p) -> p.write("account:ann"))
			.group("editors", (editors) -> editors.members("account:eve").permissions((p) -> p.read("account:ann"))));
		assertThat(apply(more)).extracting(KintoChange::fields)
			.containsExactly(List.of("permissions.write"), List.of("members", "permissions.read"));
		assertThat(this.kinto.buckets().get("blog").permissions().principals("write"))
			.containsExactlyInAnyOrder("account:admin", "account:bob", "account:ann");
		assertThat(this.kinto.bucket("blog").groups().get("editors").data().members())
			.containsExactlyInAnyOrder("account:ann", "account:bob", "account:eve");
		assertThat(this.kinto.bucket("blog").groups().get("editors").permissions().principals("read"))
			.containsExactlyInAnyOrder("account:ann", "account:bob");
		assertThat(apply(more)).isEmpty();
	}

	@Test
	void replacesPrincipalsAndMembersOnDemand() {
		KintoDefinition definition = BLOG.bucket("blog", (blog) -> blog.permissions((p) -> p.write("account:ann")));
		apply(definition);
		this.kinto.bucket("blog").permissions().grant((p) -> p.write("account:bob"));
		this.kinto.bucket("blog").permissions().grant((p) -> p.createGroups("account:bob"));
		this.kinto.bucket("blog").groups().addMembers("editors", "account:bob");
		KintoInitializer replacing = new KintoInitializer(this.kinto).replacePrincipals(true);
		assertThat(replacing.apply(definition)).extracting(KintoChange::fields)
			.containsExactly(List.of("permissions.write"), List.of("members"));
		KintoPermissions permissions = this.kinto.buckets().get("blog").permissions();
		assertThat(permissions.principals("write")).containsExactlyInAnyOrder("account:admin", "account:ann");
		assertThat(permissions.principals("group:create")).containsExactly("account:bob");
		assertThat(this.kinto.bucket("blog").groups().get("editors").data().members()).containsExactly("account:ann");
		assertThat(replacing.apply(definition)).isEmpty();
	}

	@Test
	void planWritesNothing() {
		assertThat(new KintoInitializer(this.kinto).plan(BLOG)).hasSize(4).allMatch(KintoChange::created);
		assertThat(this.kinto.buckets().list().data()).isEmpty();
		List<KintoChange> planned = new KintoInitializer(this.kinto).plan(BLOG);
		assertThat(apply(BLOG)).isEqualTo(planned);
		posts().patch("first", Map.of("title", "Changed"), (o) -> o.safe(false));
		assertThat(new KintoInitializer(this.kinto).plan(BLOG)).extracting(KintoChange::toString)
			.containsExactly("change /buckets/blog/collections/posts/records/first (title)");
		assertThat(posts().get("first").data()).containsEntry("title", "Changed");
	}

	@Test
	void fieldsOfTheServerAreIgnored() {
		apply(BLOG);
		Map<String, Object> exported = new HashMap<>(posts().get("first").data());
		exported.put("id", "first");
		exported.put("last_modified", 1495098162940L);
		KintoDefinition export = KintoDefinition.of()
			.bucket("blog", (blog) -> blog.data(Map.of("id", "blog", "last_modified", 1))
				.collection("posts", (posts) -> posts.record("first", exported)));
		assertThat(exported).containsKey("schema");
		assertThat(apply(export)).isEmpty();
		server.flush();
		assertThat(apply(export)).hasSize(3);
		assertThat(posts().get("first").lastModified().value()).isGreaterThan(1495098162940L);
	}

	@Test
	void valuesThatAreTheSameInJsonAreNotWrittenAgain() {
		Map<String, Object> values = new HashMap<>();
		values.put("long", 1L);
		values.put("decimal", 1.50);
		values.put("whole", 2.0);
		values.put("large", new BigInteger("123456789012345678901234567890"));
		values.put("inexact", new BigDecimal("123456789.123456789012345"));
		values.put("nothing", null);
		values.put("nested", Map.of("list", List.of(1, Map.of("a", true), "text")));
		KintoDefinition definition = KintoDefinition.of()
			.bucket("main", (main) -> main.collection("values", (all) -> all.record("a", values)));
		assertThat(apply(definition)).hasSize(3);
		assertThat(apply(definition)).isEmpty();
	}

	@Test
	void neighboringNumbersAreDifferent() {
		for (Number number : List.of(9007199254740993L, 9007199254740992L, 1.5, 1.500000000001)) {
			KintoDefinition definition = KintoDefinition.of()
				.bucket("main", (main) -> main.collection("values", (all) -> all.record("a", Map.of("n", number))));
			assertThat(apply(definition)).isNotEmpty();
		}
	}

	@Test
	void manyRecordsAreSentInBatches() {
		KintoDefinition definition = KintoDefinition.of().bucket("main", (main) -> main.collection("many", (many) -> {
			for (int i = 0; i < 60; i++) {
				many = many.record("r" + i, Map.of("number", i));
			}
			return many;
		}));
		assertThat(apply(definition)).hasSize(62);
		assertThat(this.kinto.bucket("main").collection("many").count()).isEqualTo(60);
		assertThat(apply(definition)).isEmpty();
	}

	@Test
	void personalBucketCanBeInitialized() {
		KintoDefinition definition = KintoDefinition.of()
			.bucket("default", (mine) -> mine.data(Map.of("title", "Mine"))
				.collection("notes", (notes) -> notes.record("a", Map.of("text", "Hello"))));
		assertThat(apply(definition)).isNotEmpty();
		assertThat(this.kinto.bucket("default").collection("notes").get("a").data()).containsEntry("text", "Hello");
		assertThat(this.kinto.buckets().get("default").data()).containsEntry("title", "Mine");
		assertThat(apply(definition)).isEmpty();
	}

	@Test
	void worksForTemplateThatIsNotSafe() {
		try (KintoTemplate unsafe = this.kinto.mutate().options((o) -> o.safe(false)).build()) {
			List<String> events = new ArrayList<>();
			KintoOperations racing = before(unsafe, 2, () -> {
				events.add("other");
				this.kinto.buckets().create("blog", Map.of("title", "Theirs", "theme", "dark"));
			});
			new KintoInitializer(racing).apply(BLOG);
			assertThat(events).containsExactly("other");
			assertThat(this.kinto.buckets().get("blog").data()).containsEntry("title", "A blog")
				.containsEntry("theme", "dark");
		}
	}

	@Test
	void concurrentChangeIsComparedAgain() {
		apply(BLOG);
		KintoDefinition other = KintoDefinition.of().bucket("blog", (blog) -> blog.data(Map.of("title", "New")));
		KintoOperations racing = before(this.kinto, 2,
				() -> this.kinto.bucket("blog").attributes().patch(Map.of("theme", "dark"), (o) -> o.safe(false)));
		assertThat(new KintoInitializer(racing).apply(other))
			.containsExactly(new KintoChange("/buckets/blog", false, List.of("title")));
		assertThat(this.kinto.buckets().get("blog").data()).containsEntry("title", "New")
			.containsEntry("theme", "dark");
		KintoOperations sameChange = before(this.kinto, 2,
				() -> this.kinto.bucket("blog").attributes().patch(Map.of("title", "A blog"), (o) -> o.safe(false)));
		assertThat(new KintoInitializer(sameChange).apply(BLOG)).isEmpty();
	}

	@Test
	void objectThatIsDeletedInBetweenIsCreated() {
		apply(BLOG);
		KintoDefinition definition = KintoDefinition.of()
			.bucket("blog",
					(blog) -> blog.collection("posts", (posts) -> posts.record("first", Map.of("title", "New"))));
		KintoOperations racing = before(this.kinto, 4, () -> posts().delete("first", (o) -> o.safe(false)));
		assertThat(new KintoInitializer(racing).apply(definition)).extracting(KintoChange::created)
			.containsExactly(true);
		assertThat(posts().get("first").data()).containsEntry("title", "New");
	}

	@Test
	void objectThatChangesAtEachAttemptIsAConflict() {
		apply(BLOG);
		KintoOperations racing = before(this.kinto,
				() -> this.kinto.bucket("blog").attributes().patch(Map.of("title", "Other"), (o) -> o.safe(false)));
		assertThatExceptionOfType(KintoInitializationException.class)
			.isThrownBy(() -> new KintoInitializer(racing).apply(BLOG))
			.satisfies((ex) -> {
				assertThat(ex.path()).isEqualTo("buckets.blog");
				assertThat(ex.failure()).isInstanceOf(KintoConflictException.class);
			});
	}

	@Test
	void severalInstancesCanStartAtTheSameTime() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 5; round++) {
				server.flush();
				Callable<List<KintoChange>> instance = () -> new KintoInitializer(this.kinto).apply(BLOG);
				List<KintoChange> changes = new ArrayList<>();
				for (Future<List<KintoChange>> result : threads
					.invokeAll(List.of(instance, instance, instance, instance))) {
					changes.addAll(result.get());
				}
				assertThat(changes).hasSize(4).doesNotHaveDuplicates();
				assertThat(this.kinto.bucket("blog").history().stream().toList()).hasSize(4);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void rejectedRecordIsNamedWithoutItsValue() {
		KintoDefinition wrong = BLOG.bucket("blog",
				(blog) -> blog.collection("posts", (posts) -> posts.record("second", Map.of("title", 4711))));
		assertThatExceptionOfType(KintoInitializationException.class).isThrownBy(() -> apply(wrong))
			.withMessageStartingWith(
					"blog.yaml: buckets.blog.collections.posts.records.second could not be initialized: ")
			.withMessageContaining("'title'")
			.withMessageNotContaining("4711")
			.withCauseInstanceOf(KintoInvalidRequestException.class);
	}

	@Test
	void missingPermissionIsNamed() {
		this.kinto.buckets().create("blog", (o) -> o.permissions((p) -> p.read("account:bob")));
		try (KintoTemplate bob = template("bob")) {
			assertThatExceptionOfType(KintoInitializationException.class)
				.isThrownBy(() -> new KintoInitializer(bob).apply(BLOG))
				.withMessageStartingWith("blog.yaml: buckets.blog could not be initialized: ")
				.withCauseInstanceOf(KintoAccessDeniedException.class);
		}
	}

	@Test
	void bucketThatCannotBeReadIsNoEndlessConflict() {
		this.kinto.buckets().create("blog");
		try (KintoTemplate bob = template("bob")) {
			assertThatExceptionOfType(KintoInitializationException.class)
				.isThrownBy(() -> new KintoInitializer(bob).apply(BLOG))
				.withCauseInstanceOf(KintoAccessDeniedException.class);
		}
	}

	@Test
	void invalidIdIsRejectedBeforeAnythingIsWritten() {
		KintoDefinition invalid = BLOG.bucket("blog",
				(blog) -> blog.collection("posts", (posts) -> posts.record("sp ace", Map.of())));
		assertThatExceptionOfType(InvalidKintoDefinitionException.class).isThrownBy(() -> apply(invalid))
			.withMessageStartingWith("blog.yaml: buckets.blog.collections.posts.records.sp ace: 'sp ace' cannot be");
		assertThat(this.kinto.buckets().list().data()).isEmpty();
	}

	@Test
	void dataWithAnotherIdIsRejected() {
		KintoDefinition invalid = BLOG.bucket("blog", (blog) -> blog.data(Map.of("id", "other")));
		assertThatExceptionOfType(InvalidKintoDefinitionException.class).isThrownBy(() -> apply(invalid))
			.withMessage("blog.yaml: buckets.blog: the id in data is another one");
	}

	@Test
	void descriptionsContainNoData() {
		Map<String, Object> data = Map.of("title", "s3cr3t");
		KintoDefinition definition = KintoDefinition.of()
			.bucket("blog",
					(blog) -> blog.data(data)
						.permissions((p) -> p.read("account:s3cr3t"))
						.group("editors", (editors) -> editors.data(data).members("account:s3cr3t"))
						.collection("posts", (posts) -> posts.data(data).record("first", data)));
		KintoDefinition.Bucket blog = definition.buckets().get("blog");
		KintoDefinition.Collection posts = blog.collections().get("posts");
		assertThat(definition).asString().contains("[blog]");
		assertThat(blog).hasToString("Bucket[fields=[title], groups=[editors], collections=[posts]]");
		assertThat(blog.groups().get("editors")).asString().contains("title", "members").doesNotContain("s3cr3t");
		assertThat(posts).hasToString("Collection[fields=[title], records=[first]]");
		assertThat(posts.records().get("first")).hasToString("Record[fields=[title]]");
	}

	private List<KintoChange> apply(KintoDefinition definition) {
		return new KintoInitializer(this.kinto).apply(definition);
	}

	private CollectionOperations<Map<String, Object>> posts() {
		return this.kinto.bucket("blog").collection("posts");
	}

	/**
	 * Return operations that run an action before they send a certain request.
	 */
	private static KintoOperations before(KintoOperations kinto, int request, Runnable action) {
		int[] requests = { 0 };
		return before(kinto, () -> {
			if (++requests[0] == request) {
				action.run();
			}
		});
	}

	private static KintoOperations before(KintoOperations kinto, Runnable action) {
		KintoExecutor executor = (KintoExecutor) Proxy.newProxyInstance(KintoExecutor.class.getClassLoader(),
				new Class<?>[] { KintoExecutor.class }, (proxy, method, arguments) -> {
					action.run();
					try {
						return method.invoke(kinto.executor(), arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
		return new Decorated(kinto.calls(), executor);
	}

	private record Decorated(KintoCalls calls, KintoExecutor executor) implements KintoOperations {
	}

}
