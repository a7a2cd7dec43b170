package io.kintospring.boot.test.autoconfigure;

/**
 * Way in which the embedded server of a test handles requests that are in flight at the
 * same time.
 *
 * @see AutoConfigureKinto#concurrency()
 */
public enum KintoConcurrency {

	/**
	 * One after another.
	 */
	SERIAL,

	/**
	 * As on PostgreSQL with its default isolation level, which loses updates.
	 */
	READ_COMMITTED,

	/**
	 * As on PostgreSQL with the isolation level {@code REPEATABLE READ}, which rejects
	 * conflicting updates.
	 */
	REPEATABLE_READ

}
