package io.kintospring.boot.event;

import java.util.Set;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;

/**
 * Event for changes of configuration that was imported from Kinto. When it is published,
 * the environment contains the new values. It is published on the thread of the watch, so
 * listeners that block delay the next poll.
 */
public final class KintoConfigChangedEvent extends ApplicationContextEvent {

	private final Set<String> keys;

	/**
	 * Create the event.
	 * @param context the application context whose environment changed
	 * @param keys the names of the properties that changed
	 */
	public KintoConfigChangedEvent(ApplicationContext context, Set<String> keys) {
		super(context);
		this.keys = Set.copyOf(keys);
	}

	/**
	 * Return the names of the properties that were added, changed or removed in Kinto. A
	 * property source with higher precedence can override them.
	 * @return the names; the event contains no values, because they can be secrets
	 */
	public Set<String> keys() {
		return this.keys;
	}

	@Override
	public String toString() {
		return "Configuration changed: " + this.keys;
	}

}
