package io.kintospring.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the bytes of a body, up to a limit.
 */
final class BodyCollector {

	/**
	 * G1 treats larger arrays as humongous objects, which are expensive to collect.
	 */
	private static final int MAX_PIECE = 480 * 1024;

	private static final byte[] EMPTY = new byte[0];

	private final int limit;

	private final long expected;

	private final List<byte[]> full = new ArrayList<>(1);

	private byte[] piece = EMPTY;

	/** Number of bytes in the last piece. */
	private int filled;

	private int size;

	/**
	 * Create a collector.
	 * @param expected the announced length of the body, or negative if it is unknown
	 * @param limit the maximum length
	 */
	BodyCollector(long expected, int limit) {
		this.expected = expected;
		this.limit = limit;
	}

	/**
	 * Add bytes.
	 * @param length the number of bytes
	 * @param source the source of the bytes
	 * @throws TooLargeException if the body is too large
	 */
	void add(int length, Source source) {
		if (length > this.limit - this.size || this.expected > this.limit) {
			throw new TooLargeException(this.limit);
		}
		int left = length;
		while (left > 0) {
			if (this.filled == this.piece.length) {
				makeRoom(left);
			}
			int count = Math.min(left, this.piece.length - this.filled);
			source.read(this.piece, this.filled, count);
			this.filled += count;
			this.size += count;
			left -= count;
		}
	}

	private void makeRoom(int length) {
		if (this.filled == MAX_PIECE) {
			this.full.add(this.piece);
			this.piece = EMPTY;
			this.filled = 0;
		}
		this.piece = Arrays.copyOf(this.piece, (int) Math.min(MAX_PIECE, capacity(length)));
	}

	private long capacity(int length) {
		if (this.expected < 0 && !this.full.isEmpty()) {
			return MAX_PIECE;
		}
		return Math.max(this.filled + Math.max(length, this.expected - this.size), this.piece.length * 2L);
	}

	List<byte[]> pieces() {
		List<byte[]> pieces = new ArrayList<>(this.full);
		if (this.filled > 0) {
			pieces.add((this.filled == this.piece.length) ? this.piece : Arrays.copyOf(this.piece, this.filled));
		}
		return pieces;
	}

	interface Source {

		void read(byte[] bytes, int offset, int length);

	}

	/**
	 * Exception thrown if a body is larger than the limit.
	 */
	static final class TooLargeException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int limit;

		TooLargeException(int limit) {
			super("The body has more than " + limit + " bytes");
			this.limit = limit;
		}

		int limit() {
			return this.limit;
		}

	}

}
