package io.kintospring.boot.event;

import org.springframework.context.ApplicationEvent;

/**
 * A Kinto server said something beside an answer. Events are published one after the
 * other on a thread of their own, so that a listener may block. An event can come after
 * the result of the operation.
 */
public abstract sealed class KintoEvent extends ApplicationEvent
		permits KintoBackoffEvent, KintoRetryAfterEvent, KintoDeprecatedEvent {

	KintoEvent(String server) {
		super(server);
	}

	/**
	 * Return which server said it.
	 * @return the address of the server's API, without credentials
	 */
	public String server() {
		return (String) getSource();
	}

}
