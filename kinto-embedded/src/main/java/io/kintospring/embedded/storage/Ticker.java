package io.kintospring.embedded.storage;

import java.time.Clock;

/**
 * Gives out milliseconds, each one only once and each greater than the one before,
 * whatever the clock does.
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

}
