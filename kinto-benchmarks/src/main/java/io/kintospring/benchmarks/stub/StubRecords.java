package io.kintospring.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

import io.kintospring.benchmarks.Article;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of the stub, stored as JSON and separated by commas, so that a page is a slice.
 * The lowest id has the newest version, so Kinto's default order equals the order by id.
 * Versions are unique, and between a millisecond and two seconds apart.
 */
public final class StubRecords {

	/** Version of the list and of its first record. */
	public static final long TIMESTAMP = 1_760_000_000_000L;

	private static final int ID = 36;

	private static final String AFTER_ID = "\",\"last_modified\":";

	private static final int TIMESTAMP_DIGITS = 13;

	private static final int FROM_ID = ID + AFTER_ID.length() + TIMESTAMP_DIGITS + "},".length();

	private static final long ID_SPACE = 1L << 48;

	private static final int MAX_MILLIS_BETWEEN = 2000;

	private final int count;

	private final long[] timestamps;

	private final int[] offsets;

	private final ByteBuf bytes;

	/** Records in reverse order, created on first use. */
	private @Nullable ByteBuf reversed;

	StubRecords(int count) {
		this.count = count;
		this.timestamps = timestamps(count);
		this.offsets = new int[count + 1];
		ByteBuf records = Unpooled.directBuffer(Math.multiplyExact(count, 340));
		JsonMapper mapper = new JsonMapper();
		for (int i = 0; i < count; i++) {
			records.writeBytes(mapper.writeValueAsBytes(record(i))).writeByte(',');
			this.offsets[i + 1] = records.writerIndex();
		}
		this.bytes = Unpooled.unreleasableBuffer(records);
	}

	private static long[] timestamps(int count) {
		SplittableRandom random = new SplittableRandom(count);
		long[] timestamps = new long[count];
		long timestamp = TIMESTAMP;
		for (int i = 0; i < count; i++) {
			timestamps[i] = timestamp;
			timestamp -= 1 + random.nextInt(MAX_MILLIS_BETWEEN);
		}
		return timestamps;
	}

	/**
	 * Return the id of a record. Ids have Kinto's format, are evenly distributed, and
	 * increase with the number.
	 * @param number the number of the record
	 * @param count the number of records
	 * @return the id
	 */
	public static String id(int number, int count) {
		SplittableRandom random = new SplittableRandom(number);
		long step = ID_SPACE / count;
		long first = number * step + random.nextLong(step);
		long second = random.nextLong();
		return String.format(Locale.ROOT, "%08x-%04x-4%03x-a%03x-%012x", first >>> 16, first & 0xffff, second >>> 52,
				(second >>> 40) & 0xfff, random.nextLong(ID_SPACE));
	}

	private Article record(int number) {
		Article article = Article.sample(number);
		return new Article(article.title(), article.author(), article.summary(), article.tags(), article.views(),
				article.rating(), article.published(), id(number, this.count), timestamp(number));
	}

	int count() {
		return this.count;
	}

	long timestamp(int index) {
		return this.timestamps[index];
	}

	/**
	 * Return consecutive records, separated by commas.
	 */
	ByteBuf slice(int from, int to) {
		int start = this.offsets[from];
		return this.bytes.slice(start, Math.max(0, this.offsets[to] - start - 1));
	}

	/**
	 * Return consecutive records in reverse order, separated by commas.
	 */
	ByteBuf reversed(int from, int to) {
		int length = this.offsets[this.count];
		int start = length - this.offsets[to];
		return reversed().slice(start, Math.max(0, length - this.offsets[from] - start - 1));
	}

	private synchronized ByteBuf reversed() {
		ByteBuf reversed = this.reversed;
		if (reversed == null) {
			ByteBuf records = Unpooled.directBuffer(this.offsets[this.count]);
			for (int i = this.count - 1; i >= 0; i--) {
				records.writeBytes(this.bytes, this.offsets[i], this.offsets[i + 1] - this.offsets[i]);
			}
			reversed = Unpooled.unreleasableBuffer(records);
			this.reversed = reversed;
		}
		return reversed;
	}

	String id(int index) {
		return this.bytes.toString(this.offsets[index + 1] - FROM_ID, ID, StandardCharsets.US_ASCII);
	}

	boolean has(int index, String id) {
		return index < this.count && compare(index, id) == 0;
	}

	private int compare(int index, String id) {
		int start = this.offsets[index + 1] - FROM_ID;
		for (int i = 0; i < Math.min(ID, id.length()); i++) {
			int difference = this.bytes.getByte(start + i) - id.charAt(i);
			if (difference != 0) {
				return difference;
			}
		}
		return ID - id.length();
	}

	/**
	 * Return the index of the first record with an earlier version.
	 */
	int before(long timestamp) {
		int low = 0;
		int high = this.count;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.timestamps[middle] >= timestamp) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * Return the index of the first record with this or an earlier version.
	 */
	int notAfter(long timestamp) {
		int index = before(timestamp);
		return (index > 0 && this.timestamps[index - 1] == timestamp) ? index - 1 : index;
	}

	/**
	 * Return the index of the first record whose id is greater than or equal to an id.
	 */
	int atLeast(String id) {
		int low = 0;
		int high = this.count;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (compare(middle, id) < 0) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * Return the index of the first record whose id is greater than an id.
	 */
	int above(String id) {
		int index = atLeast(id);
		return has(index, id) ? index + 1 : index;
	}

}
