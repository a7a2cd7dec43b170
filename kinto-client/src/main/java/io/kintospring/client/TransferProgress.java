package io.kintospring.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

/**
 * Monitors the progress of a transfer. Its duration is not limited, but it must not
 * stall.
 */
final class TransferProgress {

	private final Duration timeout;

	private final AtomicLong expected = new AtomicLong();

	private volatile long last;

	private volatile boolean stalled;

	TransferProgress(Duration timeout) {
		this.timeout = timeout;
		this.last = now();
	}

	/**
	 * Expect more buffers. As long as none are expected, the transfer cannot stall.
	 */
	void expect(long parts) {
		this.last = now();
		this.expected.updateAndGet((before) -> (before > Long.MAX_VALUE - parts) ? Long.MAX_VALUE : before + parts);
	}

	void progressed() {
		this.last = now();
		this.expected.decrementAndGet();
	}

	/**
	 * Complete when there was no progress for the timeout.
	 */
	Mono<Void> stalled() {
		return Mono.defer(() -> Mono.delay(Duration.ofNanos(remaining())))
			.repeat(() -> remaining() > 0)
			.then(Mono.fromRunnable(() -> this.stalled = true));
	}

	boolean isStalled() {
		return this.stalled;
	}

	private long remaining() {
		return this.timeout.toNanos() - ((this.expected.get() > 0) ? now() - this.last : 0);
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	Resource watch(Resource resource) {
		return new Watched(resource);
	}

	private final class Watched extends AbstractResource {

		private final Resource resource;

		Watched(Resource resource) {
			this.resource = resource;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(this.resource.getInputStream()) {

				@Override
				public int read() throws IOException {
					progressed();
					return super.read();
				}

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					progressed();
					return super.read(bytes, offset, length);
				}

			};
		}

		/**
		 * Return the length, or -1 for a stream that can only be read once.
		 */
		@Override
		public long contentLength() throws IOException {
			return (this.resource.getClass() != InputStreamResource.class) ? this.resource.contentLength() : -1;
		}

		@Override
		public String getDescription() {
			return this.resource.getDescription();
		}

	}

}
