package io.kintospring.boot.autoconfigure.config;

import java.util.Objects;
import java.util.Set;

import io.kintospring.KintoTimestamp;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.StringUtils;

/**
 * Property source with the current properties of a resource. Thread-safe.
 */
final class KintoPropertySource extends EnumerablePropertySource<KintoConfigDataResource>
		implements OriginLookup<String> {

	private volatile KintoConfig config;

	/** When the current version was first read, in nanoseconds. */
	private volatile long versionReadAt = System.nanoTime();

	private volatile boolean settled;

	KintoPropertySource(KintoConfigDataResource resource, KintoConfig config) {
		super(resource.location(), resource);
		this.config = config;
	}

	KintoConfig config() {
		return this.config;
	}

	/**
	 * Return the version that a poll can compare. On PostgreSQL, a change of a collection
	 * can become visible without changing the version of its list, so its properties must
	 * have been read again a settle time after this version was.
	 * @return the version, or {@code null} if a poll must read any version
	 */
	@Nullable KintoTimestamp comparableVersion() {
		return (this.settled || getSource().record() != null) ? this.config.version() : null;
	}

	/**
	 * Replace all properties.
	 * @param updated the new properties
	 * @param readAt the time before they were read, in nanoseconds
	 * @return the names of the properties that changed
	 */
	Set<String> update(KintoConfig updated, long readAt) {
		if (!Objects.equals(updated.version(), this.config.version())) {
			this.versionReadAt = System.nanoTime();
			this.settled = false;
		}
		else if (readAt - this.versionReadAt >= getSource().connection().settleTime().toNanos()) {
			this.settled = true;
		}
		Set<String> changed = updated.changedSince(this.config);
		this.config = updated;
		return changed;
	}

	@Override
	public String[] getPropertyNames() {
		return StringUtils.toStringArray(this.config.properties().keySet());
	}

	@Override
	public @Nullable Object getProperty(String name) {
		OriginTrackedValue value = this.config.properties().get(name);
		return (value != null) ? value.getValue() : null;
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		return Origin.from(this.config.properties().get(name));
	}

}
