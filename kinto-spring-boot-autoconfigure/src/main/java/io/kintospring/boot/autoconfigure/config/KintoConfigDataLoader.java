package io.kintospring.boot.autoconfigure.config;

import java.util.List;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import org.apache.commons.logging.Log;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigData.Option;
import org.springframework.boot.context.config.ConfigData.Options;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.logging.DeferredLogFactory;

/**
 * Loader of configuration from Kinto. If an object that may be missing cannot be read,
 * the property source is empty, so that a watch can fill it later.
 */
class KintoConfigDataLoader implements ConfigDataLoader<KintoConfigDataResource> {

	private final Log logger;

	KintoConfigDataLoader(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(KintoConfigDataLoader.class);
	}

	@Override
	public ConfigData load(ConfigDataLoaderContext context, KintoConfigDataResource resource) {
		Options options = Options.of(Option.IGNORE_IMPORTS, Option.IGNORE_PROFILES);
		Options resourceOptions = resource.isProfileSpecific() ? options.with(Option.PROFILE_SPECIFIC) : options;
		return new ConfigData(List.of(new KintoPropertySource(resource, read(resource))), (source) -> resourceOptions);
	}

	private KintoConfig read(KintoConfigDataResource resource) {
		try (KintoConfigReader reader = new KintoConfigReader(resource)) {
			return reader.readIfChanged(null).orElse(KintoConfig.MISSING);
		}
		catch (KintoException ex) {
			if (!isSkippable(ex)) {
				throw KintoConfigDataException.unreadable(resource, ex);
			}
			boolean skipped = resource.isLocationOptional()
					|| (resource.isProfileSpecific() && ex instanceof KintoAccessDeniedException);
			if (!skipped) {
				throw new ConfigDataResourceNotFoundException(resource, ex);
			}
			this.logger.warn("The " + resource + " is not imported: " + ex.getMessage());
			return KintoConfig.MISSING;
		}
	}

	private static boolean isSkippable(KintoException ex) {
		return ex instanceof KintoNotFoundException || ex instanceof KintoAccessDeniedException
				|| ex instanceof KintoTransportException || ex instanceof KintoUnavailableException
				|| (ex instanceof KintoResponseException response && response.status() >= 500);
	}

}
