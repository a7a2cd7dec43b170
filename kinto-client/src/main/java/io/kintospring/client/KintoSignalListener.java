package io.kintospring.client;

import io.kintospring.KintoSignal;

/**
 * Listener for the signals of a server: {@code Backoff}, {@code Retry-After} and
 * {@code Alert} headers. Exceptions are logged and do not affect the call.
 *
 * @see KintoClient.Builder#signalListener(KintoSignalListener)
 */
@FunctionalInterface
public interface KintoSignalListener {

	/**
	 * Handle a signal.
	 * @param signal the signal
	 * @param server the URL of the server's API, without credentials
	 */
	void onSignal(KintoSignal signal, String server);

}
