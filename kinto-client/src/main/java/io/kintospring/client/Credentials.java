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
 * The credentials for all requests that one call sends. They are asked for in the context
 * of the caller, and a call that began with credentials never goes on without.
 */
final class Credentials {

	private final KintoAuthentication authentication;

	private final boolean reused;

	private final AtomicReference<@Nullable Mono<String>> asked = new AtomicReference<>();

	private volatile @Nullable String latest;

	private Credentials(KintoAuthentication authentication, boolean reused) {
		this.authentication = authentication;
		this.reused = reused;
	}

	/**
	 * Credentials that are asked for with each request, as they can expire meanwhile.
	 */
	static Credentials renewed(KintoAuthentication authentication) {
		return new Credentials(authentication, false);
	}

	/**
	 * Credentials that are asked for with the first request only: the others are sent
	 * from other threads, which know nothing about the caller.
	 */
	static Credentials reused(KintoAuthentication authentication) {
		return new Credentials(authentication, true);
	}

	/**
	 * Ask now for what the first request needs: it may be sent from another thread, which
	 * knows nothing about the caller.
	 */
	Credentials askFor(KintoRequest first, ContextView view) {
		if (!first.headers().containsHeader(HttpHeaders.AUTHORIZATION)) {
			Mono<String> authorization = authorization(first).contextWrite(view).cache();
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
		Mono<String> authorization = (asked != null) ? asked : authorization(request);
		if (authorization instanceof Fuseable.ScalarCallable<?>) {
			return authenticate(request, authorization);
		}
		return authorization.map((credentials) -> with(request, credentials))
			.switchIfEmpty(Mono.fromSupplier(() -> with(request, null)))
			.onErrorMap((ex) -> failed(request, ex));
	}

	/**
	 * Credentials that are there, or known to be none, need no subscription.
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
	 * A call that began with credentials goes on with them.
	 */
	private KintoRequest with(KintoRequest request, @Nullable String authorization) {
		if (authorization != null) {
			require(request, authorization);
			this.latest = authorization;
		}
		String credentials = this.latest;
		return (credentials != null)
				? request.withHeaders((headers) -> headers.set(HttpHeaders.AUTHORIZATION, credentials)) : request;
	}

	/**
	 * The HTTP library would change or refuse what cannot be a header.
	 */
	private static void require(KintoRequest request, String authorization) {
		if (authorization.isEmpty()) {
			throw unusable(request, "The header would be empty: let the Mono be empty for an anonymous request");
		}
		if (!isPlain(authorization)) {
			try {
				KintoOptions.of().header(HttpHeaders.AUTHORIZATION, authorization);
			}
			catch (IllegalArgumentException ex) {
				throw unusable(request, String.valueOf(ex.getMessage()));
			}
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

	private static KintoNotSentException unusable(KintoRequest request, String reason) {
		return new KintoNotSentException(
				request + " was not sent, as the KintoAuthentication gave no usable credentials: " + reason, null);
	}

	@SuppressWarnings("NullAway")
	private Mono<String> authorization(KintoRequest request) {
		try {
			Mono<String> authorization = this.authentication.authorization();
			if (authorization == null) {
				throw unusable(request, "It returned null: return Mono.empty() for an anonymous request");
			}
			return authorization;
		}
		catch (Throwable ex) {
			return Mono.error(failed(request, ex));
		}
	}

	private static Throwable failed(KintoRequest request, Throwable ex) {
		return (ex instanceof KintoNotSentException) ? ex : new KintoNotSentException(
				request + " was not sent, as the KintoAuthentication failed", Exceptions.unwrap(ex));
	}

}
