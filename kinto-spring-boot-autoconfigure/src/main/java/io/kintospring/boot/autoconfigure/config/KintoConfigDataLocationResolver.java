package io.kintospring.boot.autoconfigure.config;

import java.util.ArrayList;
import java.util.List;

import io.kintospring.boot.autoconfigure.KintoBootstrapConnection;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationNotFoundException;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;

/**
 * Resolver for locations such as {@code kinto:main/config/app}. It resolves them after
 * the profiles are known, so that {@code kinto.*} properties can be in profile-specific
 * files.
 */
class KintoConfigDataLocationResolver implements ConfigDataLocationResolver<KintoConfigDataResource> {

	static final String PREFIX = "kinto:";

	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		return location.hasPrefix(PREFIX);
	}

	@Override
	public List<KintoConfigDataResource> resolve(ConfigDataLocationResolverContext context,
			ConfigDataLocation location) {
		return List.of();
	}

	@Override
	public List<KintoConfigDataResource> resolveProfileSpecific(ConfigDataLocationResolverContext context,
			ConfigDataLocation location, Profiles profiles) {
		KintoBootstrapConnection connection = KintoBootstrapConnection.of(context.getBinder());
		if (connection == null) {
			throw new ConfigDataLocationNotFoundException(location,
					"'" + location + "' cannot be imported: kinto.url is not set", null);
		}
		KintoConfigDataResource resource = resource(connection, location);
		List<KintoConfigDataResource> resources = new ArrayList<>();
		resources.add(resource);
		for (String profile : profiles) {
			resource.forProfile(profile).ifPresent(resources::add);
		}
		return resources;
	}

	private static KintoConfigDataResource resource(KintoBootstrapConnection connection, ConfigDataLocation location) {
		String[] ids = location.getNonPrefixedValue(PREFIX).split("/", -1);
		if (ids.length != 2 && ids.length != 3) {
			throw KintoConfigDataException.invalidLocation(location,
					"it must have the form kinto:<bucket>/<collection> or kinto:<bucket>/<collection>/<record>");
		}
		try {
			return new KintoConfigDataResource(connection, ids[0], ids[1], (ids.length == 3) ? ids[2] : null,
					location.isOptional());
		}
		catch (IllegalArgumentException ex) {
			throw KintoConfigDataException.invalidLocation(location, ex.getMessage());
		}
	}

}
