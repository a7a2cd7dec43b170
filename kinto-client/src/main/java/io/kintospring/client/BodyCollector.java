package io.kintospring.client;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of a body as they come, up to a limit.
 */
final class BodyCollector {

	private static final byte[] EMPTY = new byte[0];

	private final int limit;

	private final long expected;

	private byte[] bytes = EMPTY;

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

	void add(ByteBuf piece) {
		int length = piece.readableBytes();
		if (length > this.limit - this.size || this.expected > this.limit) {
			throw new TooManyException(this.limit);
		}
		if (length > this.bytes.length - this.size) {
			this.bytes = Arrays.copyOf(this.bytes, capacity(this.size + length));
		}
		piece.readBytes(this.bytes, this.size, length);
		this.size += length;
	}

	private int capacity(int needed) {
		return (int) Math.min(this.limit, Math.max(Math.max(needed, this.expected), this.bytes.length * 2L));
	}

	byte[] toByteArray() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
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
