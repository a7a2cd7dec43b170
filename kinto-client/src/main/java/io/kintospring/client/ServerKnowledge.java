package io.kintospring.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.client.KintoClientState.CachedServerInfo;
import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Cache of the settings and capabilities of the server. It expires, is refreshed by each
 * response that contains them, and is cleared if a response contradicts it.
 */
final class ServerKnowledge {

	private static final KintoFlow<Boolean> NOTHING_REQUIRED = KintoFlow.done(true);

	private final Clock clock;

	private final Duration expiry;

	private final AtomicReference<@Nullable CachedServerInfo> known = new AtomicReference<>();

	ServerKnowledge(Clock clock, Duration expiry) {
		this.clock = clock;
		this.expiry = expiry;
	}

	/**
	 * Return the server information from the cache, or else from the server.
	 * @param ask the call that reads it
	 */
	KintoFlow<KintoServerInfo> info(KintoCall<KintoServerInfo> ask) {
		KintoServerInfo info = info();
		return (info != null) ? KintoFlow.done(info) : KintoFlow.ask(ask);
	}

	/**
	 * Return a flow that checks whether the server supports a call. If the cached
	 * information does not include the capability, the server is asked again.
	 */
	KintoFlow<Boolean> requirement(KintoCall<?> call) {
		if (call.capability() == null) {
			return NOTHING_REQUIRED;
		}
		KintoServerInfo info = info();
		if (info != null && call.isSupportedBy(info)) {
			return NOTHING_REQUIRED;
		}
		return KintoFlow.ask(call.serverInfo()).then((fresh) -> {
			call.requireSupport(fresh);
			return NOTHING_REQUIRED;
		});
	}

	/**
	 * Update the cache from a response. It is cleared if the server does not know a path
	 * that it should know.
	 */
	void learn(KintoCall<?> call, KintoResponse response) {
		KintoServerInfo info = call.serverInfoIn(response);
		if (info != null) {
			Instant now = this.clock.instant();
			this.known.set(new CachedServerInfo(info, now, now.plus(this.expiry)));
		}
		else if (call.isContradicted(response)) {
			forget();
		}
	}

	void forget() {
		this.known.set(null);
	}

	@Nullable KintoServerInfo info() {
		CachedServerInfo current = this.known.get();
		return (current != null && !current.isExpired(this.clock.instant())) ? current.info() : null;
	}

	/**
	 * Return the latest server information, even if it is expired.
	 */
	@Nullable CachedServerInfo cached() {
		return this.known.get();
	}

}
