package io.kintospring.benchmarks.stub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.kintospring.KintoInvalidRequestException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoQuery;
import io.kintospring.KintoTimestamp;
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
	void idsGrowAndDiffer() {
		assertThat(IDS).isSorted()
			.doesNotHaveDuplicates()
			.allMatch((id) -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}"));
	}

	@Test
	void pagesFollowEachOtherInEitherOrder() {
		assertThat(ids((query) -> query.limit(7))).isEqualTo(IDS);
		assertThat(ids((query) -> query.sort("id").limit(50))).isEqualTo(IDS);
		List<String> reversed = new ArrayList<>(IDS);
		Collections.reverse(reversed);
		assertThat(ids((query) -> query.sort("-id").limit(33))).isEqualTo(reversed);
		assertThat(ids((query) -> query.sort("last_modified"))).isEqualTo(reversed);
	}

	private static List<String> ids(UnaryOperator<KintoQuery> query) {
		List<String> ids = new ArrayList<>();
		KintoPage<Map<String, Object>> page = articles.listRecords(query);
		page.data().forEach((record) -> ids.add(record.id()));
		while (page.hasNext()) {
			page = page.next();
			page.data().forEach((record) -> ids.add(record.id()));
		}
		return ids;
	}

	@Test
	void rangesOfIdsHaveTheBoundsThatAreAskedFor() {
		String low = IDS.get(10);
		String high = IDS.get(20);
		assertThat(ids((query) -> query.where("id").greaterThan(low).where("id").lessThan(high)))
			.isEqualTo(IDS.subList(11, 20));
		assertThat(ids((query) -> query.where("id").min(low).where("id").max(high).limit(3)))
			.isEqualTo(IDS.subList(10, 21));
		assertThat(ids((query) -> query.where("id").greaterThan("zzz"))).isEmpty();
		assertThat(ids((query) -> query.where("id").lessThan("z"))).isEqualTo(IDS);
		assertThat(articles.countRecords((query) -> query.where("id").min(high))).isEqualTo(80);
		assertThat(articles.countRecords()).isEqualTo(RECORDS);
	}

	@Test
	void recordsAreWhatTheListHas() {
		KintoObject<Map<String, Object>> record = articles.getRecord(IDS.get(3));
		assertThat(record.lastModified()).isEqualTo(KintoTimestamp.of(StubRecords.TIMESTAMP - 3));
		assertThat(record.permissions().asMap()).isNotEmpty();
		assertThat(articles.listRecords().data().get(3).data()).isEqualTo(record.data());
		assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> articles.getRecord("unknown"));
	}

	@Test
	void whatIsKnownIsNotSentAgain() {
		assertThat(articles.listRecordsIfChanged(KintoTimestamp.of(StubRecords.TIMESTAMP))).isEmpty();
		assertThat(articles.listRecordsIfChanged(KintoTimestamp.of(1))).isPresent();
	}

	@Test
	void whatTheStubCannotAnswerIsAnError() {
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> articles.listRecords((query) -> query.where("title").is("x")))
			.withMessageContaining("eq_title");
		assertThatExceptionOfType(KintoInvalidRequestException.class)
			.isThrownBy(() -> articles.listRecords((query) -> query.sort("title")))
			.withMessageContaining("sort by title");
	}

	@Test
	void slowPortWaits() {
		CollectionOperations<Map<String, Object>> slow = KintoTemplate.builder(server.slowUrl())
			.build()
			.bucket("blog")
			.collection("articles");
		long start = System.nanoTime();
		assertThat(slow.countRecords()).isEqualTo(RECORDS);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
	}

}
