package io.kintospring.protocol;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoObject;
import org.jspecify.annotations.Nullable;

/**
 * Update that reads an object, changes it and writes it with {@code If-Match}. After a
 * conflict with a concurrent writer, it is repeated.
 * <p>
 * Kinto on PostgreSQL can accept several such writes at the same time, so updates of one
 * object are exclusive.
 *
 * @param <T> the type of the object's data
 * @param read reads the object
 * @param write writes the changed object
 * @param existing returns the current object from a conflict, or {@code null} if it has
 * to be read again. An exception that it throws ends the update.
 */
record OptimisticUpdate<T>(KintoCall<KintoObject<T>> read, Function<KintoObject<T>, KintoCall<KintoObject<T>>> write,
		Function<KintoConflictException, @Nullable KintoObject<T>> existing) {

	private static final int MAX_ATTEMPTS = 10;

	private static final long FIRST_PAUSE = 10;

	KintoFlow<KintoObject<T>> flow() {
		return KintoFlow.exclusive(this.read.request().path(), read(1));
	}

	private KintoFlow<KintoObject<T>> read(int attempt) {
		KintoFlow<KintoObject<T>> object = (attempt == 1) ? KintoFlow.ask(this.read)
				: KintoFlow.repeat(this.read, pauseBefore(attempt));
		return object.then((current) -> write(KintoFlow.ask(this.write.apply(current)), attempt));
	}

	/**
	 * The object in the first conflict is written without a pause. After a pause it could
	 * be outdated.
	 */
	private KintoFlow<KintoObject<T>> write(KintoFlow<KintoObject<T>> written, int attempt) {
		return written.recover(KintoConflictException.class, (ex) -> {
			KintoObject<T> current = this.existing.apply(ex);
			if (attempt == MAX_ATTEMPTS) {
				throw ex;
			}
			return (attempt == 1 && current != null)
					? write(KintoFlow.repeat(this.write.apply(current), Duration.ZERO), 2) : read(attempt + 1);
		});
	}

	/**
	 * The first conflict is mostly the only one, so the second attempt does not wait.
	 * Later ones wait for a random time, so that writers spread out.
	 */
	private static Duration pauseBefore(int attempt) {
		return (attempt <= 2) ? Duration.ZERO
				: Duration.ofMillis(ThreadLocalRandom.current().nextLong(FIRST_PAUSE << (attempt - 2)));
	}

}
