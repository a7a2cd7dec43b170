package io.kintospring.client;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Tracks how far the request of one exchange got: whether the transport received it, and
 * how often it reached the HTTP library. Filters of the application may repeat a request,
 * change its URL, or fail without sending it.
 */
final class Attempts {

	/** Attribute of a request with the attempts of its exchange. */
	static final String ATTRIBUTE = Attempts.class.getName();

	/** Whether the transport received the request. */
	private boolean handedOver;

	/** Whether the transport records its attempts here. */
	private volatile boolean recorded;

	/** Whether the caller was told that the request was not sent. */
	private boolean abandoned;

	/** How many attempts have no connection yet. */
	private int connecting;

	private final Queue<URI> addresses = new ConcurrentLinkedQueue<>();

	private final AtomicInteger maybeSent = new AtomicInteger();

	synchronized void handedOver() {
		requireWanted();
		this.handedOver = true;
	}

	void startRecording() {
		this.recorded = true;
	}

	/**
	 * Return whether the server has certainly not received the request, and will not
	 * receive it later.
	 */
	synchronized boolean isUnsent() {
		this.abandoned |= !this.handedOver || (this.recorded && this.maybeSent.get() <= this.connecting);
		return this.abandoned;
	}

	private void requireWanted() {
		if (this.abandoned) {
			throw new CancellationException("The request is not wanted any more");
		}
	}

	/**
	 * Note that the HTTP library waits for a connection for an attempt.
	 * @param request the request of the attempt
	 */
	static Connecting connecting(ClientRequest request) {
		Attempts attempts = (request.attributes().get(ATTRIBUTE) instanceof Attempts known) ? known : new Attempts();
		return attempts.new Connecting();
	}

	/**
	 * Filter that records each attempt. It must be the last filter. It finds the exchange
	 * in the Reactor context, because a filter may build a request without the
	 * attributes.
	 */
	static Mono<ClientResponse> exchange(ClientRequest request, ExchangeFunction library,
			Predicate<Throwable> beforeSending) {
		return Mono.deferContextual((context) -> {
			Attempts attempts = context.getOrDefault(Attempts.class, null);
			return ((attempts != null) ? attempts : new Attempts()).attempt(request, library, beforeSending);
		});
	}

	private Mono<ClientResponse> attempt(ClientRequest request, ExchangeFunction library,
			Predicate<Throwable> beforeSending) {
		this.addresses.add(request.url());
		this.maybeSent.incrementAndGet();
		return library.exchange(request).doOnError(beforeSending, (ex) -> this.maybeSent.decrementAndGet());
	}

	boolean maybeSent() {
		return this.maybeSent.get() > 0;
	}

	boolean isEmpty() {
		return this.addresses.isEmpty();
	}

	boolean contains(@Nullable URI address) {
		return address != null && this.addresses.contains(address);
	}

	/**
	 * Attempt that has no connection yet.
	 */
	final class Connecting {

		private boolean ended;

		private Connecting() {
			synchronized (Attempts.this) {
				Attempts.this.connecting++;
			}
		}

		/**
		 * Note that the request is sent now.
		 * @throws CancellationException if it must not be sent any more
		 */
		void sending() {
			synchronized (Attempts.this) {
				requireWanted();
				end();
			}
		}

		void end() {
			synchronized (Attempts.this) {
				Attempts.this.connecting -= this.ended ? 0 : 1;
				this.ended = true;
			}
		}

	}

}
