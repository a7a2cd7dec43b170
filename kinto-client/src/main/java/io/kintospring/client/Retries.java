package io.kintospring.client;

import java.io.IOException;
import java.io.Serial;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoRetry;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.BatchMembers;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Retries failed requests if that cannot apply them twice.
 *
 * @see KintoRetry
 */
final class Retries {

	private final KintoRetry defaults;

	private final Duration callTimeout;

	private final Clock clock;

	private final Closing closing;

	private final BackoffGate gate;

	private final Signals signals;

	private final Statistics statistics;

	Retries(KintoRetry defaults, Duration callTimeout, Clock clock, Closing closing, BackoffGate gate, Signals signals,
			Statistics statistics) {
		this.defaults = defaults;
		this.callTimeout = callTimeout;
		this.clock = clock;
		this.closing = closing;
		this.gate = gate;
		this.signals = signals;
		this.statistics = statistics;
	}

	/**
	 * Exchange a request, and exchange it again if it failed.
	 * @param call the call
	 * @param credentials the credentials of the call
	 * @param exchange exchanges the request once. It passes on what tracks how far the
	 * exchange gets.
	 * @param timeout the maximum duration of one exchange
	 */
	Mono<KintoResponse> exchange(KintoCall<?> call, RequestCredentials credentials,
			Function<Consumer<Attempts>, Mono<KintoResponse>> exchange, Duration timeout) {
		if (!isEnabled(call.request())) {
			return exchange.apply((attempts) -> {
			});
		}
		Run run = new Run(call, credentials, exchange, retry(call.request()), timeout);
		return run.checked().onErrorResume((failure) -> run.repeat(failure));
	}

	/**
	 * Exchange a request like {@link #exchange}, but not before the end of the backoff.
	 */
	Mono<KintoResponse> exchangeAfterBackoff(KintoCall<?> call, RequestCredentials credentials,
			Function<Consumer<Attempts>, Mono<KintoResponse>> exchange, Duration timeout) {
		Run run = new Run(call, credentials, exchange, retry(call.request()), timeout);
		return isEnabled(call.request())
				? run.afterBackoff(run.checked()).onErrorResume((failure) -> run.repeat(failure))
				: run.afterBackoff(run.once());
	}

	/**
	 * Return whether a request may be sent again. A body that can be read only once
	 * cannot.
	 */
	private boolean isEnabled(KintoRequest request) {
		return retry(request).maxRetries() > 0 && !request.isProbe()
				&& (request.body() == null || !request.body().isOpen());
	}

	/**
	 * Return how long a call may take, which is never less than one exchange.
	 */
	private Duration callTimeout(Duration timeout) {
		return (timeout.compareTo(this.callTimeout) > 0) ? timeout : this.callTimeout;
	}

	/**
	 * Return the pause before a rejected request is sent again.
	 * @param request the request
	 * @param retries how often it was sent again before
	 * @param members the responses to its calls
	 * @return the pause, or {@code null} if the request must not be sent again
	 */
	@Nullable Duration pause(KintoRequest request, int retries, BatchMembers members) {
		KintoRetry retry = retry(request);
		Duration retryAfter = members.retryAfter(this.clock.instant());
		return (retryAfter != null && retries < retry.maxRetries()) ? pause(retryAfter, retry) : null;
	}

	/**
	 * Return the pause for a {@code Retry-After}, or {@code null} if that is too long.
	 */
	private static @Nullable Duration pause(Duration retryAfter, KintoRetry retry) {
		return (retryAfter.compareTo(retry.maxDelay()) <= 0) ? prolonged(retryAfter, retry) : null;
	}

	private KintoRetry retry(KintoRequest request) {
		return (request.retry() != null) ? request.retry() : this.defaults;
	}

