package io.kintospring.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import io.kintospring.KintoChanges;
import io.kintospring.KintoCheckpoint;
import io.kintospring.KintoTimestamp;
import io.kintospring.protocol.KintoSequence.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes of a simulated server on PostgreSQL: writes get their version before they
 * become visible, and become visible in any order. Time is simulated, and each run is
 * determined by its seed.
 */
class CommitOrderTests {

	private static final long SETTLE_TIME = 5000;

	private static final int RUNS = Integer.getInteger("kinto.test.runs", 20);

	static Stream<Kind> kinds() {
		return Stream.of(Kind.values());
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void watchLosesNothingAndRepeatsNothing(Kind kind) {
		for (int seed = 0; seed < RUNS; seed++) {
			Run run = new Run(kind, seed);
			run.watch();
			run.verify();
		}
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void readsLoseNothingAndRepeatNothing(Kind kind) {
		for (int seed = 0; seed < RUNS; seed++) {
			Run run = new Run(kind, seed);
			run.read();
			run.verify();
		}
	}

	/**
	 * The simulation has the defect that checkpoints protect from.
	 */
	@Test
	void readsWithoutSettleTimeLoseChanges() {
		int lost = 0;
		for (int seed = 0; seed < RUNS; seed++) {
			Run run = new Run(Kind.PLAIN, seed);
			run.settleTime = Duration.ZERO;
			run.read();
			lost += run.lost().size();
		}
		assertThat(lost).isGreaterThan(RUNS);
	}

	/**
	 * Circumstances of a run.
	 */
	enum Kind {

		PLAIN,

		/** The server returns at most three changes in a page. */
		PAGED,

		/**
		 * Many changes at once, or explicit versions, move versions ahead of the clock.
		 */
		AHEAD,

		/**
		 * The clocks of the client and of Kinto's web server differ from the database.
		 */
		CLOCKS,

		/** The newest tombstones are purged, which decreases the version of the list. */
		PURGED,

		/**
		 * The collection is deleted and created again while its versions are ahead of the
		 * clock, so they go back.
		 */
		FLUSHED,

		/**
		 * The client restarts with the text of the last checkpoint that it processed,
		 * also between two pages.
		 */
		RESTARTED

	}

	/**
	 * Write, whose state is not visible before its commit.
	 */
	private record Write(String id, long version, boolean deleted, long commit) {
	}

	private static final class Run {

		private final Kind kind;

		private final Random random;

		private final int seed;

		private final long clockOfServer;

		private final List<Write> writes = new ArrayList<>();

		/** Current state of the records, by id. */
		private final Map<String, Write> visible = new HashMap<>();

		private final List<String> delivered = new ArrayList<>();

		private Duration settleTime = Duration.ofMillis(SETTLE_TIME);

		private long now = 1_800_000_000_000L;

		private long newest = this.now;

		private @Nullable KintoCheckpoint checkpoint;

		/** Deletions before the first request. */
		private @Nullable Set<String> deletedBefore;

		Run(Kind kind, int seed) {
			this.kind = kind;
			this.seed = seed;
			this.random = new Random(seed);
			this.clockOfServer = (kind == Kind.CLOCKS) ? between(-20_000, 20_000) : 0;
			if (this.random.nextBoolean()) {
				write(5);
				advance(between(0, 2 * SETTLE_TIME));
			}
		}

		/**
		 * Run a watch until all writes have become visible for the settle time.
		 */
		void watch() {
			long interval = between(20, 3 * SETTLE_TIME);
			long end = this.now + between(10, 60) * 1000;
			long last = end + 3 * SETTLE_TIME + 3 * interval;
			KintoCall<Slice<KintoChanges<Map<String, Object>>>> call = watch(interval);
			boolean complete = false;
			long started = this.now;
			while (!complete) {
				Slice<KintoChanges<Map<String, Object>>> slice = exchange(call, end);
				slice.elements().forEach(this::deliver);
				long pause = slice.pause().toMillis();
				complete = started > last && pause > 0;
				pass(pause + ((pause > 0 && chance(20)) ? between(0, interval) : 0), end);
				if (this.kind == Kind.RESTARTED && chance(1)) {
					pass(300_000, end);
				}
				call = (this.kind == Kind.RESTARTED && chance(5)) ? watch(interval) : slice.next();
				started = (pause > 0) ? this.now : started;
			}
		}

		private KintoCall<Slice<KintoChanges<Map<String, Object>>>> watch(long interval) {
			return Requests.collection()
				.watch(this.checkpoint, Duration.ofMillis(interval), (o) -> o.settleTime(this.settleTime))
				.first();
		}

		/**
		 * Read the changes now and then.
		 */
		void read() {
			long end = this.now + between(10, 60) * 1000;
			long longest = between(1, 4) * SETTLE_TIME;
			while (this.now < end + 3 * SETTLE_TIME) {
				deliver(changes(end));
				pass(between(0, longest), end);
			}
			deliver(changes(end));
		}

		private KintoChanges<?> changes(long end) {
			KintoFlow<KintoChanges<Map<String, Object>>> flow = Requests.collection()
				.changes(this.checkpoint, (o) -> o.settleTime(this.settleTime));
			while (flow instanceof KintoFlow.Ask<KintoChanges<Map<String, Object>>> ask) {
				flow = exchange(ask.call(), end);
			}
			return ((KintoFlow.Done<KintoChanges<Map<String, Object>>>) flow).result();
		}

		private void deliver(KintoChanges<?> changes) {
			changes.saved().forEach((record) -> this.delivered.add(key(record.id(), record.lastModified().value())));
			changes.deleted().forEach((record) -> this.delivered.add(key(record.id(), record.lastModified().value())));
			KintoCheckpoint current = changes.checkpoint();
			this.checkpoint = (this.kind == Kind.RESTARTED) ? KintoCheckpoint.valueOf(current.toString()) : current;
		}

		private <R> R exchange(KintoCall<R> call, long end) {
			pass(between(0, 30), end);
			KintoResponse response = respond(call.request());
			pass(between(0, 30), end);
			return call.read(response);
		}

		/**
		 * Let time pass, in which others write until the end.
		 */
		private void pass(long duration, long end) {
			long until = this.now + duration;
			while (this.now < until) {
				if (this.now < end && chance(15)) {
					write(chance(10) ? between(5, 40) : 1);
				}
				advance(Math.min(between(1, 100), until - this.now));
			}
			advance(0);
		}

		private void advance(long duration) {
			this.now += duration;
			List<Write> committed = this.writes.stream().filter((write) -> write.commit <= this.now).toList();
			this.writes.removeAll(committed);
			for (Write write : committed) {
				this.visible.put(write.id, write);
				this.newest = Math.max(this.newest, write.version);
			}
			if (this.kind == Kind.PURGED && chance(3)) {
				purge();
			}
			if (this.kind == Kind.FLUSHED && chance(1)) {
				this.writes.clear();
				this.visible.clear();
				this.newest = this.now;
			}
		}

		/**
		 * Purge tombstones that every reader has seen.
		 */
		private void purge() {
			this.visible.values()
				.removeIf((write) -> write.deleted && this.delivered.contains(key(write.id, write.version)));
			this.newest = this.visible.values().stream().mapToLong(Write::version).max().orElse(0);
		}

		/**
		 * Write in one transaction, whose writes become visible at once.
		 */
		private void write(long count) {
			boolean ahead = (this.kind == Kind.AHEAD || this.kind == Kind.FLUSHED) && chance(5);
			long longest = SETTLE_TIME - ((this.kind == Kind.AHEAD || this.kind == Kind.FLUSHED) ? 1100 : 1);
			long commit = this.now + (chance(50) ? between(0, 50) : between(0, longest));
			long version = this.newest;
			for (int i = 0; i < (ahead ? 8000 : count); i++) {
				version = unused(Math.max(this.now, version + 1));
				String id = "r" + this.random.nextInt(ahead ? 20 : 60);
				if (i >= count) {
					continue;
				}
				// the write of a row waits for the transaction that wrote it before
				if (this.writes.stream().noneMatch((write) -> write.id.equals(id) && write.commit != commit)) {
					this.writes.removeIf((write) -> write.id.equals(id));
					this.writes.add(new Write(id, version, chance(20), commit));
				}
			}
			if (ahead) {
				this.writes.add(new Write("ahead" + version, version, false, commit));
			}
		}

		private long unused(long version) {
			long unused = version;
			Set<Long> used = new HashSet<>();
			this.writes.forEach((write) -> used.add(write.version));
			while (used.contains(unused)) {
				unused++;
			}
			return unused;
		}

		private KintoResponse respond(KintoRequest request) {
			if (this.deletedBefore == null) {
				this.deletedBefore = new HashSet<>();
				this.visible.values()
					.stream()
					.filter(Write::deleted)
					.forEach((write) -> this.deletedBefore.add(key(write.id, write.version)));
			}
			String etag = KintoTimestamp.of(this.newest).etag();
			String[] headers = { "ETag", etag, "Date", DateTimeFormatter.RFC_1123_DATE_TIME
				.format(Instant.ofEpochMilli(this.now + this.clockOfServer).atOffset(ZoneOffset.UTC)) };
			if (etag.equals(request.headers().getFirst("If-None-Match"))) {
				return Responses.empty(304, headers);
			}
			Map<String, String> query = UriComponentsBuilder.newInstance()
				.query(request.query())
				.build()
				.getQueryParams()
				.toSingleValueMap();
			Function<String, Long> number = (name) -> Long.parseLong(query.get(name).replaceAll("\"|%22", ""));
			long since = query.containsKey("_since") ? number.apply("_since") : -1;
			boolean deletions = query.containsKey("eq_deleted");
			long token = query.containsKey("_token") ? number.apply("_token") : deletions ? Long.MAX_VALUE : since;
			Comparator<Write> order = Comparator.comparingLong(Write::version);
			List<Write> found = this.visible.values()
				.stream()
				.filter((write) -> write.version > since
						&& (deletions ? write.deleted : (!write.deleted || since >= 0)))
				.filter((write) -> deletions ? write.version < token : write.version > token)
				.sorted(deletions ? order.reversed() : order)
				.toList();
			int size = (this.kind == Kind.PAGED || this.kind == Kind.RESTARTED) ? 3 : Integer.MAX_VALUE;
			List<Write> page = found.stream().limit(size).toList();
			KintoResponse response = Responses.json(200, "{\"data\":" + page.stream().map(Run::json).toList() + "}",
					headers);
			if (found.size() > size) {
				String rest = request.query().replaceAll("&_token=.*", "");
				response.headers()
					.set("Next-Page", "http://h/v1/x?" + rest + "&_token=" + page.get(page.size() - 1).version);
			}
			return response;
		}

		private static String json(Write write) {
			return "{\"id\":\"%s\",\"last_modified\":%d%s}".formatted(write.id, write.version,
					write.deleted ? ",\"deleted\":true" : "");
		}

		/**
		 * Return the last states of records that were not delivered.
		 */
		Set<String> lost() {
			Set<String> lost = new TreeSet<>();
			this.visible.values().forEach((write) -> lost.add(key(write.id, write.version)));
			this.delivered.forEach(lost::remove);
			lost.removeAll(this.deletedBefore);
			return lost;
		}

		void verify() {
			assertThat(this.writes).isEmpty();
			assertThat(lost()).as("lost, %s with seed %d", this.kind, this.seed).isEmpty();
			assertThat(this.delivered).as("delivered, %s with seed %d", this.kind, this.seed).doesNotHaveDuplicates();
		}

		private static String key(String id, long version) {
			return id + "@" + version;
		}

		private boolean chance(int percent) {
			return this.random.nextInt(100) < percent;
		}

		private long between(long least, long most) {
			return this.random.nextLong(least, most + 1);
		}

	}

}
