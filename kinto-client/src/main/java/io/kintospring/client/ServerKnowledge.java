package io.kintospring.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.kintospring.protocol.KintoCall;
import io.kintospring.protocol.KintoFlow;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one server: its settings and capabilities. It expires, is refreshed
 * whenever the server tells, and is forgotten when a response contradicts it.
 */
final class ServerKnowledge {

	private static final KintoFlow<Boolean> NOTHING_REQUIRED = KintoFlow.done(true);

	private final Clock clock;

	private final Duration expiry;

	private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

	ServerKnowledge(Clock clock, Duration expiry) {
		this.clock = clock;
		this.expiry = expiry;
	}

	/**
	 * Return what the server says about itself: as it is known, or else from the server.
	 * @param ask asks the server
	 */
	KintoFlow<KintoServerInfo> info(KintoCall<KintoServerInfo> ask) {
		KintoServerInfo info = info();
		return (info != null) ? KintoFlow.done(info) : KintoFlow.ask(ask);
	}

	/**
	 * Return the flow that checks whether the server supports a call. If it did not, its
	 * configuration may have changed since: then it is asked again.
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
	 * Learn from a response: what the server says about itself replaces what was known;
	 * if a path is unknown that it should have, what was known is wrong.
	 */
	void learn(KintoCall<?> call, KintoResponse response) {
		KintoServerInfo told = call.serverInfoIn(response);
		if (told != null) {
			this.known.set(new Known(told, this.clock.instant().plus(this.expiry)));
		}
		else if (call.isContradicted(response)) {
			forget();
		}
	}

	void forget() {
		this.known.set(null);
	}

	@Nullable KintoServerInfo info() {
		Known current = this.known.get();
		return (current != null && this.clock.instant().isBefore(current.until())) ? current.info() : null;
	}

	/**
	 * What is known.
	 *
	 * @param info what the server said about itself
	 * @param until when that expires
	 */
	private record Known(KintoServerInfo info, Instant until) {
	}

}
