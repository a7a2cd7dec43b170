package io.kintospring.protocol;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import io.kintospring.KintoServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the server, so that it need not be asked each time.
 */
final class ServerMemory {

	private final AtomicReference<@Nullable KintoServerInfo> info = new AtomicReference<>();

	/**
	 * Return what the server says of itself: as it is remembered if that is good enough,
	 * or else from the server.
	 */
	KintoFlow<KintoServerInfo> info(KintoCall<KintoServerInfo> fetch, Predicate<KintoServerInfo> goodEnough) {
		KintoServerInfo remembered = this.info.get();
		if (remembered != null && goodEnough.test(remembered)) {
			return KintoFlow.done(remembered);
		}
		return KintoFlow.ask(fetch.map((fetched) -> {
			this.info.set(fetched);
			return fetched;
		}));
	}

}
