package io.kintospring.boot.event;

import java.util.function.Consumer;

import io.kintospring.KintoSignal;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what a server says beside its answers as application events. For a client of
 * your own, give it to {@code KintoClient.Builder.signalListener}.
 */
public final class KintoSignalPublisher implements Consumer<KintoSignal> {

	private final String server;

	private final ApplicationEventPublisher eventPublisher;

	/**
	 * Create the publisher.
	 * @param server the address of the server's API, without credentials
	 * @param eventPublisher publishes events
	 */
	public KintoSignalPublisher(String server, ApplicationEventPublisher eventPublisher) {
		this.server = server;
		this.eventPublisher = eventPublisher;
	}

	@Override
	public void accept(KintoSignal signal) {
		this.eventPublisher.publishEvent(event(signal));
	}

	private KintoEvent event(KintoSignal signal) {
		if (signal instanceof KintoSignal.Backoff backoff) {
			return new KintoBackoffEvent(this.server, backoff);
		}
		if (signal instanceof KintoSignal.RetryAfter retryAfter) {
			return new KintoRetryAfterEvent(this.server, retryAfter);
		}
		return new KintoDeprecatedEvent(this.server, (KintoSignal.Deprecation) signal);
	}

}
