package io.kintospring.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.query.KintoQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Results of queries.
 */
class QueryContractTests extends ContractTests {

	@Test
	void textIsComparedAsText() {
		create("text", "v", "123");
		create("number", "v", 123);
		create("true", "v", true);
		create("word", "v", "true");
		create("null", "v", null);
		create("nil", "v", "null");
		create("version", "v", "56.0");
		create("comma", "v", "a,b");
		create("odd", "v", "a+b & c=d#?% \"q\" \\ {x} \u00fc \ud83d\ude00");
		assertThat(ids((q) -> q.where("v").is("123"))).containsExactly("text");
		assertThat(ids((q) -> q.where("v").is(123))).containsExactly("number");
		assertThat(ids((q) -> q.where("v").is(true))).containsExactly("true");
		assertThat(ids((q) -> q.where("v").is("true"))).containsExactly("word");
		assertThat(ids((q) -> q.where("v").is(null))).containsExactly("null");
		assertThat(ids((q) -> q.where("v").is("null"))).containsExactly("nil");
		assertThat(ids((q) -> q.where("v").is("56.0"))).containsExactly("version");
		assertThat(ids((q) -> q.where("v").is("a,b"))).containsExactly("comma");
		assertThat(ids((q) -> q.where("v").is("a+b & c=d#?% \"q\" \\ {x} \u00fc \ud83d\ude00"))).containsExactly("odd");
		assertThat(ids((q) -> q.where("v").in("123", "true", 123))).containsExactlyInAnyOrder("text", "number", "word");
		assertThat(ids((q) -> q.where("v").in(Arrays.asList(null, "null")))).containsExactlyInAnyOrder("null", "nil");
	}

	@Test
	void everyOperatorFindsItsMatches() {
		create("a", "n", 1);
		create("b", "n", 2);
		create("c", "n", 3);
		create("none", "other", 1);
		assertThat(ids((q) -> q.where("n").is(2))).containsExactly("b");
		assertThat(ids((q) -> q.where("n").not(2))).containsExactly("a", "c", "none");
		assertThat(ids((q) -> q.where("n").min(2))).containsExactly("b", "c", "none");
		assertThat(ids((q) -> q.where("n").max(2))).containsExactly("a", "b");
		assertThat(ids((q) -> q.where("n").greaterThan(2))).containsExactly("c", "none");
		assertThat(ids((q) -> q.where("n").lessThan(2))).containsExactly("a");
		assertThat(ids((q) -> q.where("n").in(1, 3, 9))).containsExactly("a", "c");
		assertThat(ids((q) -> q.where("n").in(List.of()))).isEmpty();
		assertThat(ids((q) -> q.where("n").notIn(1, 3))).containsExactly("b", "none");
		assertThat(ids((q) -> q.where("n").notIn(List.of()))).hasSize(4);
		assertThat(ids((q) -> q.where("n").exists())).containsExactly("a", "b", "c");
		assertThat(ids((q) -> q.where("n").exists(false))).containsExactly("none");
		assertThat(ids((q) -> q.where("n").greaterThan(1).where("n").exists())).containsExactly("b", "c");
		assertThat(ids((q) -> q.where("n").min(1).where("n").max(3).where("n").not(2))).containsExactly("a", "c");
	}

	@Test
	void textIsFoundByPart() {
		create("a", "title", "The Blue Book");
		create("b", "title", "blues");
		create("c", "title", "123 sheep");
		assertThat(ids((q) -> q.where("title").like("BLUE"))).containsExactly("a", "b");
		assertThat(ids((q) -> q.where("title").like("blue*"))).containsExactly("b");
		assertThat(ids((q) -> q.where("title").like("*book"))).containsExactly("a");
		assertThat(ids((q) -> q.where("title").like("123"))).containsExactly("c");
	}

	@Test
	void listElementsAreFound() {
		create("a", "tags", List.of("x", "y"));
		create("b", "tags", List.of("y", "a,b", 5));
		create("c", "tags", List.of());
		assertThat(ids((q) -> q.where("tags").contains("y"))).containsExactly("a", "b");
		assertThat(ids((q) -> q.where("tags").contains("x", "y"))).containsExactly("a");
		assertThat(ids((q) -> q.where("tags").contains("a,b"))).containsExactly("b");
		assertThat(ids((q) -> q.where("tags").containsAny("x", 5))).containsExactly("a", "b");
		assertThat(ids((q) -> q.where("tags").is(List.of("x", "y")))).containsExactly("a");
	}

