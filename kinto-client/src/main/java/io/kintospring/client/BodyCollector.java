package io.kintospring.client;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of a body as they come, up to a limit.
 */
final class BodyCollector {

	private static final byte[] EMPTY = new byte[0];

	private final int limit;

	private byte[] bytes;

	private int size;

	/**
	 * Expect a body.
	 * @param length how long it is, or less than nothing if that is not known
	 * @param limit how long it may be
	 */
	BodyCollector(long length, int limit) {
		this.limit = limit;
		this.bytes = (length > 0 && length <= limit) ? new byte[(int) length] : EMPTY;
	}

	void add(ByteBuf piece) {
		int length = piece.readableBytes();
		if (length > this.limit - this.size) {
			throw new TooManyException(this.limit);
		}
		if (length > this.bytes.length - this.size) {
			this.bytes = Arrays.copyOf(this.bytes, capacity(this.size + length));
		}
		piece.readBytes(this.bytes, this.size, length);
		this.size += length;
	}

	private int capacity(int needed) {
		return (int) Math.min(this.limit, Math.max(needed, this.bytes.length * 2L));
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