	/**
	 * Many clients get the same {@code Retry-After}, and should not return at the same
	 * time.
	 */
	private static Duration prolonged(Duration retryAfter, KintoRetry retry) {
		long most = (long) (retryAfter.toMillis() * retry.jitter());
		return shorter(retryAfter.plusMillis(ThreadLocalRandom.current().nextLong(most + 1)), retry.maxDelay());
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	/**
	 * Attempts of one request.
	 */
	private final class Run {

		private final KintoCall<?> call;

		private final RequestCredentials credentials;

		private final Function<Consumer<Attempts>, Mono<KintoResponse>> exchange;

		private final KintoRetry retry;

		private final Duration timeout;

		private volatile long start = now();

		/** Since when the run waits for the thread of the caller. */
		private volatile @Nullable Long suspended;

		private @Nullable BackOffExecution backOff;

		private volatile int retries;

		/** Whether an earlier attempt may have reached the server. */
		private volatile boolean sent;

		/** Tracks the current attempt. */
		private volatile @Nullable Attempts current;

		private volatile boolean credentialsRenewed;

		/** Failure of a write that may have been applied. */
		private volatile @Nullable KintoException uncertain;

		Run(KintoCall<?> call, RequestCredentials credentials,
				Function<Consumer<Attempts>, Mono<KintoResponse>> exchange, KintoRetry retry, Duration timeout) {
			this.call = call;
			this.credentials = credentials;
			this.exchange = exchange;
			this.retry = retry;
			this.timeout = timeout;
		}

		/**
		 * Exchange the request, and signal a response as an error if it may be a reason
		 * to send the request again.
		 */
		Mono<KintoResponse> checked() {
			return once().handle(this::check);
		}

		Mono<KintoResponse> once() {
			return this.exchange.apply((attempts) -> this.current = attempts);
		}

		/**
		 * Wait for the end of the backoff, which leaves less time for the first attempt.
		 */
		Mono<KintoResponse> afterBackoff(Mono<KintoResponse> attempt) {
			return inTime(Retries.this.gate.pass(this.call.request(), remaining()).then(attempt));
		}

		private Mono<KintoResponse> inTime(Mono<KintoResponse> attempts) {
			return attempts.timeout(OwnThreads.signalling(end()), Mono.error(this::late));
		}

		private void check(KintoResponse response, SynchronousSink<KintoResponse> sink) {
			int status = response.status();
			boolean unauthorized = this.call.isUnauthorized(response);
			if (unauthorized || status == 409 || status == 429 || response.isOfGateway()) {
				sink.error(new Rejected(response, unauthorized));
			}
			else {
				sink.next(response);
			}
		}

		/**
		 * Send the request again until there is a result.
		 */
		Mono<KintoResponse> repeat(Throwable failure) {
			Mono<KintoResponse> attempts = Mono
				.defer(() -> (this.retries == 0 && !this.credentialsRenewed) ? Mono.error(failure) : again());
			Duration remaining = remaining();
			Mono<KintoResponse> result = remaining.isZero() ? Mono.error(failure) : inTime(attempts
				.retryWhen(Retry.from((signals) -> signals.concatMap((signal) -> pauseAfter(signal.failure())))));
			return result.onErrorResume(Rejected.class, (rejected) -> Mono.just(rejected.response))
				.map((response) -> (this.uncertain != null) ? response.repeated(this.uncertain) : response)
				.onErrorMap(this::result);
		}

		/**
		 * Exchange the request again, unless the server asked other calls to back off in
		 * the meantime. If the authentication failed before, it is invoked again.
		 */
		private Mono<KintoResponse> again() {
			return Retries.this.gate.pass(this.call.request(), remaining())
				.then(this.credentials.areKnown() ? checked() : inContextOfCaller(this::checked));
		}

		private static long now() {
			return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
		}

		/**
		 * Complete when there is no time left, which can take longer if the run is
		 * suspended.
		 */
		private Mono<Void> end() {
			return Mono.defer(() -> Mono.delay(remaining())).repeat(() -> !remaining().isZero()).then();
		}

		private Duration remaining() {
			Long suspendedSince = this.suspended;
			long until = (suspendedSince != null) ? suspendedSince : now();
			Duration remaining = callTimeout(this.timeout).minusNanos(until - this.start);
			return remaining.isNegative() ? Duration.ZERO : remaining;
		}

		private KintoTransportException late() {
			String limit = callTimeout(this.timeout).toMillis() + " ms, in " + (this.retries + 1) + " attempts";
			Attempts interrupted = this.current;
			return (this.sent || (interrupted != null && !interrupted.isUnsent()))
					? new KintoTransportException(this.call + ": no successful response within " + limit,
							new TimeoutException())
					: new KintoNotSentException(this.call + " was not sent within " + limit, new TimeoutException());
		}

		/**
		 * Complete when the request may be sent again, or fail with the failure.
		 */
		private Mono<Boolean> pauseAfter(Throwable failure) {
			this.current = null;
			if (failure instanceof Rejected rejected) {
				return pauseAfter(rejected);
			}
			if (!(failure instanceof KintoTransportException transport) || !isTemporary(transport)) {
				return Mono.error(failure);
			}
			if (failure instanceof KintoNotSentException) {
				return pause(failure, nextDelay(), null);
			}
			this.sent = true;
			return pauseIfRepeatable(transport, transport);
		}

		private Mono<Boolean> pauseAfter(Rejected rejected) {
			this.sent = true;
			KintoResponse response = rejected.response;
			if (rejected.unauthorized) {
				return renewCredentials(rejected);
			}
			Duration retryAfter = response.retryAfter(Retries.this.clock.instant());
			if (retryAfter != null) {
				Duration pause = Retries.pause(retryAfter, this.retry);
				return (pause != null) ? pause(rejected, longer(pause, nextDelay()), null) : Mono.error(rejected);
			}
			return response.isOfGateway() ? pauseIfRepeatable(rejected, error(response)) : Mono.error(rejected);
		}

		/**
		 * Renew the credentials, once.
		 */
		private Mono<Boolean> renewCredentials(Rejected rejected) {
			if (this.credentialsRenewed) {
				return Mono.error(rejected);
			}
			return inContextOfCaller(() -> this.credentials.renew(this.call.request())).flatMap((renewed) -> {
				this.credentialsRenewed = renewed;
				return renewed ? repeatAfter(rejected, Duration.ZERO) : Mono.error(rejected);
			});
		}

		/**
		 * Invoke the authentication in the context of the caller. A thread that consumes
		 * a stream does it when it waits for the next page, which can be late.
		 */
		private <R> Mono<R> inContextOfCaller(Supplier<Mono<R>> authenticated) {
			return Mono.deferContextual((context) -> {
				this.suspended = now();
				return Mono.defer(() -> {
					resume();
					return authenticated.get();
				}).subscribeOn(Schedulers.fromExecutor(Blocking.executor(context)));
			});
		}

		private void resume() {
			Long since = this.suspended;
			if (since != null) {
				this.start = this.start + now() - since;
				this.suspended = null;
			}
		}

		/**
		 * Pause if the request may be sent again although it may have been applied.
		 */
		private Mono<Boolean> pauseIfRepeatable(Throwable failure, KintoException error) {
			return this.call.isRepeatable() ? pause(failure, nextDelay(), error) : Mono.error(failure);
		}

		/**
		 * Keep the first failure without a response, because the status of a gateway
		 * would be misleading.
		 */
		private void remember(KintoException error) {
			if (!(this.uncertain instanceof KintoTransportException)) {
				this.uncertain = error;
			}
		}

		private Throwable result(Throwable failure) {
			if (this.uncertain == null) {
				return failure;
			}
			if (failure instanceof KintoTransportException error && !(failure instanceof KintoNotSentException)) {
				remember(error);
			}
			return this.uncertain;
		}

		private KintoException error(KintoResponse response) {
			try {
				this.call.read(response);
			}
			catch (KintoException ex) {
				return ex;
			}
			return new KintoTransportException(this.call + ": the response was " + response.status(), null);
		}

		private Duration nextDelay() {
			if (this.backOff == null) {
				ExponentialBackOff exponential = new ExponentialBackOff(this.retry.delay().toMillis(), 2);
				exponential.setMaxInterval(this.retry.maxDelay().toMillis());
				exponential.setJitter((long) (this.retry.delay().toMillis() * this.retry.jitter()));
				this.backOff = exponential.start();
			}
			return Duration.ofMillis(this.backOff.nextBackOff());
		}

		/**
		 * Pause, unless the limit of attempts or of the duration is reached.
		 * @param possiblyApplied the error if the request may have been applied
		 */
		private Mono<Boolean> pause(Throwable failure, Duration delay, @Nullable KintoException possiblyApplied) {
			KintoResponse response = (failure instanceof Rejected rejected) ? rejected.response : null;
			Duration backoff = Retries.this.gate.delay(this.call.request(), response);
			Duration pause = longer(delay, backoff);
			if (this.retries == this.retry.maxRetries() || pause.compareTo(remaining()) >= 0
					|| (!backoff.isZero() && Retries.this.gate.isFailing())) {
				return Mono.error(failure);
			}
			this.retries = this.retries + 1;
			if (possiblyApplied != null && !this.call.request().isRead()) {
				remember(possiblyApplied);
			}
			return repeatAfter(failure, pause);
		}

		private Mono<Boolean> repeatAfter(Throwable failure, Duration pause) {
			Retries.this.statistics.retried();
			if (failure instanceof Rejected rejected) {
				Retries.this.signals.process(rejected.response);
			}
			return OwnThreads.signalling(Retries.this.closing.pause(this.call, pause)).thenReturn(true);
		}

		/**
		 * Return whether the cause of a failure may be gone at the next attempt.
		 */
		private static boolean isTemporary(KintoTransportException failure) {
			Throwable cause = failure.getCause();
			return (cause instanceof IOException && !isOfCertificate(cause)) || cause instanceof TimeoutException;
		}

		private static boolean isOfCertificate(Throwable failure) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof CertificateException) {
					return true;
				}
			}
			return false;
		}

	}

	/**
	 * Signals a response that may be a reason to send the request again.
	 */
	private static final class Rejected extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		private final transient KintoResponse response;

		private final boolean unauthorized;

		Rejected(KintoResponse response, boolean unauthorized) {
			super(null, null, false, false);
			this.response = response;
			this.unauthorized = unauthorized;
		}

	}

}
