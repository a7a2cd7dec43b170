package io.kintospring.client;

import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoOptions;
import io.kintospring.protocol.KintoRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;

/**
 * Credentials for all requests of one call. The authentication is invoked in the context
 * of the caller. A call that has credentials never sends a request without them.
 */
final class Credentials {

	private final KintoAuthentication authentication;

	private final boolean reused;

	private final AtomicReference<@Nullable Mono<String>> asked = new AtomicReference<>();

	/** Credentials that were requested and are shared until they are there. */
	private volatile @Nullable Mono<String> pending;

	private volatile @Nullable String latest;

	private Credentials(KintoAuthentication authentication, boolean reused) {
		this.authentication = authentication;
		this.reused = reused;
	}

	/**
	 * Create credentials that are requested for each request, because they can expire
	 * during the call.
	 */
	static Credentials renewed(KintoAuthentication authentication) {
		return new Credentials(authentication, false);
	}

	/**
	 * Create credentials that are requested once. Later requests are sent from other
	 * threads, which do not have the context of the caller.
	 */
	static Credentials reused(KintoAuthentication authentication) {
		return new Credentials(authentication, true);
	}

	/**
	 * Request the credentials of the first request now, because it may be sent from a
	 * thread without the context of the caller.
	 */
	Credentials askFor(KintoRequest first, ContextView view) {
		if (!first.headers().containsHeader(HttpHeaders.AUTHORIZATION) && (!this.reused || this.latest == null)) {
			Mono<String> authorization = next(first, null).contextWrite(view).cache();
			authorization.onErrorComplete().subscribe();
			this.asked.set(authorization);
		}
		return this;
	}

	/**
	 * Add the credentials to a request that has none of its own.
	 */
	Mono<KintoRequest> authenticate(KintoRequest request) {
		if (request.headers().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return Mono.just(request);
		}
		if (this.reused && this.latest != null) {
			return Mono.just(with(request, null));
		}
		Mono<String> asked = this.asked.getAndSet(null);
		Mono<String> authorization = (asked != null) ? asked : next(request, null);
		if (authorization instanceof Fuseable.ScalarCallable<?>) {
			return authenticate(request, authorization);
		}
		return authorization.map((credentials) -> with(request, credentials))
			.switchIfEmpty(Mono.fromSupplier(() -> with(request, null)))
			.onErrorMap((ex) -> failed(request, ex));
	}

	/**
	 * Return other credentials than those that the server rejected, if there are any.
	 */
	Mono<String> renew(KintoRequest request, String rejected) {
		return next(request, rejected).filter((credentials) -> !credentials.equals(rejected))
			.doOnNext((credentials) -> accept(request, credentials));
	}

	private Mono<String> next(KintoRequest request, @Nullable String rejected) {
		return this.reused ? shared(request, rejected) : authorization(request);
	}

	/**
	 * Return the latest credentials, unless they were rejected. Otherwise, request other
	 * ones, once for requests that are sent at the same time.
	 */
	private synchronized Mono<String> shared(KintoRequest request, @Nullable String rejected) {
		String known = this.latest;
		if (known != null && !known.equals(rejected)) {
			return Mono.just(known);
		}
		Mono<String> requested = this.pending;
		if (requested != null) {
			return requested;
		}
		Mono<String> authorization = kept(authorization(request));
		if (authorization instanceof Fuseable.ScalarCallable<?>) {
			return authorization;
		}
		Mono<String> shared = authorization.doOnTerminate(() -> this.pending = null)
			.doOnCancel(() -> this.pending = null)
			.share();
		this.pending = shared;
		return shared;
	}

	/**
	 * Keep shared credentials as soon as they are there. A request that gets them later
	 * does not, because there can be newer ones by then.
	 */
	private Mono<String> kept(Mono<String> authorization) {
		if (!(authorization instanceof Fuseable.ScalarCallable<?>)) {
			return authorization.doOnNext(this::keep);
		}
		try {
			keep(authorization.block());
		}
		catch (RuntimeException ex) {
			// the request gets it from the result
		}
		return authorization;
	}

	private void keep(@Nullable String authorization) {
		if (authorization != null && problem(authorization) == null) {
			this.latest = authorization;
		}
	}

	/**
	 * Add credentials that are available without a subscription.
	 */
	private Mono<KintoRequest> authenticate(KintoRequest request, Mono<String> known) {
		try {
			return Mono.just(with(request, known.block()));
		}
		catch (RuntimeException ex) {
			return Mono.error(failed(request, ex));
		}
	}

	/**
	 * Add the given credentials, or the latest ones if there are none.
	 */
	private KintoRequest with(KintoRequest request, @Nullable String authorization) {
		if (authorization != null) {
			accept(request, authorization);
		}
		String credentials = (authorization != null) ? authorization : this.latest;
		return (credentials != null)
				? request.withHeaders((headers) -> headers.set(HttpHeaders.AUTHORIZATION, credentials)) : request;
	}

	/**
	 * Reject invalid header values before the HTTP library changes or rejects them.
	 * Shared credentials are kept earlier.
	 */
	private void accept(KintoRequest request, String authorization) {
		String problem = problem(authorization);
		if (problem != null) {
			throw invalid(request, problem);
		}
		if (!this.reused) {
			this.latest = authorization;
		}
	}

	private static @Nullable String problem(String authorization) {
		if (authorization.isEmpty()) {
			return "The value is empty: return Mono.empty() for an anonymous request";
		}
		if (isPlain(authorization)) {
			return null;
		}
		try {
			KintoOptions.of().header(HttpHeaders.AUTHORIZATION, authorization);
			return null;
		}
		catch (IllegalArgumentException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private static boolean isPlain(String authorization) {
		for (int i = 0; i < authorization.length(); i++) {
			char ch = authorization.charAt(i);
			if (ch < ' ' || ch > '~') {
				return false;
			}
		}
		return authorization.charAt(0) != ' ' && authorization.charAt(authorization.length() - 1) != ' ';
	}

	private static KintoNotSentException invalid(KintoRequest request, String reason) {
		return new KintoNotSentException(
				request + " was not sent: the KintoAuthentication returned invalid credentials: " + reason, null);
	}

	@SuppressWarnings("NullAway")
	private Mono<String> authorization(KintoRequest request) {
		try {
			Mono<String> authorization = this.authentication.authorization();
			if (authorization == null) {
				throw invalid(request, "It returned null: return Mono.empty() for an anonymous request");
			}
			return authorization;
		}
		catch (Throwable ex) {
			return Mono.error(failed(request, ex));
		}
	}

	private static Throwable failed(KintoRequest request, Throwable ex) {
		return (ex instanceof KintoNotSentException) ? ex : new KintoNotSentException(
				request + " was not sent: the KintoAuthentication failed", Exceptions.unwrap(ex));
	}

}
