package io.kintospring.boot.autoconfigure.config;

import java.util.Set;

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

	KintoPropertySource(KintoConfigDataResource resource, KintoConfig config) {
		super(resource.location(), resource);
		this.config = config;
	}

	KintoConfig config() {
		return this.config;
	}

	/**
	 * Replace all properties.
	 * @param updated the new properties
	 * @return the names of the properties that changed
	 */
	Set<String> update(KintoConfig updated) {
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
