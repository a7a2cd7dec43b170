package io.kintospring.embedded.request;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Stream that fails when it has more bytes than a response may have.
 */
public final class LimitedOutputStream extends FilterOutputStream {

	private final long maxBytes;

	private long size;

	public LimitedOutputStream(OutputStream out, long maxBytes) {
		super(out);
		this.maxBytes = maxBytes;
	}

	@Override
	public void write(int value) throws IOException {
		grow(1);
		this.out.write(value);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		grow(length);
		this.out.write(bytes, offset, length);
	}

	/**
	 * Flush the stream. It stays open, because it can contain several values.
	 */
	@Override
	public void close() throws IOException {
		flush();
	}

	private void grow(int length) {
		this.size += length;
		if (this.size > this.maxBytes) {
			throw KintoError.tooLarge(this.maxBytes);
		}
	}

}
