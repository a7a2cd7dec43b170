package io.kintospring.boot.event;

import io.kintospring.KintoSignal;
import org.jspecify.annotations.Nullable;

/**
 * Event for an {@code Alert} header: the service or the used API is deprecated or has
 * been removed.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/deprecation.html">Deprecation</a>
 */
public final class KintoDeprecatedEvent extends KintoEvent {

	private final KintoSignal.Deprecation deprecated;

	/**
	 * Create the event.
	 * @param server the URL of the server
	 * @param deprecated the signal of the server
	 */
	public KintoDeprecatedEvent(String server, KintoSignal.Deprecation deprecated) {
		super(server);
		this.deprecated = deprecated;
	}

	/**
	 * Return the type of the deprecation.
	 * @return {@code soft-eol} before the end of life, {@code hard-eol} after it
	 */
	public String type() {
		return this.deprecated.type();
	}

	/**
	 * Return the human-readable message of the server.
	 * @return the message, or {@code null} if there is none
	 */
	public @Nullable String message() {
		return this.deprecated.message();
	}

	/**
	 * Return the URL of further information.
	 * @return the URL, or {@code null} if there is none
	 */
	public @Nullable String url() {
		return this.deprecated.url();
	}

	@Override
	public String toString() {
		return "Deprecated (" + type() + "): " + server() + ((message() != null) ? ": " + message() : "");
	}

}
