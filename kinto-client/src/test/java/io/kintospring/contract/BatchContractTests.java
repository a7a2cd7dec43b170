package io.kintospring.contract;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTombstone;
import io.kintospring.protocol.BatchResult;
import io.kintospring.protocol.KintoCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Several calls at once.
 */
class BatchContractTests extends ContractTests {

	@Test
	void callsOfAnyKindHaveTheirOwnResults() {
		KintoObject<Post> old = this.posts.createRecord("old", new Post("Old", 1));
		this.posts.updateRecord(old.withData(new Post("Newer", 2)));
		KintoCall<KintoObject<Post>> create = this.posts.calls().createRecord("new", new Post("New", 3));
		KintoCall<KintoObject<Post>> read = this.posts.calls().getRecord("new");
		KintoCall<KintoObject<Post>> stale = this.posts.calls().updateRecord(old.withData(new Post("Stale", 4)));
		KintoCall<KintoTombstone> missing = this.posts.calls().deleteRecord("missing");
		KintoCall<Long> count = this.posts.calls().countRecords();
		BatchResult result = this.kinto.batch(create, read, stale, missing, count);
		assertThat(result.get(create).data()).isEqualTo(new Post("New", 3));
		assertThat(result.get(read)).isEqualTo(result.get(create));
		assertThat(result.get(count)).isEqualTo(2);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> result.get(stale))
			.satisfies((ex) -> assertThat(ex.existing(Post.class)).get()
				.extracting(KintoObject::data)
				.isEqualTo(new Post("Newer", 2)));
		assertThat(result.published()).hasSize(3);
		assertThat(result.conflicts()).hasSize(1);
		assertThat(result.skipped()).hasSize(1);
		assertThat(this.posts.getRecord("old").data().title()).isEqualTo("Newer");
	}

	@Test
	void moreCallsThanTheServerTakesAtOnceAreAllSentInTheirOrder() {
		List<KintoCall<KintoObject<Post>>> creates = creates(60);
		BatchResult result = this.kinto.batch(creates);
		assertThat(result.published()).hasSize(60);
		List<KintoTimestamp> versions = creates.stream().map((create) -> result.get(create).lastModified()).toList();
		assertThat(versions).isSorted().doesNotHaveDuplicates();
		assertThat(this.posts.countRecords()).isEqualTo(60);
	}

	@Test
	void requestsCanBeUnderWayAtTheSameTime() {
		BatchResult result = this.kinto.batch(creates(40), (o) -> o.maxRequests(5).parallel(4));
		assertThat(result.published()).hasSize(40);
		assertThat(this.posts.countRecords()).isEqualTo(40);
	}

	@Test
	void whatNoBatchCanCarryIsDoneInItsPlace() {
		KintoCall<KintoObject<Post>> create = this.posts.calls().createRecord("batch1", new Post("A", 1));
		KintoCall<KintoObject<Post>> merge = this.posts.calls().mergePatchRecord("batch1", Map.of("stars", 2));
		KintoCall<KintoObject<Post>> read = this.posts.calls().getRecord("batch1");
		KintoCall<KintoTombstone> delete = this.posts.calls().deleteRecord("batch1");
		BatchResult result = this.kinto.batch(create, merge, read, delete);
		assertThat(result.published()).hasSize(4);
		assertThat(result.get(read).data()).isEqualTo(new Post("A", 2));
	}

	@Test
	void failuresAreThrownAtTheEndIfAskedFor() {
		this.posts.createRecord("a", new Post("A", 1));
		List<KintoCall<?>> calls = List.of(this.posts.calls().createRecord("a", new Post("Again", 2)),
				this.posts.calls().createRecord("b", new Post("B", 2)));
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> this.kinto.batch(calls, (o) -> o.throwAtEnd()));
		assertThat(this.posts.findRecord("b")).isPresent();
	}

	private List<KintoCall<KintoObject<Post>>> creates(int number) {
		return IntStream.range(0, number)
			.mapToObj((i) -> this.posts.calls().createRecord(new Post("T" + i, i)))
			.toList();
	}

}
