package io.kintospring.boot.error;

import io.kintospring.KintoTransportException;

/**
 * Distinction of timeouts from other failures of the transport.
 */
final class Timeouts {

	private static final String SUFFIX = "TimeoutException";

	private Timeouts() {
	}

	/**
	 * Return whether a request failed because of a timeout. The name of the cause decides
	 * because each HTTP library has its own types, and all of them are optional.
	 */
	static boolean isTimeout(KintoTransportException ex) {
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause.getClass().getName().endsWith(SUFFIX)) {
				return true;
			}
		}
		return false;
	}

}
