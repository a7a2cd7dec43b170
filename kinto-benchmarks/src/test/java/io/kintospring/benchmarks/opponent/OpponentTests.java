package io.kintospring.benchmarks.opponent;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.kintospring.benchmarks.Article;
import io.kintospring.benchmarks.stub.StubRecords;
import io.kintospring.benchmarks.stub.StubServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests that all opponents do the same work.
 */
@Timeout(60)
class OpponentTests {

	private static final int RECORDS = 3000;

	private static final List<Article> ARTICLES = IntStream.range(0, 100).mapToObj(Article::sample).toList();

	private static StubServer server;

	@BeforeAll
	static void start() {
		server = new StubServer(RECORDS, Duration.ZERO);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	static Set<String> names() {
		return Opponents.names();
	}

	@ParameterizedTest
	@MethodSource("names")
	void runsAllWorkloads(String name) {
		String id = StubRecords.id(7, RECORDS);
		try (Opponent opponent = Opponents.create(name, server.url())) {
			assertThat(opponent.list(1000)).isEqualTo(RECORDS);
			assertThat(opponent.listOrdered(1000)).isEqualTo(RECORDS);
			assertThat(opponent.listInAnyOrder(1000)).isEqualTo(RECORDS);
			assertThat(opponent.poll(StubRecords.TIMESTAMP)).isFalse();
			assertThat(opponent.poll(StubRecords.TIMESTAMP - 1)).isTrue();
			assertThat(opponent.batch(ARTICLES)).isEqualTo(ARTICLES.size());
			assertThatCode(() -> opponent.mixed(ARTICLES, List.of(id), 200)).doesNotThrowAnyException();
			Article created = opponent.create(ARTICLES.get(0));
			Article read = opponent.get(id);
			if (name.equals("ReactorNetty")) {
				assertThat(created).isNull();
				assertThat(read).isNull();
			}
			else {
				assertThat(created).extracting(Article::title).isEqualTo(ARTICLES.get(0).title());
				assertThat(read).extracting(Article::id, Article::title).containsExactly(id, Article.sample(7).title());
			}
		}
	}

}
