package io.kintospring.embedded.endpoint;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.kintospring.embedded.request.ErrorDetail;
import io.kintospring.embedded.request.KintoError;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.PageToken;

/**
 * Page tokens of deletions. Each token is valid once and for a limited time.
 */
final class DeletionTokens {

	private final Map<String, Instant> expiries = new HashMap<>();

	private final Duration validity;

	private final Clock clock;

	DeletionTokens(KintoServerSettings settings, Clock clock) {
		this.validity = Duration.ofSeconds(settings.get(KintoSetting.PAGINATION_TOKEN_VALIDITY_SECONDS));
		this.clock = clock;
	}

	/**
	 * Register a token.
	 * @param token the token
	 */
	void add(PageToken token) {
		Instant now = this.clock.instant();
		this.expiries.values().removeIf((expiry) -> !expiry.isAfter(now));
		this.expiries.put(token.nonce(), now.plus(this.validity));
	}

	/**
	 * Redeem a token that a client sends.
	 * @param token the token
	 * @throws KintoError if the token is unknown, already used or expired
	 */
	void use(PageToken token) {
		Instant expiry = this.expiries.remove(token.nonce());
		if (expiry == null || !expiry.isAfter(this.clock.instant())) {
			throw KintoError.invalid(ErrorDetail.query(null, "The page token was used already, or is too old"));
		}
	}

	void flush() {
		this.expiries.clear();
	}

}
