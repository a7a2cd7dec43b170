package io.kintospring.client;

import io.kintospring.protocol.KintoRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;

/**
 * Credentials of one request. If it is sent again, then with the same identity, although
 * that may happen on another thread than that of the caller.
 */
final class RequestCredentials {

	private static final Log logger = LogFactory.getLog(RequestCredentials.class);

	private final Credentials credentials;

	/** Whether the request was sent, with or without credentials. */
	private volatile boolean known;

	private volatile @Nullable String sent;

	private volatile @Nullable Mono<KintoRequest> asked;

	RequestCredentials(Credentials credentials) {
		this.credentials = credentials;
	}

	/**
	 * Request the credentials now, because the request has to wait and is then sent from
	 * a thread without the context of the caller.
	 */
	void askFor(KintoRequest request, ContextView view) {
		if (!request.headers().containsHeader(HttpHeaders.AUTHORIZATION)) {
			Mono<KintoRequest> authenticated = this.credentials.authenticate(request)
				.contextWrite(Blocking.notAwaited(Context.of(view)))
				.cache();
			authenticated.onErrorComplete().subscribe();
			this.asked = authenticated;
		}
	}

	/**
	 * Add the credentials to a request that has none of its own.
	 */
	Mono<KintoRequest> authenticate(KintoRequest request) {
		String before = this.sent;
		if (before != null) {
			return Mono.just(request.withHeaders((headers) -> headers.set(HttpHeaders.AUTHORIZATION, before)));
		}
		if (this.known || request.headers().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return Mono.just(request);
		}
		Mono<KintoRequest> authenticated = this.asked;
		this.asked = null;
		return (authenticated != null) ? authenticated : this.credentials.authenticate(request);
	}

	/**
	 * Remember the credentials that were added to a request, which is sent now.
	 */
	void sending(KintoRequest request, KintoRequest authenticated) {
		this.known = true;
		if (authenticated != request) {
			this.sent = authenticated.headers().getFirst(HttpHeaders.AUTHORIZATION);
		}
	}

	/**
	 * Return whether the authentication is not asked again for the next attempt.
	 */
	boolean areKnown() {
		return this.known;
	}

	/**
	 * Ask for other credentials, because the server rejected those that were sent.
	 * @return whether there are other ones
	 */
	Mono<Boolean> renew(KintoRequest request) {
		String rejected = this.sent;
		if (rejected == null) {
			return Mono.just(false);
		}
		return this.credentials.renew(request, rejected)
			.doOnNext((renewed) -> this.sent = renewed)
			.hasElement()
			.onErrorResume((ex) -> {
				// the caller sees only the 401, which does not tell why
				logger.warn("The KintoAuthentication failed after a 401 to " + request, ex);
				return Mono.just(false);
			});
	}

}
