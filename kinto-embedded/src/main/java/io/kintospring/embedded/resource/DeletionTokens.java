package io.kintospring.embedded.resource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.PageToken;

/**
 * The tokens of pages of deletions, of which each can be used once and for some time
 * only.
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
	 * Remembers a token that is handed out.
	 * @param token the token
	 */
	void add(PageToken token) {
		Instant now = this.clock.instant();
		this.expiries.values().removeIf((expiry) -> !expiry.isAfter(now));
		this.expiries.put(token.nonce(), now.plus(this.validity));
	}

	/**
	 * Takes a token that a client sent back.
	 * @param token the token
	 * @throws KintoError if it was not handed out, is used up or too old
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
