package io.kintospring.client;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
	private volatile boolean handedOver;

	/** Whether the transport records its attempts here. */
	private volatile boolean recorded;

	private final Queue<URI> addresses = new ConcurrentLinkedQueue<>();

	private final AtomicInteger maybeSent = new AtomicInteger();

	/** How many of these attempts have no connection yet. */
	private final AtomicInteger connecting = new AtomicInteger();

	void handedOver() {
		this.handedOver = true;
	}

	void startRecording() {
		this.recorded = true;
	}

	/**
	 * Return whether the server has certainly not received the request.
	 */
	boolean isUnsent() {
		return !this.handedOver || (this.recorded && this.maybeSent.get() <= this.connecting.get());
	}

	/**
	 * Note that the HTTP library opens a connection for an attempt, or waits for one.
	 * @param request the request of the attempt
	 * @return must be run before anything of the request is sent, and if the attempt
	 * fails
	 */
	static Runnable connecting(ClientRequest request) {
		if (!(request.attributes().get(ATTRIBUTE) instanceof Attempts attempts)) {
			return () -> {
			};
		}
		attempts.connecting.incrementAndGet();
		AtomicBoolean ended = new AtomicBoolean();
		return () -> {
			if (ended.compareAndSet(false, true)) {
				attempts.connecting.decrementAndGet();
			}
		};
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

}
