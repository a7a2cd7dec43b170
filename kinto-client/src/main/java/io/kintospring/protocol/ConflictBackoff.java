package io.kintospring.protocol;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a change is tried where others change the same object meanwhile, and how long
 * it waits before it is tried again.
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
	 * The first conflict is mostly the only one, so that what it brought is written at
	 * once. After that, those who contend are to spread out.
	 */
	static Duration pauseAfter(int attempt) {
		return isFirst(attempt) ? Duration.ZERO
				: Duration.ofMillis(ThreadLocalRandom.current().nextLong(FIRST_PAUSE << (attempt - 1)));
	}

}
