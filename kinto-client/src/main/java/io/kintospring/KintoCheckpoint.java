package io.kintospring;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Position in the changes of a collection, from which a later read continues. Immutable
 * and thread-safe.
 * <p>
 * Store the text of {@link #toString()}, and read it with {@link #valueOf(String)}. Treat
 * the text as opaque. It consists of letters, digits, {@code .}, {@code -} and {@code _}.
 * <p>
 * On PostgreSQL, a change can become visible after a change with a newer version. So a
 * read starts at an earlier version than the newest one, and the checkpoint contains
 * which changes after that version were delivered. The text has about 50 characters, the
 * ids of the bucket and the collection, and 7 to 8 characters for each change that was
 * made in the {@linkplain KintoOptions#settleTime(java.time.Duration) settle time} before
 * the newest one. With 10,000 changes in this time, it has about 70 kB.
 *
 * @see KintoChanges#checkpoint()
 */
public final class KintoCheckpoint {

	private static final String FORMAT = "v1";

	private static final Pattern TEXT = Pattern.compile(FORMAT + "\\.([\\w-]+)\\.([\\w-]+)\\.([\\w-]+)");

	private static final int MAX_SHOWN = 60;

	private static final int MAX_NUMBER_BYTES = 10;

	private static final int SEVEN_BITS = 0x7f;

	private final @Nullable String collection;

	private final KintoTimestamp since;

	private final SortedSet<Delivered> delivered;

	private KintoCheckpoint(@Nullable String collection, KintoTimestamp since, SortedSet<Delivered> delivered) {
		this.collection = collection;
		this.since = since;
		this.delivered = Collections.unmodifiableSortedSet(delivered);
	}

	/**
	 * Return the checkpoint of a version. Reads from it return the changes with a newer
	 * version, in any collection. A write that was in flight when you got the version can
	 * have an older one. To include it, pass an earlier version.
	 * @param since the version of a list or of a record
	 * @return the checkpoint
	 */
	public static KintoCheckpoint of(KintoTimestamp since) {
		return new KintoCheckpoint(null, since, Collections.emptySortedSet());
	}

	/**
	 * Read a checkpoint from its text.
	 * @param text the result of {@link #toString()}, or a version as in
	 * {@link KintoTimestamp#valueOf(String)}
	 * @return the checkpoint
	 * @throws IllegalArgumentException if the text is neither, or is incomplete
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static KintoCheckpoint valueOf(String text) {
		Matcher matcher = TEXT.matcher(text.trim());
		if (matcher.matches()) {
			return read(matcher.group(1) + "/" + matcher.group(2), matcher.group(3), text);
		}
		try {
			return of(KintoTimestamp.valueOf(text));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + shown(text)
					+ "' is not a checkpoint: pass the text of a KintoCheckpoint, or null to start with all records");
		}
	}

	private static String shown(String text) {
		return (text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "…" : text;
	}

	/**
	 * Return the collection of this checkpoint.
	 * @return the ids of the bucket and the collection, such as {@code blog/posts}, or
	 * {@code null} if it was created from a version
	 */
	public @Nullable String collection() {
		return this.collection;
	}

	/**
	 * Return the version that the next read starts at. The newest delivered change can
	 * have a newer version.
	 * @return the version
	 */
	public KintoTimestamp since() {
		return this.since;
	}

	/**
	 * Return whether a change after {@link #since()} was delivered.
	 * @param id the id of the saved or deleted record
	 * @param version the version of the record or of its tombstone
	 * @return {@code true} if it was delivered
	 */
	public boolean contains(String id, KintoTimestamp version) {
		return this.delivered.contains(new Delivered(version.value(), id.hashCode()));
	}

	/**
	 * Return the checkpoint after further changes. The client calls this method; you need
	 * it only to read changes yourself.
	 * @param collection the ids of the bucket and the collection, such as
	 * {@code blog/posts}
	 * @param since the version that the next read starts at. All changes up to it must be
	 * visible.
	 * @param saved the saved records that were delivered
	 * @param deleted the tombstones that were delivered
	 * @return the checkpoint
	 */
	public KintoCheckpoint advance(String collection, KintoTimestamp since, List<? extends KintoObject<?>> saved,
			List<KintoTombstone> deleted) {
		SortedSet<Delivered> all = new TreeSet<>(
				this.delivered.tailSet(new Delivered(since.value() + 1, Integer.MIN_VALUE)));
		saved.forEach((object) -> add(all, since, object.id(), object.lastModified()));
		deleted.forEach((tombstone) -> add(all, since, tombstone.id(), tombstone.lastModified()));
		return new KintoCheckpoint(collection, since, all);
	}

	private static void add(SortedSet<Delivered> all, KintoTimestamp since, String id, KintoTimestamp version) {
		if (version.compareTo(since) > 0) {
			all.add(new Delivered(version.value(), id.hashCode()));
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof KintoCheckpoint that && Objects.equals(this.collection, that.collection)
				&& this.since.equals(that.since) && this.delivered.equals(that.delivered);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.collection, this.since, this.delivered);
	}

	/**
	 * Return the text to store.
	 * @see #valueOf(String)
	 */
	@JsonValue
	@Override
	public String toString() {
		return (this.collection == null) ? this.since.toString()
				: FORMAT + "." + this.collection.replace('/', '.') + "." + write(this.collection);
	}

	/**
	 * Write the version, then each delivered change as the difference to the version
	 * before it and a hash of its id, then a checksum.
	 */
	private String write(String collection) {
		ByteBuffer bytes = ByteBuffer
			.allocate(MAX_NUMBER_BYTES + this.delivered.size() * (MAX_NUMBER_BYTES + Integer.BYTES) + Integer.BYTES);
		writeNumber(bytes, this.since.value());
		long last = this.since.value();
		for (Delivered change : this.delivered) {
			writeNumber(bytes, change.version - last);
			bytes.putInt(change.idHash);
			last = change.version;
		}
		bytes.putInt(checksum(collection, bytes.array(), bytes.position()));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
	}

	private static KintoCheckpoint read(String collection, String content, String text) {
		try {
			byte[] array = Base64.getUrlDecoder().decode(content);
			ByteBuffer bytes = ByteBuffer.wrap(array);
			int end = array.length - Integer.BYTES;
			long since = readNumber(bytes);
			SortedSet<Delivered> delivered = new TreeSet<>();
			long last = since;
			while (bytes.position() < end) {
				last += readNumber(bytes);
				delivered.add(new Delivered(last, bytes.getInt()));
			}
			if (bytes.position() == end && bytes.getInt() == checksum(collection, array, end)) {
				return new KintoCheckpoint(collection, KintoTimestamp.of(since), delivered);
			}
		}
		catch (IllegalArgumentException | BufferUnderflowException ex) {
			// reported below
		}
		throw new IllegalArgumentException("'" + shown(text) + "' is incomplete or was changed, so it is not a"
				+ " checkpoint: check whether all of its text is stored, and here are " + text.length()
				+ " characters");
	}

	/**
	 * Write seven bits in each byte, the lowest ones first. The last byte is positive.
	 */
	private static void writeNumber(ByteBuffer bytes, long number) {
		long rest = number;
		while ((rest & ~SEVEN_BITS) != 0) {
			bytes.put((byte) (rest | ~SEVEN_BITS));
			rest >>>= Byte.SIZE - 1;
		}
		bytes.put((byte) rest);
	}

	private static long readNumber(ByteBuffer bytes) {
		long number = 0;
		int shift = 0;
		byte part;
		do {
			part = bytes.get();
			number |= (long) (part & SEVEN_BITS) << shift;
			shift += Byte.SIZE - 1;
		}
		while (part < 0);
		return number;
	}

	private static int checksum(String collection, byte[] bytes, int length) {
		CRC32 checksum = new CRC32();
		checksum.update(collection.getBytes(StandardCharsets.US_ASCII));
		checksum.update(bytes, 0, length);
		return (int) checksum.getValue();
	}

	/**
	 * Change that was delivered. Versions of a collection are unique on PostgreSQL, so a
	 * hash of the id is sufficient.
	 */
	private record Delivered(long version, int idHash) implements Comparable<Delivered> {

		private static final Comparator<Delivered> ORDER = Comparator.comparingLong(Delivered::version)
			.thenComparingInt(Delivered::idHash);

		@Override
		public int compareTo(Delivered other) {
			return ORDER.compare(this, other);
		}

	}

}
