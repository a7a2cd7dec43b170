package io.kintospring.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Mono;

/**
 * Request in flight.
 */
final class InFlight {

	private final CompletableFuture<KintoResponse> head = new CompletableFuture<>();

	private final CompletableFuture<KintoResponse> response;

	/**
	 * Send a request.
	 * @param exchange creates the exchange, which passes status and headers on as soon as
	 * they are received
	 * @param executor runs code of the application for the consumer of the response
	 */
	InFlight(Function<Consumer<KintoResponse>, Mono<KintoResponse>> exchange, Executor executor) {
		this.response = Blocking.future(exchange.apply(this.head::complete), executor);
		completeHead();
	}

	private InFlight(CompletableFuture<KintoResponse> response) {
		this.response = response;
		completeHead();
	}

	/**
	 * Return a request that completes with the first response to any of several requests.
	 */
	static InFlight anyOf(List<InFlight> requests) {
		return new InFlight(
				CompletableFuture.anyOf(requests.stream().map(InFlight::response).toArray(CompletableFuture<?>[]::new))
					.thenApply(KintoResponse.class::cast));
	}

	private void completeHead() {
		this.response.whenComplete((complete, error) -> {
			if (error != null) {
				this.head.completeExceptionally(error);
			}
			else {
				this.head.complete(complete);
			}
		});
	}

	/**
	 * Return the response with status and headers, but without a body.
	 */
	CompletableFuture<KintoResponse> head() {
		return this.head;
	}

	CompletableFuture<KintoResponse> response() {
		return this.response;
	}

	void cancel() {
		this.response.cancel(true);
		this.head.cancel(true);
	}

}
