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
 * Model of the server panel on each page, which shows the health and the latest events of
 * the server. The layout refers to it as {@code @serverPanel}.
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
	 * Return the health of the server.
	 * @return the health, or {@code null} if {@code management.health.kinto.enabled} is
	 * {@code false}
	 */
	public @Nullable IndicatedHealthDescriptor health() {
		return (IndicatedHealthDescriptor) this.healthEndpoint.healthForPath("kinto");
	}

	/**
	 * Return the latest events, the newest first.
	 */
	public List<KintoEvent> events() {
		synchronized (this.events) {
			return List.copyOf(this.events);
		}
	}

	/**
	 * Store an event. Events arrive on a thread of the client.
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
