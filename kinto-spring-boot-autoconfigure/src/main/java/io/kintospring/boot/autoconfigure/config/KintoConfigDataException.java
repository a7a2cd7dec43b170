package io.kintospring.boot.autoconfigure.config;

import io.kintospring.KintoException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.origin.Origin;

/**
 * Exception for an import that can never succeed, so the prefix {@code optional:} does
 * not help. Its message contains no credentials and no values of properties.
 */
class KintoConfigDataException extends ConfigDataException {

	private final String action;

	private KintoConfigDataException(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	static KintoConfigDataException invalidLocation(ConfigDataLocation location, @Nullable String reason) {
		Origin origin = Origin.from(location);
		return new KintoConfigDataException("The location '" + location + "' is invalid: " + reason + ".",
				"Correct the location" + ((origin != null) ? " at " + origin : "")
						+ ", such as kinto:main/config/my-app. Ids consist of letters, digits, '-' and '_'.",
				null);
	}

	static KintoConfigDataException unusableData(String object, String server, String reason) {
		return new KintoConfigDataException(
				"The " + object + " on the Kinto server at " + server + " cannot be used as properties: " + reason
						+ ".",
				"Correct the record. Each field becomes a property, so its name must not be blank, and no two fields"
						+ " may have the same property name.",
				null);
	}

	static KintoConfigDataException unreadable(KintoConfigDataResource resource, KintoException cause) {
		return new KintoConfigDataException(
				"The " + resource + " on the server at " + resource.connection().server()
						+ " cannot be read as configuration: " + cause.getMessage(),
				"Check that kinto.url is the root URL of a Kinto API, such as https://kinto.example.com/v1.", cause);
	}

	/**
	 * Return how to solve the problem.
	 */
	String action() {
		return this.action;
	}

}
