package io.kintospring.boot.event;

import io.kintospring.KintoSignal;
import org.jspecify.annotations.Nullable;

/**
 * The server, or the way it was used, will end or has ended.
 *
 * @see <a href=
 * "https://docs.kinto-storage.org/en/stable/api/1.x/deprecation.html">Deprecation</a>
 */
public final class KintoDeprecatedEvent extends KintoEvent {

	private final KintoSignal.Deprecation deprecated;

	/**
	 * Create the event.
	 * @param server which server
	 * @param deprecated what it said
	 */
	public KintoDeprecatedEvent(String server, KintoSignal.Deprecation deprecated) {
		super(server);
		this.deprecated = deprecated;
	}

	/**
	 * Return whether the end is still to come.
	 * @return {@code soft-eol} if it is, {@code hard-eol} if it has come
	 */
	public String type() {
		return this.deprecated.type();
	}

	/**
	 * Return the server's words for people.
	 * @return the message, or {@code null} if there is none
	 */
	public @Nullable String message() {
		return this.deprecated.message();
	}

	/**
	 * Return where more is to be read.
	 * @return the address, or {@code null} if there is none
	 */
	public @Nullable String url() {
		return this.deprecated.url();
	}

	@Override
	public String toString() {
		return "Announces its end (" + type() + ")" + ((message() != null) ? ": " + message() : "");
	}

}
