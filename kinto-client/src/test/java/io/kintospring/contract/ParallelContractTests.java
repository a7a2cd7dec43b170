package io.kintospring.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.protocol.KintoCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists that are read in parallel, unordered and ordered. A real server on PostgreSQL
 * needs up to 30 seconds for the many small pages of a test.
 */
@Timeout(120)
class ParallelContractTests extends ContractTests {

	private static final int COUNT = 250;

	@Test
	void eachRecordIsReadOnceForAnyIds() {
		List<IntFunction<String>> shapes = List.of((i) -> UUID.randomUUID().toString(), (i) -> "post-%05d".formatted(i),
				(i) -> "%d".formatted(i), (i) -> "%c%c-_%d".formatted('A' + i % 26, 'a' + i % 25, i),
				(i) -> "z".repeat(1 + i));
		List<String> ids = new ArrayList<>();
		for (IntFunction<String> shape : shapes) {
			List<String> some = IntStream.range(0, COUNT / 2).mapToObj(shape).toList();
			create(some);
			ids.addAll(some);
			assertThat(ids(5, 7)).containsExactlyInAnyOrderElementsOf(ids);
		}
		assertThat(ids(1, 1000)).containsExactlyInAnyOrderElementsOf(ids);
	}

	@Test
	void queryAppliesToEachRange() {
		List<String> ids = IntStream.range(0, COUNT).mapToObj((i) -> "id" + i).toList();
		create(ids);
		try (Stream<KintoObject<Post>> records = this.posts.streamInParallel(4,
				(q) -> q.where("stars").lessThan(30).where("id").not("id7").limit(3))) {
			assertThat(records).extracting(KintoObject::id)
				.containsExactlyInAnyOrderElementsOf(
						IntStream.range(0, 30).filter((i) -> i != 7).mapToObj((i) -> "id" + i).toList());
		}
	}

	@Test
	void deletedRecordsAreOmitted() {
		KintoTimestamp before = this.posts.timestamp();
		List<String> ids = IntStream.range(0, COUNT).mapToObj((i) -> "id%03d".formatted(i)).toList();
		create(ids);
		this.posts.deleteAll((q) -> q.where("stars").min(20));
		try (Stream<KintoObject<Post>> records = this.posts.streamInParallel(4, (q) -> q.since(before).limit(10))) {
			assertThat(records).extracting(KintoObject::id).containsExactlyInAnyOrderElementsOf(ids.subList(0, 20));
		}
	}

	@Test
	void concurrentChangesDoNotHideOtherRecords() {
		List<String> ids = IntStream.range(0, COUNT).mapToObj((i) -> "id%03d".formatted(i)).toList();
		create(ids);
		List<String> seen = new ArrayList<>();
		try (Stream<KintoObject<Post>> records = this.posts.streamInParallel(3, (q) -> q.limit(5))) {
			Iterator<KintoObject<Post>> iterator = records.iterator();
			for (int i = 0; iterator.hasNext(); i++) {
				seen.add(iterator.next().id());
				if (i % 10 == 0 && i < COUNT) {
					this.posts.create("id%03dx".formatted(i), new Post("New", 0));
					this.posts.delete("id%03d".formatted(i));
				}
			}
		}
		Set<String> stayed = new HashSet<>(ids);
		stayed.removeIf((id) -> id.endsWith("0"));
		assertThat(seen).doesNotHaveDuplicates().containsAll(stayed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-last_modified", "last_modified", "id", "-id" })
	void orderIsKept(String sort) {
		create(IntStream.range(0, COUNT / 2).mapToObj((i) -> UUID.randomUUID().toString()).toList());
		create(IntStream.range(0, COUNT / 2).mapToObj("post-%05d"::formatted).toList());
		create(IntStream.range(0, COUNT).mapToObj((i) -> "Z" + i).toList());
		this.posts.deleteAll((q) -> q.where("stars").min(230));
		List<String> expected = ids(this.posts.stream((q) -> q.sort(sort)));
		assertThat(expected).hasSize(480);
		assertThat(ids(this.posts.streamInParallel(8, (q) -> q.sort(sort).limit(20)))).isEqualTo(expected);
		assertThat(ids(this.posts.streamInParallel(1, (q) -> q.sort(sort).limit(100)))).isEqualTo(expected);
		assertThat(ids(this.posts.streamInParallel(4, (q) -> q.sort(sort)))).isEqualTo(expected);
		assertThat(ids(this.posts.streamInParallel(4, (q) -> q.sort(sort).limit(7).where("stars").max(9))))
			.isEqualTo(ids(this.posts.stream((q) -> q.sort(sort).where("stars").max(9))));
	}

	/**
	 * Unchanged records appear once and in order. Changed ones may be missing, but none
	 * appears twice.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "-last_modified", "last_modified", "id", "-id" })
	void orderIsKeptDuringChanges(String sort) {
		create(IntStream.range(0, COUNT).mapToObj("id%03d"::formatted).toList());
		List<String> unchanged = new ArrayList<>(ids(this.posts.stream((q) -> q.sort(sort))));
		List<String> seen = new ArrayList<>();
		try (Stream<KintoObject<Post>> records = this.posts.streamInParallel(3, (q) -> q.sort(sort).limit(5))) {
			Iterator<KintoObject<Post>> iterator = records.iterator();
			for (int i = 0; iterator.hasNext(); i++) {
				seen.add(iterator.next().id());
				if (i % 10 == 0 && i < COUNT) {
					this.posts.create("id%03dx".formatted(i), new Post("New", 0));
					this.posts.delete("id%03d".formatted(i));
					this.posts.patch("id%03d".formatted(i + 5), Map.of("stars", -1));
				}
			}
		}
		unchanged.removeIf((id) -> id.endsWith("0") || id.endsWith("5"));
		assertThat(seen).doesNotHaveDuplicates();
		assertThat(seen.stream().filter(unchanged::contains)).isEqualTo(unchanged);
	}

	private static List<String> ids(Stream<KintoObject<Post>> records) {
		try (records) {
			return records.map(KintoObject::id).toList();
		}
	}

	private List<String> ids(int parallel, int limit) {
		try (Stream<KintoObject<Map<String, Object>>> records = this.maps.streamInParallel(parallel,
				(q) -> q.limit(limit))) {
			return records.map(KintoObject::id).toList();
		}
	}

	private void create(List<String> ids) {
		List<KintoCall<?>> calls = new ArrayList<>();
		for (int i = 0; i < ids.size(); i++) {
			calls.add(this.posts.calls().create(ids.get(i), new Post("T", i)));
		}
		assertThat(this.kinto.batch(calls).published()).hasSize(ids.size());
	}

}
