package io.kintospring.protocol;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Options inherited from template, bucket and collection.
 */
class InheritedOptionsTests {

	private final KintoCalls kinto = Requests.kinto((o) -> o.header("X-A", "kinto").header("X-Kinto", "1"));

	private final BucketCalls bucket = this.kinto.bucket("b", (o) -> o.header("x-a", "bucket").header("X-Bucket", "1"));

	private final CollectionCalls<Map<String, Object>> collection = this.bucket.collection("c",
			(o) -> o.header("X-a", "collection").header("X-Collection", "1"));

	@Test
	void headerNamesAreCaseInsensitive() {
		assertThat(Requests.headers(this.collection.get("x", (r) -> r.header("x-A", "record")))).containsValue("record")
			.doesNotContainValue("collection")
			.doesNotContainValue("bucket")
			.doesNotContainValue("kinto")
			.contains(entry("X-Kinto", "1"), entry("X-Bucket", "1"), entry("X-Collection", "1"))
			.hasSize(5);
	}

	@Test
	void headersApplyToEveryKindOfCall() {
		assertThat(this.kinto.fetchServerInfo().request().headers().get("X-A")).containsExactly("kinto");
		assertThat(this.kinto.buckets().create("x").request().headers().get("X-A")).containsExactly("kinto");
		assertThat(this.kinto.buckets().list().request().headers().get("X-A")).containsExactly("kinto");
		assertThat(this.bucket.attributes().get().request().headers().get("X-A")).containsExactly("bucket");
		assertThat(this.bucket.collections().create(Map.of()).request().headers().get("X-A")).containsExactly("bucket");
		assertThat(this.bucket.collections().list().request().headers().get("X-A")).containsExactly("bucket");
		assertThat(this.collection.attributes().replace(Map.of()).request().headers().get("X-A"))
			.containsExactly("collection");
		assertThat(this.collection.create(Map.of()).request().headers().get("X-A")).containsExactly("collection");
		assertThat(this.collection.delete("x").request().headers().get("X-A")).containsExactly("collection");
		assertThat(this.collection.list((q) -> q.header("X-A", "list")).request().headers().get("X-A"))
			.containsExactly("list");
		assertThat(this.collection.patch("x", Map.of(), (w) -> w.header("X-A", "patch")).request().headers().get("X-A"))
			.containsExactly("patch");
	}

	@Test
	void otherCollectionIsNotAffected() {
		assertThat(Requests.headers(this.bucket.collection("d").get("x"))).contains(entry("X-A", "bucket"))
			.doesNotContainKey("X-Collection");
	}

	@Test
	void acceptHeaderCanBeOverridden() {
		assertThat(this.collection.get("x", (r) -> r.header("accept", "text/x")).request().headers().get("Accept"))
			.containsExactly("text/x");
	}

	@Test
	void bodyAndConnectionHeadersAreRejected() {
		for (String name : List.of("content-type", "Content-Length", "Transfer-Encoding", "Host")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.collection.create(Map.of(), (w) -> w.header(name, "x")))
				.withMessage("The header '" + name + "' is reserved: the client sets it for each request");
		}
	}

	@Test
	void nextPageKeepsHeaders() {
		ListResult<Map<String, Object>> page = this.collection.list((q) -> q.header("X-A", "list"))
			.read(Responses.page("[]", "Next-Page", "http://h/v1/x?_token=t"));
		assertThat(page.next()).isNotNull();
		assertThat(page.next().request().headers())
			.isEqualTo(this.collection.list((q) -> q.header("X-A", "list")).request().headers());
	}

}
