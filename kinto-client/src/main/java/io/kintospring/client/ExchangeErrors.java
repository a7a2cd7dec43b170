package io.kintospring.client;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import reactor.core.Exceptions;

/**
 * Creates the exceptions of exchanges with any transport.
 */
final class ExchangeErrors {

	private ExchangeErrors() {
	}

	static KintoException failed(Object what, Throwable failure) {
		Throwable cause = Exceptions.unwrap(failure);
		return (cause instanceof KintoException exception) ? exception
				: new KintoTransportException(what + ": " + cause, cause);
	}

	/**
	 * Return an exception that can be signalled. Reactor throws errors that it treats as
	 * fatal on any thread, instead of signalling them. The message does not quote the
	 * failure, which may contain data.
	 */
	static Throwable signallable(Object what, Throwable failure) {
		return Exceptions.isFatal(failure)
				? new KintoTransportException(what + ": " + failure.getClass().getName() + " was thrown", failure)
				: failure;
	}

	static KintoTransportException noResponse(Object what) {
		return new KintoTransportException(what + ": the transport returned no response", null);
	}

	static KintoTransportException late(Object what, Duration limit, Attempts attempts) {
		return attempts.isUnsent()
				? new KintoNotSentException(what + " was not sent within " + limit.toMillis() + " ms",
						new TimeoutException())
				: new KintoTransportException(what + ": no response within " + limit.toMillis() + " ms",
						new TimeoutException());
	}

	static KintoTransportException stalled(Object what, Duration limit, Attempts attempts) {
		return attempts.isUnsent() ? late(what, limit, attempts) : stalled(what, limit);
	}

	static KintoTransportException stalled(Object what, Duration limit) {
		return new KintoTransportException(what + ": nothing was transferred for " + limit.toMillis() + " ms",
				new TimeoutException());
	}

	static KintoTransportException closed(Object what, Attempts attempts) {
		return attempts.isUnsent() ? Closing.error(what) : closed(what);
	}

	/**
	 * Return the error of a request that may have been sent before the client was closed.
	 */
	static KintoTransportException closed(Object what) {
		return new KintoTransportException(what + " was not completed: the client is closed", null);
	}

}
