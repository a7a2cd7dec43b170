package io.kintospring.embedded.storage;

import java.time.Clock;

/**
 * Source of strictly increasing timestamps in milliseconds, even if the clock stands
 * still or goes backwards.
 */
final class Ticker {

	private final Clock clock;

	private long last;

	Ticker(Clock clock) {
		this.clock = clock;
	}

	long next() {
		this.last = Math.max(this.clock.millis(), this.last + 1);
		return this.last;
	}

	long last() {
		return this.last;
	}

	/**
	 * Continue after a timestamp.
	 * @param timestamp the timestamp
	 */
	void continueAfter(long timestamp) {
		this.last = Math.max(this.last, timestamp);
	}

}
