package io.kintospring.protocol;

import io.kintospring.KintoTimestamp;
import io.kintospring.json.ServerFields;
import org.jspecify.annotations.Nullable;

/**
 * Key that divides a list by {@code id}.
 *
 * @param descending whether the highest id comes first
 * @param numbers reads ids as numbers
 */
record IdKey(boolean descending, IdRanges numbers) implements RangeKey<String> {

	@Override
	public String field() {
		return ServerFields.ID;
	}

	@Override
	public String key(String id, KintoTimestamp lastModified) {
		return id;
	}

	@Override
	public double number(String id) {
		return this.descending ? -this.numbers.number(id) : this.numbers.number(id);
	}

	@Override
	public @Nullable String at(double number) {
		String id = this.numbers.text((long) Math.max(0, this.descending ? -number : number));
		return id.isEmpty() ? null : id;
	}

}
