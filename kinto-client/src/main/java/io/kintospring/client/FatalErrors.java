package io.kintospring.client;

import io.kintospring.KintoTransportException;
import reactor.core.Exceptions;

/**
 * What Reactor takes for fatal: it throws such errors, on any thread, instead of
 * signalling them to the subscriber.
 */
final class FatalErrors {

	private FatalErrors() {
	}

	/**
	 * Return what can be signalled. The message does not quote the failure's, which may
	 * contain data.
	 * @param what names what has failed
	 * @param failure the failure
	 */
	static Throwable signallable(Object what, Throwable failure) {
		return Exceptions.isFatal(failure)
				? new KintoTransportException(what + ": " + failure.getClass().getName() + " was thrown", failure)
				: failure;
	}

}
