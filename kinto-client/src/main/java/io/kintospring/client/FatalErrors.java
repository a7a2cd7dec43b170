package io.kintospring.client;

import io.kintospring.KintoTransportException;
import reactor.core.Exceptions;

/**
 * Converts errors that Reactor treats as fatal. Reactor throws them on any thread instead
 * of signalling them to the subscriber.
 */
final class FatalErrors {

	private FatalErrors() {
	}

	/**
	 * Return an exception that can be signalled. Its message does not quote the failure,
	 * which may contain data.
	 * @param what the name of the failed call
	 * @param failure the failure
	 */
	static Throwable signallable(Object what, Throwable failure) {
		return Exceptions.isFatal(failure)
				? new KintoTransportException(what + ": " + failure.getClass().getName() + " was thrown", failure)
				: failure;
	}

}
