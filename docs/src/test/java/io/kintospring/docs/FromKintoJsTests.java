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
		assertThat(kinto.fetchServerInfo().settings()).isEqualTo(kinto.fetchServerSettings());
		assertThat(kinto.fetchServerCapabilities()).containsKey("default_bucket");
		assertThat(kinto.fetchUser()).isPresent();
		assertThat(kinto.fetchHttpApiVersion()).hasToString("1.23");
	}

	@Test
	void buckets(@Autowired KintoTemplate kinto) {
		kinto.createBucket("blog");
		assertThat(kinto.bucket("blog", (o) -> o.header("X-A", "a").safe(true)).id()).isEqualTo("blog");
		assertThat(kinto.listBuckets((q) -> q.sort("-last_modified")).data()).hasSize(1);
		BucketOperations bucket = kinto.bucket("blog");
		bucket.setData(Map.of("foo", "bar"));
		bucket.patchData(Map.of("foo", "baz"));
		assertThat(bucket.getData().data()).containsEntry("foo", "baz");
		kinto.deleteBucket("blog");
		kinto.createBucket();
		assertThat(kinto.deleteAllBuckets()).hasSize(1);
	}

	@Test
	void permissionsAndGroups(@Autowired KintoTemplate kinto) {
		kinto.createBucket("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.permissions().set((p) -> p.read("github:bob"));
		bucket.permissions().grant((p) -> p.write("github:ann"));
		assertThat(bucket.permissions().get().principals("write")).contains("github:ann");
		bucket.permissions().revoke((p) -> p.write("github:ann"));
		assertThat(bucket.permissions().get().principals("write")).doesNotContain("github:ann");
		assertThat(bucket.permissions().get().principals("read")).containsExactly("github:bob");
		bucket.createGroup("admins", KintoGroup.of("github:bob"));
		assertThat(bucket.listGroups().data()).hasSize(1);
		bucket.updateGroup("admins", KintoGroup.of("github:ann"));
		assertThat(bucket.getGroup("admins").data().members()).containsExactly("github:ann");
		bucket.deleteGroup("admins");
		assertThat(bucket.findGroup("admins")).isEmpty();
	}

	@Test
	void collections(@Autowired KintoTemplate kinto) {
		kinto.createBucket("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.createCollection("posts");
		bucket.createCollection();
		assertThat(bucket.listCollections().data()).hasSize(2);
		CollectionOperations<Post> posts = bucket.collection("posts", Post.class);
		posts.setData(Map.of("preview", true));
		assertThat(posts.getData().data()).containsEntry("preview", true);
		bucket.deleteCollection("posts");
		assertThat(bucket.deleteAllCollections()).hasSize(1);
	}

	@Test
	void records(@Autowired KintoTemplate kinto) {
		kinto.createBucket("blog");
		kinto.bucket("blog").createCollection("posts");
		CollectionOperations<Post> posts = kinto.bucket("blog").collection("posts", Post.class);
		KintoPage<Post> page = posts.listRecords((q) -> q.limit(2));
		posts.createRecord(new Post("My post"));
		posts.createRecord("a", new Post("My post"));
		posts.createRecord(new Post("Mine"), (w) -> w.permissions((p) -> p.read("github:bob")));
		KintoObject<Post> read = posts.updateRecord("a", new Post("Changed"));
		posts.updateRecord(read.withData(new Post("Safe")));
		posts.patchRecord("a", Map.of("title", "Patched"));
		assertThat(posts.getRecord("a").data().title()).isEqualTo("Patched");
		assertThat(posts.listRecords((q) -> q.where("title").is("Mine")).data()).hasSize(1);
		assertThat(posts.listAllRecords()).hasSize(3);
		assertThat(posts.listAllRecords((q) -> q.limit(2).pages(2))).hasSize(3);
		assertThat(posts.listRecords((q) -> q.since(page.timestamp())).data()).hasSize(3);
		assertThat(posts.countRecords()).isEqualTo(3);
		assertThat(posts.getRecordsTimestamp()).isGreaterThan(page.timestamp());
		assertThat(kinto.batch(posts.calls().createRecord(new Post("Batched"))).published()).hasSize(1);
		posts.deleteRecord("a");
		assertThat(posts.deleteAllRecords()).hasSize(3);
	}

	@Test
	void plugins(@Autowired KintoTemplate kinto) {
		kinto.createBucket("blog");
		BucketOperations bucket = kinto.bucket("blog");
		bucket.createCollection("posts");
		CollectionOperations<Post> posts = bucket.collection("posts", Post.class);
		posts.createRecord("a", new Post("My post"));
		KintoPage<Post> page = posts.listRecords();
		posts.deleteRecord("a");
		assertThat(posts.listSnapshot(page.timestamp())).hasSize(1);
		assertThat(bucket.listHistory().data()).hasSize(4);
		assertThat(kinto.listPermissions()).extracting(KintoPermissionEntry::uri).contains("/buckets/blog");
		KintoTemplate nobody = kinto.mutate().authentication(KintoAuthentication.none()).build();
		assertThat(nobody.createAccount("ann", "secret").id()).isEqualTo("ann");
	}

	record Post(String title) {
	}

}
