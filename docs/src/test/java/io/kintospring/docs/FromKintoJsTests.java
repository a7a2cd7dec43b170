package io.kintospring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoGroup;
import io.kintospring.KintoObject;
import io.kintospring.KintoPermissionEntry;
import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.template.BucketOperations;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoPage;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java side of the table runs, and the table has nothing else.
 */
@KintoTest
class FromKintoJsTests {

	@Test
	void javaSideIsWhatIsRunHere() throws IOException {
		String source = source("FromKintoJsTests") + source("AttachmentTests");
		List<List<String>> rows = Page.of(Page.ROOT.resolve("docs/from-kinto-js.md")).rows();
		assertThat(rows).hasSizeGreaterThan(40)
			.allSatisfy((row) -> assertThat(source).contains(row.get(1).replaceAll("\\s+", "")));
	}

	private static String source(String test) throws IOException {
		return Files.readString(Path.of("src/test/java/io/kintospring/docs/" + test + ".java")).replaceAll("\\s+", "");
	}

	@Test
	void server(@Autowired KintoTemplate kinto) {
		assertThat(kinto.fetchServerInfo().settings()).isEqualTo(kinto.fetchServerInfo().settings());
		assertThat(kinto.fetchServerInfo().capabilities()).containsKey("default_bucket");
		assertThat(kinto.fetchUser()).isPresent();
		assertThat(kinto.fetchServerInfo().httpApiVersion()).hasToString("1.23");
	}

	@Test
	void buckets(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		assertThat(kinto.bucket("blog", (o) -> o.header("X-A", "a").safe(true)).id()).isEqualTo("blog");
		assertThat(kinto.buckets().list((q) -> q.sort("-last_modified")).data()).hasSize(1);
		BucketOperations bucket = kinto.bucket("blog");
		bucket.attributes().replace(Map.of("foo", "bar"));
		bucket.attributes().patch(Map.of("foo", "baz"));
		assertThat(bucket.attributes().get().data()).containsEntry("foo", "baz");
		kinto.buckets().delete("blog");
		kinto.buckets().create(Map.of());
		assertThat(kinto.buckets().deleteAll()).hasSize(1);
	}

	@Test
	void permissionsAndGroups(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.permissions().set((p) -> p.read("github:bob"));
		bucket.permissions().grant((p) -> p.write("github:ann"));
		assertThat(bucket.permissions().get().permissions().principals("write")).contains("github:ann");
		bucket.permissions().revoke((p) -> p.write("github:ann"));
		assertThat(bucket.permissions().get().permissions().principals("write")).doesNotContain("github:ann");
		assertThat(bucket.permissions().get().permissions().principals("read")).containsExactly("github:bob");
		bucket.groups().create("admins", KintoGroup.of("github:bob"));
		assertThat(bucket.groups().list().data()).hasSize(1);
		bucket.groups().replace("admins", KintoGroup.of("github:ann"));
		assertThat(bucket.groups().get("admins").data().members()).containsExactly("github:ann");
		bucket.groups().delete("admins");
		assertThat(bucket.groups().find("admins")).isEmpty();
	}

	@Test
	void collections(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.collections().create("posts");
		bucket.collections().create(Map.of());
		assertThat(bucket.collections().list().data()).hasSize(2);
		CollectionOperations<Post> posts = bucket.collection("posts", Post.class);
		posts.attributes().replace(Map.of("preview", true));
		assertThat(posts.attributes().get().data()).containsEntry("preview", true);
		bucket.collections().delete("posts");
		assertThat(bucket.collections().deleteAll()).hasSize(1);
	}

	@Test
	void records(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		kinto.bucket("blog").collections().create("posts");
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		KintoPage<Post> page = posts.list((q) -> q.limit(2));
		posts.create(new Post("My post"));
		posts.create("a", new Post("My post"));
		posts.create(new Post("Mine"), (w) -> w.permissions((p) -> p.read("github:bob")));
		KintoObject<Post> read = posts.replace("a", new Post("Changed"));
		posts.update(read.withData(new Post("Safe")));
		posts.patch("a", Map.of("title", "Patched"));
		assertThat(posts.get("a").data().title()).isEqualTo("Patched");
		assertThat(posts.list((q) -> q.where("title").is("Mine")).data()).hasSize(1);
		assertThat(posts.listAll()).hasSize(3);
		assertThat(posts.listAll((q) -> q.limit(2).pages(2))).hasSize(3);
		assertThat(posts.list((q) -> q.since(page.timestamp())).data()).hasSize(3);
		assertThat(posts.count()).isEqualTo(3);
		assertThat(posts.timestamp()).isGreaterThan(page.timestamp());
		assertThat(kinto.batch(posts.calls().create(new Post("Batched"))).published()).hasSize(1);
		posts.delete("a");
		assertThat(posts.deleteAll()).hasSize(3);
	}

	@Test
	void plugins(@Autowired KintoTemplate kinto) {
		kinto.buckets().create("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.collections().create("posts");
		CollectionOperations<Post> posts = bucket.collection("posts", Post.class);
		posts.create("a", new Post("My post"));
		KintoPage<Post> page = posts.list();
		posts.delete("a");
		assertThat(posts.snapshot(page.timestamp())).hasSize(1);
		assertThat(bucket.history().list().data()).hasSize(4);
		assertThat(kinto.listPermissions()).extracting(KintoPermissionEntry::uri).contains("/buckets/blog");
		KintoTemplate nobody = kinto.mutate().authentication(KintoAuthentication.none()).build();
		assertThat(nobody.createAccount("ann", "secret").id()).isEqualTo("ann");
	}

	record Post(String title) {
	}

}
