package io.kintospring.boot.event;

import io.kintospring.KintoSignal;
import io.kintospring.client.KintoSignalListener;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Signal listener that publishes the signals of a server as application events, on a
 * thread of the client. If you build your own client, pass the publisher to
 * {@code KintoClient.Builder.signalListener}.
 */
public final class KintoSignalPublisher implements KintoSignalListener {

	private final ApplicationEventPublisher eventPublisher;

	/**
	 * Create the publisher.
	 * @param eventPublisher the event publisher
	 */
	public KintoSignalPublisher(ApplicationEventPublisher eventPublisher) {
		this.eventPublisher = eventPublisher;
	}

	@Override
	public void onSignal(KintoSignal signal, String server) {
		this.eventPublisher.publishEvent(event(signal, server));
	}

	private static KintoEvent event(KintoSignal signal, String server) {
		if (signal instanceof KintoSignal.Backoff backoff) {
			return new KintoBackoffEvent(server, backoff);
		}
		if (signal instanceof KintoSignal.RetryAfter retryAfter) {
			return new KintoRetryAfterEvent(server, retryAfter);
		}
		return new KintoDeprecatedEvent(server, (KintoSignal.Deprecation) signal);
	}

}
