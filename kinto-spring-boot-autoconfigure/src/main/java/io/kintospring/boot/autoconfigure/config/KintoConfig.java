package io.kintospring.boot.autoconfigure.config;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.OriginTrackedValue;

/**
 * Properties as they were at a version.
 *
 * @param version the version of the record or of the list of records, or {@code null} if
 * it does not exist
 * @param properties the values with their origins, by name
 */
record KintoConfig(@Nullable KintoTimestamp version, Map<String, OriginTrackedValue> properties) {

	static final KintoConfig MISSING = new KintoConfig(null, Map.of());

	/**
	 * Return the names of the properties that were added, changed or removed.
	 * @param previous the previous properties
	 * @return the names
	 */
	Set<String> changedSince(KintoConfig previous) {
		Set<String> changed = new TreeSet<>(this.properties.keySet());
		changed.addAll(previous.properties.keySet());
		changed.removeIf((name) -> Objects.equals(this.properties.get(name), previous.properties.get(name)));
		return changed;
	}

	/**
	 * Return a description without values, which can be secrets.
	 */
	@Override
	public String toString() {
		return "KintoConfig[version=" + this.version + ", names=" + this.properties.keySet() + "]";
	}

}
