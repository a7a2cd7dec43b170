package io.kintospring.protocol;

import java.time.Duration;

import io.kintospring.KintoTimestamp;
import io.kintospring.json.ServerFields;
import org.jspecify.annotations.Nullable;

/**
 * Key that divides a list by {@code last_modified}. Each change gets a later version than
 * the list had before. An ascending order therefore ends at the version that the list had
 * at the first page.
 *
 * @param descending whether the latest version comes first
 */
record VersionKey(boolean descending) implements RangeKey<Long> {

	/** Kinto accepts up to a day ahead; the rest is for differing clocks. */
	private static final Duration AHEAD = Duration.ofHours(12);

	@Override
	public String field() {
		return ServerFields.LAST_MODIFIED;
	}

	@Override
	public Long key(String id, KintoTimestamp lastModified) {
		return lastModified.value();
	}

	@Override
	public double number(Long version) {
		return this.descending ? -version : version;
	}

	@Override
	public Long at(double number) {
		return (long) (this.descending ? -number : number);
	}

	@Override
	public boolean isFilter(Long version) {
		return version >= 0 && version < System.currentTimeMillis() + AHEAD.toMillis();
	}

	@Override
	public @Nullable Long end(KintoTimestamp list) {
		return this.descending ? null : list.value();
	}

}
