package io.kintospring.boot.event;

import org.springframework.context.ApplicationEvent;

/**
 * A Kinto server said something beside an answer. It is published before the result of
 * the operation is there: with the blocking template on the thread that waits for the
 * result, with the reactive one on the thread that received the answer, on which a
 * listener must not block.
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
