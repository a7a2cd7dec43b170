package io.kintospring.benchmarks.stub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.query.KintoQuery;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoPage;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StubServerTests {

	private static final int RECORDS = 100;

	private static final List<String> IDS = IntStream.range(0, RECORDS)
		.mapToObj((i) -> StubRecords.id(i, RECORDS))
		.toList();

	private static StubServer server;

	private static KintoTemplate kinto;

	private static CollectionOperations<Map<String, Object>> articles;

	@BeforeAll
	static void start() {
		server = new StubServer(RECORDS, Duration.ofMillis(20));
		kinto = KintoTemplate.builder(server.url()).build();
		articles = kinto.bucket("blog").collection("articles");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void idsAreSortedAndUnique() {
		assertThat(IDS).isSorted()
			.doesNotHaveDuplicates()
			.allMatch((id) -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}"));
	}

	@Test
	void pagesAreConsecutiveInBothOrders() {
		assertThat(ids((query) -> query.limit(7))).isEqualTo(IDS);
		assertThat(ids((query) -> query.sort("id").limit(50))).isEqualTo(IDS);
		assertThat(ids((query) -> query.sort("-id").limit(33))).isEqualTo(reversed(IDS));
		assertThat(ids((query) -> query.sort("last_modified"))).isEqualTo(reversed(IDS));
	}

	private static List<String> ids(KintoQuery.Customizer query) {
		List<String> ids = new ArrayList<>();
		KintoPage<Map<String, Object>> page = articles.list(query);
		page.data().forEach((record) -> ids.add(record.id()));
		while (page.hasNext()) {
			page = page.next();
			page.data().forEach((record) -> ids.add(record.id()));
		}
		return ids;
	}

	@Test
	void rangesOfIdsHaveTheRequestedBounds() {
		String low = IDS.get(10);
		String high = IDS.get(20);
		assertThat(ids((query) -> query.where("id").greaterThan(low).where("id").lessThan(high)))
			.isEqualTo(IDS.subList(11, 20));
		assertThat(ids((query) -> query.where("id").min(low).where("id").max(high).limit(3)))
			.isEqualTo(IDS.subList(10, 21));
		assertThat(ids((query) -> query.where("id").greaterThan("zzz"))).isEmpty();
		assertThat(ids((query) -> query.where("id").lessThan("z"))).isEqualTo(IDS);
		assertThat(articles.count((query) -> query.where("id").min(high))).isEqualTo(80);
		assertThat(articles.count()).isEqualTo(RECORDS);
	}

	@Test
	void versionsAreDescendingAndUnique() {
		List<Long> versions = versions();
		assertThat(versions).isSortedAccordingTo(Comparator.reverseOrder())
			.doesNotHaveDuplicates()
			.startsWith(StubRecords.TIMESTAMP)
			.allMatch((version) -> version > StubRecords.TIMESTAMP - 2000L * RECORDS);
	}

	private static List<Long> versions() {
		return articles.list().data().stream().map((record) -> record.lastModified().value()).toList();
	}

	@Test
	void rangesOfVersionsHaveTheRequestedBounds() {
		long newer = versions().get(10);
		long older = versions().get(20);
		String version = "last_modified";
		assertThat(ids((query) -> query.where(version).min(older).where(version).lessThan(newer).limit(3)))
			.isEqualTo(IDS.subList(11, 21));
		assertThat(ids((query) -> query.where(version).greaterThan(older).where(version).max(newer)))
			.isEqualTo(IDS.subList(10, 20));
		assertThat(ids((query) -> query.since(KintoTimestamp.of(older)).before(KintoTimestamp.of(newer))))
			.isEqualTo(IDS.subList(11, 20));
		assertThat(ids((query) -> query.where(version).min(older + 1).where(version).max(newer - 1)))
			.isEqualTo(IDS.subList(11, 20));
		assertThat(ids((query) -> query.where(version)
			.min(older)
			.where(version)
			.max(newer)
			.sort("last_modified", "id")
			.limit(4))).isEqualTo(reversed(IDS.subList(10, 21)));
		assertThat(ids((query) -> query.where(version).greaterThan(StubRecords.TIMESTAMP))).isEmpty();
		assertThat(ids((query) -> query.where(version).lessThan(1L))).isEmpty();
		assertThat(ids((query) -> query.where(version).min(0L).sort("-last_modified", "-id"))).isEqualTo(IDS);
	}

	@Test
	void firstPageIsCorrectInBothOrders() {
		assertThat(articles.list((query) -> query.sort("last_modified").limit(1)).data()).extracting(KintoObject::id)
			.containsExactly(IDS.get(RECORDS - 1));
		assertThat(articles.list((query) -> query.limit(1)).data()).extracting(KintoObject::id)
			.containsExactly(IDS.get(0));
	}

	@Test
	void excludedRecordsAreNotReturned() {
		List<String> excluded = List.of(IDS.get(0), IDS.get(3), IDS.get(4), IDS.get(99));
		List<String> others = new ArrayList<>(IDS);
		others.removeAll(excluded);
		KintoQuery.Customizer query = (all) -> all.where("id").notIn(excluded);
		assertThat(ids(query)).isEqualTo(others);
		for (int limit = 1; limit < 8; limit++) {
			int size = limit;
			assertThat(ids((all) -> query.apply(all).limit(size))).isEqualTo(others);
			assertThat(ids((all) -> query.apply(all).limit(size).sort("last_modified"))).isEqualTo(reversed(others));
		}
		assertThat(articles.count(query)).isEqualTo(96);
		assertThat(ids((all) -> query.apply(all).where("id").max(IDS.get(0)))).isEmpty();
	}

	@Test
	void pagesHaveTheVersionOfTheList() {
		KintoPage<Map<String, Object>> page = articles
			.list((query) -> query.where("last_modified").max(versions().get(20)).limit(10));
		assertThat(page.timestamp()).isEqualTo(KintoTimestamp.of(StubRecords.TIMESTAMP));
		assertThat(page.next().timestamp()).isEqualTo(KintoTimestamp.of(StubRecords.TIMESTAMP));
	}

	@Test
	void otherVersionOfTheListFailsThePrecondition() {
		assertThat(
				articles.list((query) -> query.header("If-Match", "\"" + StubRecords.TIMESTAMP + "\"").limit(1)).data())
			.hasSize(1);
		assertThatExceptionOfType(KintoConflictException.class)
			.isThrownBy(() -> articles.list((query) -> query.header("If-Match", "\"1\"")));
	}

	private static List<String> reversed(List<String> ids) {
		List<String> reversed = new ArrayList<>(ids);
		Collections.reverse(reversed);
		return reversed;
	}

	@Test
	void recordsEqualThoseOfTheList() {
		KintoObject<Map<String, Object>> record = articles.get(IDS.get(3));
		assertThat(record.lastModified().value()).isEqualTo(versions().get(3));
		assertThat(record.permissions().asMap()).isNotEmpty();
		assertThat(articles.list().data().get(3).data()).isEqualTo(record.data());
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> articles.get("unknown"));
	}

	@Test
	void unchangedListIsNotSent() {
		assertThat(articles.listIfChanged(KintoTimestamp.of(StubRecords.TIMESTAMP))).isEmpty();
		assertThat(articles.listIfChanged(KintoTimestamp.of(1))).isPresent();
	}

	@Test
	void unsupportedQueryFails() {
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> articles.list((query) -> query.where("title").is("x")))
			.withMessageContaining("eq_title");
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> articles.list((query) -> query.sort("title")))
			.withMessageContaining("sort by title");
	}

	@Test
	void slowPortHasLatency() {
		CollectionOperations<Map<String, Object>> slow = KintoTemplate.builder(server.slowUrl())
			.build()
			.bucket("blog")
			.collection("articles");
		long start = System.nanoTime();
		assertThat(slow.count()).isEqualTo(RECORDS);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
	}

}
