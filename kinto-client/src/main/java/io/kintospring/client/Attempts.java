package io.kintospring.client;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * How far the request of one exchange came: whether the transport has it, and how often
 * it has reached the HTTP library. Filters of the application may repeat a request,
 * change its address, or fail without sending it.
 */
final class Attempts {

	private volatile boolean withTransport;

	private volatile boolean recorded;

	private final Queue<URI> addresses = new ConcurrentLinkedQueue<>();

	private final AtomicInteger maybeSent = new AtomicInteger();

	/**
	 * The transport has the request now.
	 */
	void handOver() {
		this.withTransport = true;
	}

	/**
	 * The transport records each attempt.
	 */
	void record() {
		this.recorded = true;
	}

	/**
	 * Return whether it is certain that the server has seen nothing.
	 */
	boolean isUnsent() {
		return !this.withTransport || (this.recorded && !maybeSent());
	}

	/**
	 * Filter that records each attempt; it has to be the last one. The exchange is found
	 * in the context, as a filter may build a request without the attributes.
	 */
	static Mono<ClientResponse> record(ClientRequest request, ExchangeFunction library,
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

	/**
	 * Return whether the server may have seen an attempt.
	 */
	boolean maybeSent() {
		return this.maybeSent.get() > 0;
	}

	/**
	 * Return whether no attempt has reached the library.
	 */
	boolean isEmpty() {
		return this.addresses.isEmpty();
	}

	/**
	 * Return whether an attempt had this address.
	 */
	boolean contains(@Nullable URI address) {
		return address != null && this.addresses.contains(address);
	}

}
