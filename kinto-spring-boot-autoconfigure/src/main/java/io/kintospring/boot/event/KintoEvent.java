package io.kintospring.boot.event;

import org.springframework.context.ApplicationEvent;

/**
 * Base class for events that a Kinto server triggers with a header of a response. Events
 * are published sequentially on a separate thread, so listeners can block. An event can
 * arrive after the result of the operation.
 */
public abstract sealed class KintoEvent extends ApplicationEvent
		permits KintoBackoffEvent, KintoRetryAfterEvent, KintoDeprecatedEvent {

	KintoEvent(String server) {
		super(server);
	}

	/**
	 * Return the server that triggered the event.
	 * @return the URL of the server, without credentials
	 */
	public String server() {
		return (String) getSource();
	}

}
