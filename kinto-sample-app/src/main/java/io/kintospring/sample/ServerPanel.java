package io.kintospring.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.kintospring.boot.event.KintoEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What each page tells of the server, as {@code @serverPanel} in the layout: its health,
 * and what it said last beside its answers.
 */
@Component
class ServerPanel {

	private static final int EVENTS = 5;

	private final HealthEndpoint healthEndpoint;

	private final Deque<KintoEvent> events = new ArrayDeque<>();

	ServerPanel(HealthEndpoint healthEndpoint) {
		this.healthEndpoint = healthEndpoint;
	}

	/**
	 * Ask for the server's health.
	 * @return the health, or {@code null} if management.health.kinto.enabled is off
	 */
	public @Nullable IndicatedHealthDescriptor health() {
		return (IndicatedHealthDescriptor) this.healthEndpoint.healthForPath("kinto");
	}

	/**
	 * Return the last events, the latest first.
	 */
	public List<KintoEvent> events() {
		synchronized (this.events) {
			return List.copyOf(this.events);
		}
	}

	/**
	 * Remember an event. This is called on a thread that must not wait.
	 */
	@EventListener
	void remember(KintoEvent event) {
		synchronized (this.events) {
			this.events.addFirst(event);
			if (this.events.size() > EVENTS) {
				this.events.removeLast();
			}
		}
	}

}
