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
 * The bytes of a file, for a thread that waits for them. It reads ahead by a few parts.
 */
final class AwaitedBytes extends InputStream {

	private static final int AHEAD = 4;

	private final Object what;

	private final SliceSource parts = new SliceSource();

	private @Nullable DataBuffer part;

	private @Nullable KintoException error;

	private boolean complete;

	private AwaitedBytes(Object what) {
		this.what = what;
	}

	/**
	 * Open a file: wait for its first bytes.
	 * @throws KintoException if it cannot be had
	 */
	static InputStream open(Object what, Flux<DataBuffer> file) {
		AwaitedBytes bytes = new AwaitedBytes(what);
		file.subscribe(bytes.parts);
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
		return readPart(bytes, offset, length);
	}

	private void requireOpen() throws IOException {
		if (this.parts.closed) {
			throw new IOException("The stream of " + this.what + " is closed");
		}
	}

	/**
	 * Read from the part that is there. Another thread must not close, and so release it
	 * meanwhile.
	 */
	private synchronized int readPart(byte[] bytes, int offset, int length) throws IOException {
		requireOpen();
		DataBuffer available = this.part;
		if (available == null) {
			return -1;
		}
		int count = Math.min(length, available.readableByteCount());
		available.read(bytes, offset, count);
		return count;
	}

	@Override
	public synchronized int available() {
		DataBuffer available = this.part;
		return (available != null) ? available.readableByteCount() : 0;
	}

	/**
	 * Wait for a part that has bytes left, or for the end.
	 */
	private void fill() {
		while (available() == 0) {
			releasePart();
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
			signal = this.parts.take();
		}
		catch (InterruptedException ex) {
			close();
			this.error = Blocking.interrupted(this.what, ex);
			return;
		}
		Throwable failure = signal.getThrowable();
		if (signal.isOnNext()) {
			keepPart(signal.get());
		}
		else if (failure != null) {
			this.error = ExchangeErrors.failed(this.what, failure);
		}
		else {
			this.complete = true;
		}
	}

	private synchronized void keepPart(@Nullable DataBuffer part) {
		this.part = part;
		if (this.parts.closed) {
			releasePart();
		}
	}

	private synchronized void releasePart() {
		DataBufferUtils.release(this.part);
		this.part = null;
	}

	@Override
	public void close() {
		this.parts.close();
		releasePart();
	}

	/**
	 * What has come and was not read yet.
	 */
	private static final class SliceSource extends BaseSubscriber<DataBuffer> {

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
		 * HTTP libraries must not throw then, but some do.
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
		protected void hookOnNext(DataBuffer part) {
			this.waiting.add(Signal.next(part));
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
		 * A thread that waits for the next part gets the end instead.
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
