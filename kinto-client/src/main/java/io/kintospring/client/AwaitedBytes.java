package io.kintospring.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.kintospring.KintoException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * {@link InputStream} of a download, for a thread that waits for its bytes. It reads a
 * few buffers ahead.
 */
final class AwaitedBytes extends InputStream {

	private static final int AHEAD = 4;

	private final Object what;

	private final BufferQueue queue = new BufferQueue();

	private @Nullable DataBuffer buffer;

	private @Nullable KintoException error;

	private boolean complete;

	private AwaitedBytes(Object what) {
		this.what = what;
	}

	/**
	 * Open a download and wait for its first bytes.
	 * @throws KintoException if the download fails
	 */
	static InputStream open(Object what, Flux<DataBuffer> file) {
		AwaitedBytes bytes = new AwaitedBytes(what);
		file.subscribe(bytes.queue);
		bytes.fill();
		return bytes;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		requireOpen();
		if (length == 0) {
			return 0;
		}
		fill();
		return readBuffer(bytes, offset, length);
	}

	private void requireOpen() throws IOException {
		if (this.queue.closed) {
			throw new IOException("The stream of " + this.what + " is closed");
		}
	}

	/**
	 * Read from the current buffer. Synchronized, because another thread may close the
	 * stream and so release the buffer.
	 */
	private synchronized int readBuffer(byte[] bytes, int offset, int length) throws IOException {
		requireOpen();
		DataBuffer available = this.buffer;
		if (available == null) {
			return -1;
		}
		int count = Math.min(length, available.readableByteCount());
		available.read(bytes, offset, count);
		return count;
	}

	@Override
	public synchronized int available() {
		DataBuffer available = this.buffer;
		return (available != null) ? available.readableByteCount() : 0;
	}

	/**
	 * Wait for a buffer with remaining bytes, or for the end.
	 */
	private void fill() {
		while (available() == 0) {
			releaseBuffer();
			if (this.error != null) {
				throw this.error;
			}
			if (this.complete) {
				return;
			}
			take();
		}
	}

	private void take() {
		Signal<DataBuffer> signal;
		try {
			signal = this.queue.take();
		}
		catch (InterruptedException ex) {
			close();
			this.error = Blocking.interrupted(this.what, ex);
			return;
		}
		Throwable failure = signal.getThrowable();
		if (signal.isOnNext()) {
			keepBuffer(signal.get());
		}
		else if (failure != null) {
			this.error = ExchangeErrors.failed(this.what, failure);
		}
		else {
			this.complete = true;
		}
	}

	private synchronized void keepBuffer(@Nullable DataBuffer received) {
		this.buffer = received;
		if (this.queue.closed) {
			releaseBuffer();
		}
	}

	private synchronized void releaseBuffer() {
		DataBufferUtils.release(this.buffer);
		this.buffer = null;
	}

	@Override
	public void close() {
		this.queue.close();
		releaseBuffer();
	}

	/**
	 * Queue of the received buffers that were not read yet.
	 */
	private static final class BufferQueue extends BaseSubscriber<DataBuffer> {

		private final BlockingQueue<Signal<DataBuffer>> waiting = new LinkedBlockingQueue<>();

		private volatile boolean closed;

		Signal<DataBuffer> take() throws InterruptedException {
			Signal<DataBuffer> signal = this.waiting.take();
			if (signal.isOnNext()) {
				requestNext();
			}
			return signal;
		}

		/**
		 * Request the next buffer. Some HTTP libraries throw here, although they must
		 * not.
		 */
		private void requestNext() {
			try {
				request(1);
			}
			catch (RuntimeException ex) {
				cancel();
				this.waiting.add(Signal.error(ex));
			}
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(AHEAD);
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			this.waiting.add(Signal.next(buffer));
			releaseIfClosed();
		}

		@Override
		protected void hookOnComplete() {
			this.waiting.add(Signal.complete());
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.waiting.add(Signal.error(error));
		}

		void close() {
			this.closed = true;
			dispose();
			releaseIfClosed();
		}

		/**
		 * Release the queued buffers if the stream is closed, and wake a thread that
		 * waits for the next one.
		 */
		private void releaseIfClosed() {
			if (this.closed) {
				for (Signal<DataBuffer> signal = this.waiting.poll(); signal != null; signal = this.waiting.poll()) {
					DataBufferUtils.release(signal.get());
				}
				this.waiting.add(Signal.complete());
			}
		}

	}

}
