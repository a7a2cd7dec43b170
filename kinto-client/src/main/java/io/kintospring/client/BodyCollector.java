package io.kintospring.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a body as they come, up to a limit.
 */
final class BodyCollector {

	/**
	 * G1 allocates larger arrays among the old objects, where it collects with effort.
	 */
	private static final int MAX_PIECE = 480 * 1024;

	private static final byte[] EMPTY = new byte[0];

	private final int limit;

	private final long expected;

	private final List<byte[]> full = new ArrayList<>(1);

	private byte[] piece = EMPTY;

	/** How much of the last piece is filled. */
	private int filled;

	private int size;

	/**
	 * Expect a body, which can be empty.
	 * @param expected the length that the response announces, or negative for none
	 * @param limit how long it may be
	 */
	BodyCollector(long expected, int limit) {
		this.expected = expected;
		this.limit = limit;
	}

	/**
	 * Add a part.
	 * @param length the length of the part
	 * @param source where the part is read from
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

	/**
	 * Return what has come, in as many pieces as it needs.
	 */
	List<byte[]> pieces() {
		List<byte[]> pieces = new ArrayList<>(this.full);
		if (this.filled > 0) {
			pieces.add((this.filled == this.piece.length) ? this.piece : Arrays.copyOf(this.piece, this.filled));
		}
		return pieces;
	}

	/**
	 * Where bytes are read from.
	 */
	interface Source {

		void read(byte[] bytes, int offset, int length);

	}

	/**
	 * A body is larger than it may be.
	 */
	static final class TooLargeException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int limit;

		TooLargeException(int limit) {
			super("There are more than " + limit + " bytes");
			this.limit = limit;
		}

		int limit() {
			return this.limit;
		}

	}

}
