package io.kintospring.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of a body as they come, up to a limit.
 */
final class BodyCollector {

	/**
	 * G1 puts arrays that are larger among what is old, where it collects with effort.
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
	 * Expect a body, of which none may come at all.
	 * @param expected how long it is said to be, or less than nothing if nothing is said
	 * @param limit how long it may be
	 */
	BodyCollector(long expected, int limit) {
		this.expected = expected;
		this.limit = limit;
	}

	void add(ByteBuf part) {
		if (part.readableBytes() > this.limit - this.size || this.expected > this.limit) {
			throw new TooManyException(this.limit);
		}
		while (part.isReadable()) {
			if (this.filled == this.piece.length) {
				makeRoom(part.readableBytes());
			}
			int length = Math.min(part.readableBytes(), this.piece.length - this.filled);
			part.readBytes(this.piece, this.filled, length);
			this.filled += length;
			this.size += length;
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
	 * A body is longer than it may be.
	 */
	static final class TooManyException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int limit;

		TooManyException(int limit) {
			super("There are more than " + limit + " bytes");
			this.limit = limit;
		}

		int limit() {
			return this.limit;
		}

	}

}
