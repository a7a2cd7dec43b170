package io.kintospring.protocol;

import java.time.Duration;

import io.kintospring.KintoTimestamp;
import io.kintospring.json.ServerFields;
import org.jspecify.annotations.Nullable;

/**
 * Divides a list by {@code last_modified}. A change gets a version after that of the
 * list, so the version of the list when the first page was read is the end of an
 * ascending order.
 *
 * @param descending whether the latest version comes first
 */
record VersionKey(boolean descending) implements RangeKey<Long> {

	/** Kinto takes a day at most; half of it is for clocks that differ. */
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
	public int compare(Long left, Long right) {
		return this.descending ? right.compareTo(left) : left.compareTo(right);
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
