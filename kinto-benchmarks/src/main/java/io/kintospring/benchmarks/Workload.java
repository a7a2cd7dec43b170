package io.kintospring.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.kintospring.benchmarks.opponent.Opponent;
import io.kintospring.benchmarks.stub.StubRecords;

/**
 * Workload that is repeated until the time of a round is over.
 */
enum Workload {

	CREATE("create, one at a time", Unit.OPERATION) {

		@Override
		long run(Opponent opponent, Input input) {
			opponent.create(input.article());
			return 1;
		}

	},

	GET("get, one at a time", Unit.OPERATION) {

		@Override
		long run(Opponent opponent, Input input) {
			opponent.get(input.id());
			return 1;
		}

	},

	MIXED("mixed, 64 in flight", Unit.OPERATION) {

		@Override
		long run(Opponent opponent, Input input) {
			opponent.mixed(input.articles, input.ids, MIXED_OPERATIONS);
			return MIXED_OPERATIONS;
		}

	},

	POLL("poll with 304 response", Unit.OPERATION) {

		@Override
		long run(Opponent opponent, Input input) {
			if (opponent.poll(StubRecords.TIMESTAMP)) {
				throw new IllegalStateException("The opponent reports a change, but the list did not change");
			}
			return 1;
		}

	},

	LIST_1000("list, pages of 1,000", Unit.RECORD) {

		@Override
		long run(Opponent opponent, Input input) {
			return opponent.list(1000);
		}

	},

	LIST_10000("list, pages of 10,000", Unit.RECORD) {

		@Override
		long run(Opponent opponent, Input input) {
			return opponent.list(10_000);
		}

	},

	BATCH("create in batches", Unit.RECORD) {

		@Override
		long run(Opponent opponent, Input input) {
			return opponent.batch(input.articles);
		}

	},

	LATENCY_1000("list with latency, pages of 1,000", Unit.RECORD) {

		@Override
		long run(Opponent opponent, Input input) {
			return opponent.listOrdered(1000);
		}

	},

	PARALLEL_1000("list with latency, pages of 1,000, in any order", Unit.RECORD) {

		@Override
		long run(Opponent opponent, Input input) {
			return opponent.listInAnyOrder(1000);
		}

	},

	LATENCY_10000("list with latency, pages of 10,000", Unit.RECORD) {

		@Override
		long run(Opponent opponent, Input input) {
			return opponent.list(10_000);
		}

	},

	MEMORY("1,000,000 records from a cold start, pages of 1,000", Unit.RECORD) {

		@Override
		long run(Opponent opponent, Input input) {
			return opponent.list(1000);
		}

	};

	private static final int MIXED_OPERATIONS = 2000;

	private static final int ARTICLES = 10_000;

	private final String title;

	private final Unit unit;

	Workload(String title, Unit unit) {
		this.title = title;
		this.unit = unit;
	}

	/**
	 * Run the workload once.
	 * @return the number of operations or records
	 */
	abstract long run(Opponent opponent, Input input);

	String title() {
		return this.title;
	}

	String unit() {
		return this.unit.name().toLowerCase(Locale.ROOT);
	}

	boolean isSlow() {
		return this == LATENCY_1000 || this == PARALLEL_1000 || this == LATENCY_10000;
	}

	/**
	 * Return whether each round runs once in a new process.
	 */
	boolean isCold() {
		return this == MEMORY;
	}

	/**
	 * Return the name for the selection of workloads.
	 */
	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static Workload of(String id) {
		return Arrays.stream(values())
			.filter((workload) -> workload.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown workload " + id));
	}

	/**
	 * Unit of the count.
	 */
	private enum Unit {

		OPERATION, RECORD

	}

	/**
	 * Articles to write and ids to read.
	 */
	static final class Input {

		private final List<Article> articles = IntStream.range(0, ARTICLES).mapToObj(Article::sample).toList();

		private final List<String> ids;

		private int next;

		Input(List<String> ids) {
			this.ids = ids;
		}

		private Article article() {
			return this.articles.get(this.next++ % this.articles.size());
		}

		private String id() {
			return this.ids.get(this.next++ % this.ids.size());
		}

	}

}
