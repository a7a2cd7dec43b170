package io.kintospring.contract;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records buffers that Netty reports as leaked.
 */
final class LeakRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final String CANARY = "leaked on purpose";

	private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

	private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	private final Queue<String> reports = new ConcurrentLinkedQueue<>();

	LeakRecorder() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		start();
		this.logger.setAdditive(false);
		this.logger.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.reports.add(event.getFormattedMessage());
	}

	/**
	 * Leak a buffer, and assert that no other one is reported.
	 */
	void assertNone() {
		ByteBufAllocator.DEFAULT.buffer().touch(CANARY);
		await("report of the leaked buffer").until(() -> {
			System.gc();
			ByteBufAllocator.DEFAULT.buffer().release();
			return this.reports.stream().anyMatch((report) -> report.contains(CANARY));
		});
		assertThat(this.reports).allMatch((report) -> report.contains(CANARY));
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setAdditive(true);
		ResourceLeakDetector.setLevel(this.level);
	}

}
