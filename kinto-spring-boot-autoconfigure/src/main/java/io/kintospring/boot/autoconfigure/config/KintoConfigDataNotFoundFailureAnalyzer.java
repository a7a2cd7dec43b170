package io.kintospring.boot.autoconfigure.config;

import io.kintospring.KintoAccessDeniedException;
import io.kintospring.KintoNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationNotFoundException;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;

/**
 * Failure analyzer for imports that the prefix {@code optional:} would skip: the server
 * is not configured or cannot be reached, or the object does not exist or cannot be read.
 * It is ordered before Spring Boot's analyzer, which does not know the reason.
 */
@Order(0)
class KintoConfigDataNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<ConfigDataNotFoundException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigDataNotFoundException cause) {
		if (cause instanceof ConfigDataLocationNotFoundException notFound
				&& notFound.getLocation().hasPrefix(KintoConfigDataLocationResolver.PREFIX)) {
			return analyzeLocation(notFound);
		}
		if (cause instanceof ConfigDataResourceNotFoundException notFound
				&& notFound.getResource() instanceof KintoConfigDataResource resource) {
			return analyzeResource(notFound, resource);
		}
		return null;
	}

	private static FailureAnalysis analyzeLocation(ConfigDataLocationNotFoundException cause) {
		return new FailureAnalysis(
				"The location '" + cause.getLocation()
						+ "' cannot be imported, because kinto.url is not set or is blank.",
				"Set kinto.url to the root URL of the Kinto API, such as https://kinto.example.com/v1. Configuration is"
						+ " imported before the application context exists, so neither an embedded server of the"
						+ " application nor a KintoConnectionDetails bean can be used. " + skip(cause.getLocation()),
				cause);
	}

	private static FailureAnalysis analyzeResource(ConfigDataResourceNotFoundException cause,
			KintoConfigDataResource resource) {
		String server = "the Kinto server at " + resource.connection().server();
		String skip = skip(cause.getLocation());
		if (cause.getCause() instanceof KintoNotFoundException notFound) {
			boolean recordMissing = resource.record() != null && !notFound.response().isParentUnknown();
			String missing = recordMissing ? resource.toString()
					: "collection '" + resource.collection() + "' in the bucket '" + resource.bucket() + "'";
			return new FailureAnalysis("The " + missing + " does not exist on " + server + ".",
					"Create the " + (recordMissing ? "record" : "collection") + ", or correct the location. " + skip,
					cause);
		}
		if (cause.getCause() instanceof KintoAccessDeniedException denied) {
			return (denied.status() == HttpStatus.UNAUTHORIZED.value())
					? new FailureAnalysis(
							"Access to the " + resource + " on " + server
									+ " is denied, because the credentials are missing or wrong.",
							"Set kinto.username and kinto.password, or kinto.bearer-token, to the credentials of a user"
									+ " with the permission to read it. " + skip,
							cause)
					: new FailureAnalysis(
							"Access to the " + resource + " on " + server
									+ " is denied, or it does not exist. Kinto responds with 403 in both cases.",
							"Create it, and give the user the permission to read it, or correct the location. " + skip,
							cause);
		}
		String reason = (cause.getCause() != null) ? ": " + cause.getCause().getMessage() : ".";
		return new FailureAnalysis("The " + resource + " cannot be read from " + server + reason,
				"Check that the server is running and that kinto.url is correct. " + skip, cause);
	}

	private static String skip(@Nullable ConfigDataLocation location) {
		Origin origin = Origin.from(location);
		return "If the application can start without this configuration, prefix the location '" + location + "'"
				+ ((origin != null) ? " at " + origin : "") + " with '" + ConfigDataLocation.OPTIONAL_PREFIX + "'.";
	}

}
