package io.kintospring.protocol;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Limits and pauses for repeating an update after a conflict with a concurrent writer.
 */
final class ConflictBackoff {

	private static final int MAX_ATTEMPTS = 10;

	private static final long FIRST_PAUSE = 10;

	private ConflictBackoff() {
	}

	static boolean isFirst(int attempt) {
		return attempt <= 1;
	}

	static boolean isLast(int attempt) {
		return attempt >= MAX_ATTEMPTS;
	}

	/**
	 * The first conflict is mostly the only one, so the first repetition does not wait.
	 * Later ones wait for a random time, so that writers spread out.
	 */
	static Duration pauseAfter(int attempt) {
		return isFirst(attempt) ? Duration.ZERO
				: Duration.ofMillis(ThreadLocalRandom.current().nextLong(FIRST_PAUSE << (attempt - 1)));
	}

}