	/**
	 * Names that look like operators, and other names that Kinto treats specially.
	 */
	@Test
	void fieldsWithAnyNameAreFound() {
		for (String field : List.of("in_stock", "min_age", "has_x", "eq_y", "contains_any_z", "_private", "my-field",
				"a b", "gr\u00f6\u00dfe")) {
			String id = field.replaceAll("[^a-z]", "x");
			create(id, field, 5);
			assertThat(ids((q) -> q.where(field).is(5))).as(field).containsExactly(id);
			assertThat(ids((q) -> q.where(field).is(6))).as(field).isEmpty();
		}
		assertThat(ids((q) -> q.where("min_age").lessThan(6))).containsExactly("minxage");
		assertThat(ids((q) -> q.where("_private").max(5))).containsExactly("xprivate");
		assertThat(ids((q) -> q.where("has_x").exists())).containsExactly("hasxx");
		assertThat(ids((q) -> q.where("gr\u00f6\u00dfe").max(5))).containsExactly("grxxe");
	}

	@Test
	void nestedFieldsAreFoundSortedAndSelected() {
		create("a", "address", Map.of("city", "Bonn", "zip", "2"));
		create("b", "address", Map.of("city", "Ulm", "zip", "1"));
		assertThat(ids((q) -> q.where("address.city").is("Ulm"))).containsExactly("b");
		assertThat(this.maps.list((q) -> q.sort("address.zip")).data()).extracting(KintoObject::id)
			.containsExactly("b", "a");
		assertThat(this.maps.list((q) -> q.sort("address.zip").fields("address.city")).data().get(0).data())
			.containsEntry("address", Map.of("city", "Ulm"));
	}

	@Test
	void propertiesAreFound() {
		this.posts.create("a", new Post("A", 1));
		this.posts.create("b", new Post("B", 2));
		assertThat(this.posts.list((q) -> q.where(Post::title).is("B").where(Post::stars).min(2)).data())
			.extracting(KintoObject::id)
			.containsExactly("b");
		assertThat(this.posts.list((q) -> q.where("id").in("a", "c")).data()).extracting(KintoObject::id)
			.containsExactly("a");
		assertThat(this.posts.count((q) -> q.where("id").notIn("a"))).isEqualTo(1);
	}

	@Test
	void versionsAreFound() {
		KintoTimestamp a = this.posts.create("a", new Post("A", 1)).lastModified();
		KintoTimestamp b = this.posts.create("b", new Post("B", 2)).lastModified();
		KintoTombstone deleted = this.posts.delete("a");
		assertThat(ids((q) -> q.where("last_modified").is(b))).containsExactly("b");
		assertThat(this.posts.list((q) -> q.where("last_modified").greaterThan(a)).tombstones())
			.containsExactly(deleted);
		assertThat(this.posts.list((q) -> q.since(b)).tombstones()).containsExactly(deleted);
		assertThat(this.posts.list((q) -> q.since(b)).data()).isEmpty();
		assertThat(this.posts.list((q) -> q.before(deleted.lastModified())).data()).extracting(KintoObject::id)
			.containsExactly("b");
		assertThat(this.posts.list((q) -> q.since(a).before(deleted.lastModified())).data()).hasSize(1);
	}

	@Test
	void bucketsAndCollectionsAreFound() {
		this.bucket.collections().create("drafts", Map.of("kind", "1"));
		assertThat(this.bucket.collections().list((q) -> q.where("kind").is("1")).data()).extracting(KintoObject::id)
			.containsExactly("drafts");
		assertThat(this.bucket.collections().count((q) -> q.where("kind").exists(false))).isEqualTo(1);
		assertThat(this.kinto.buckets().count((q) -> q.where("id").is(this.bucket.id()))).isEqualTo(1);
		try (Stream<KintoObject<Map<String, Object>>> buckets = this.kinto.buckets()
			.stream((q) -> q.where("id").in(this.bucket.id()))) {
			assertThat(buckets.map(KintoObject::id)).containsExactly(this.bucket.id());
		}
		assertThat(this.kinto.buckets().deleteAll((q) -> q.where("id").is(this.bucket.id())))
			.extracting(KintoTombstone::id)
			.containsExactly(this.bucket.id());
	}

	private void create(String id, String field, @Nullable Object value) {
		Map<String, Object> data = new TreeMap<>();
		data.put(field, value);
		this.maps.create(id, data);
	}

	private List<String> ids(KintoQuery.Customizer query) {
		return this.maps.list((q) -> query.apply(q.sort("id"))).data().stream().map(KintoObject::id).toList();
	}

}
