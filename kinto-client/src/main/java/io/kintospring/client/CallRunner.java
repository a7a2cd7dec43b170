package io.kintospring.client;

import io.kintospring.client.Observations.Observed;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Runs single calls, and flows whose calls depend on the previous responses.
 */
final class CallRunner {

	private final RequestExecutor requests;

	private final KintoAuthentication authentication;

	private final Observations observations;

	private final ServerKnowledge knowledge;

	private final Signals signals;

	private final Closing closing;

	private final Statistics statistics;

	private final ExclusiveFlows exclusiveFlows;

	CallRunner(RequestExecutor requests, KintoAuthentication authentication, Observations observations,
			ServerKnowledge knowledge, Signals signals, Closing closing, Statistics statistics,
			ExclusiveFlows exclusiveFlows) {
		this.requests = requests;
		this.authentication = authentication;
		this.observations = observations;
		this.knowledge = knowledge;
		this.signals = signals;
		this.closing = closing;
		this.statistics = statistics;
		this.exclusiveFlows = exclusiveFlows;
	}

	<R> Mono<R> execute(KintoCall<R> call) {
		return execute(call, Credentials.renewed(this.authentication));
	}

	<R> Mono<R> execute(KintoCall<R> call, Credentials credentials) {
		Mono<R> result = Mono.deferContextual((view) -> {
			Observed observed = this.observations.start(call.request(), view);
			Mono<KintoResponse> response = this.requests.exchange(call, new RequestCredentials(credentials));
			if (observed.isNone()) {
				return response.handle((received, sink) -> read(call, received, observed, sink));
			}
			return response.doOnError(observed::stop)
				.<R>handle((received, sink) -> read(call, received, observed, sink))
				.doOnCancel(observed::stop)
				.contextWrite(observed::writeTo);
		});
		return (call.capability() != null) ? support(call, credentials).then(result) : result;
	}

	/**
	 * Read a response. Every exception is signalled, also those that Reactor treats as
	 * fatal and would throw.
	 */
	private <R> void read(KintoCall<R> call, KintoResponse response, Observed observed, SynchronousSink<R> sink) {
		R result;
		try {
			result = read(call, response, observed);
		}
		catch (Throwable ex) {
			sink.error(ExchangeErrors.signallable(call, ex));
			return;
		}
		sink.next(result);
	}

	/**
	 * Process the signals of a response, and read it.
	 */
	<R> R read(KintoCall<R> call, KintoResponse response, Observed observed) {
		observed.received(response);
		try {
			process(call, response);
			R result = call.read(response);
			observed.stop();
			return result;
		}
		catch (Throwable ex) {
			observed.stop(ex);
			throw ex;
		}
	}

	/**
	 * Count a response, and process the signals and the server information in it.
	 */
	void process(KintoCall<?> call, KintoResponse response) {
		this.statistics.received(response);
		this.signals.process(response);
		this.knowledge.learn(call, response);
	}

	/**
	 * Complete if the server supports a call, or fail.
	 */
	Mono<Void> support(KintoCall<?> call, Credentials credentials) {
		return Mono.defer(() -> execute(this.knowledge.requirement(call), credentials)).then();
	}

	/**
	 * Return if the server supports a call, or throw an exception.
	 */
	void awaitSupport(KintoCall<?> call, Credentials credentials) {
		await(this.knowledge.requirement(call), credentials);
	}

	<R> Mono<R> execute(KintoFlow<R> flow) {
		return Mono.defer(() -> execute(flow, Credentials.reused(this.authentication)));
	}

	<R> Mono<R> execute(KintoFlow<R> flow, Credentials credentials) {
		return Mono.just(flow).expand((rest) -> next(rest, credentials)).last().map(CallRunner::result);
	}

	private <R> Mono<KintoFlow<R>> next(KintoFlow<R> flow, Credentials credentials) {
		if (flow instanceof KintoFlow.Exclusive<R> exclusive) {
			return Mono.deferContextual((view) -> this.exclusiveFlows.execute(exclusive,
					execute(exclusive.flow(), credentials), () -> askFor(exclusive.flow(), credentials, view)));
		}
		if (!(flow instanceof KintoFlow.Ask<R> ask)) {
			return Mono.empty();
		}
		count(ask);
		Mono<KintoFlow<R>> rest = execute(ask.call(), credentials);
		return ask.pause().isZero() ? rest : this.closing.pause(ask, ask.pause()).then(rest);
	}

	private static void askFor(KintoFlow<?> flow, Credentials credentials, ContextView view) {
		if (flow instanceof KintoFlow.Ask<?> ask) {
			credentials.askFor(ask.call().request(), view);
		}
	}

	<R> R await(KintoCall<R> call) {
		return await(call, Credentials.renewed(this.authentication));
	}

	<R> R await(KintoCall<R> call, Credentials credentials) {
		awaitSupport(call, credentials);
		Blocking.require(call);
		Observed observed = this.observations.start(call.request(), Context.empty());
		KintoResponse response;
		try {
			Mono<KintoResponse> exchange = this.requests.exchange(call, new RequestCredentials(credentials));
			response = WaitingThread.await(call,
					observed.isNone() ? exchange : exchange.contextWrite(observed::writeTo));
		}
		catch (Throwable ex) {
			observed.stop(ex);
			throw ex;
		}
		return read(call, response, observed);
	}

	<R> R await(KintoFlow<R> flow) {
		return await(flow, Credentials.renewed(this.authentication));
	}

	<R> R await(KintoFlow<R> flow, Credentials credentials) {
		KintoFlow<R> rest = flow;
		while (!(rest instanceof KintoFlow.Done<R> done)) {
			rest = awaitNext(rest, credentials);
		}
		return done.result();
	}

	private <R> KintoFlow<R> awaitNext(KintoFlow<R> flow, Credentials credentials) {
		if (flow instanceof KintoFlow.Exclusive<R> exclusive) {
			return this.exclusiveFlows.await(exclusive, () -> await(exclusive.flow(), credentials));
		}
		KintoFlow.Ask<R> ask = (KintoFlow.Ask<R>) flow;
		count(ask);
		this.closing.awaitPause(ask, ask.pause());
		return await(ask.call(), credentials);
	}

	private void count(KintoFlow.Ask<?> ask) {
		if (ask.repeated()) {
			this.statistics.repeatedUpdate();
		}
	}

	private static <R> R result(KintoFlow<R> flow) {
		return ((KintoFlow.Done<R>) flow).result();
	}

}
