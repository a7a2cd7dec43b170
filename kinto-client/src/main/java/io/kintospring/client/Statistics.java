package io.kintospring.client;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.kintospring.KintoSignal;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.protocol.KintoResponse;

import org.springframework.http.HttpStatus;

/**
 * Counters for the events of a client that the observations of its requests do not show.
 * Thread-safe. Counting allocates nothing.
 */
final class Statistics {

	private static final int CONFLICT = HttpStatus.PRECONDITION_FAILED.value();

	private final LongAdder conflicts = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final LongAdder repeatedUpdates = new LongAdder();

	private final LongAdder backoffs = new LongAdder();

	private final LongAdder retryAfters = new LongAdder();

	private final LongAdder alerts = new LongAdder();

	private final LongAdder batchRequests = new LongAdder();

	private final LongAdder batchCalls = new LongAdder();

	private final LongAdder streams = new LongAdder();

	private final LongAdder streamPages = new LongAdder();

	void received(KintoResponse response) {
		if (response.status() == CONFLICT) {
			this.conflicts.increment();
		}
	}

	void received(List<Outcome<?>> outcomes) {
		for (Outcome<?> outcome : outcomes) {
			if (outcome.status() == CONFLICT) {
				this.conflicts.increment();
			}
		}
	}

	void retried() {
		this.retries.increment();
	}

	void repeatedUpdate() {
		this.repeatedUpdates.increment();
	}

	void received(KintoSignal signal) {
		if (signal instanceof KintoSignal.Backoff) {
			this.backoffs.increment();
		}
		else if (signal instanceof KintoSignal.RetryAfter) {
			this.retryAfters.increment();
		}
		else {
			this.alerts.increment();
		}
	}

	void sentBatch(int calls) {
		this.batchRequests.increment();
		this.batchCalls.add(calls);
	}

	void startedStream() {
		this.streams.increment();
	}

	void receivedPage() {
		this.streamPages.increment();
	}

	KintoClientStatistics snapshot() {
		return new KintoClientStatistics(this.retries.sum(), this.conflicts.sum(), this.repeatedUpdates.sum(),
				this.backoffs.sum(), this.retryAfters.sum(), this.alerts.sum(), this.batchRequests.sum(),
				this.batchCalls.sum(), this.streams.sum(), this.streamPages.sum());
	}

}
