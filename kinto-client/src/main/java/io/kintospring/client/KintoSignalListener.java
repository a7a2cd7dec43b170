package io.kintospring.client;

import io.kintospring.KintoSignal;

/**
 * Listener for what a server says beside its responses: {@code Backoff},
 * {@code Retry-After} and {@code Alert}.
 *
 * @see KintoClient.Builder#signalListener(KintoSignalListener)
 */
@FunctionalInterface
public interface KintoSignalListener {

	/**
	 * Handle a signal.
	 * @param signal the signal
	 * @param server the address of the server's API, without credentials
	 */
	void onSignal(KintoSignal signal, String server);

}
