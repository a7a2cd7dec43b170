package io.kintospring.client;

import java.io.IOException;
import java.net.ProtocolException;

/**
 * Exception that replaces an exception of an HTTP library about invalid HTTP. Libraries
 * quote the response, which may contain data of a record.
 */
final class InvalidHttpException extends IOException {

	InvalidHttpException(Throwable original) {
		super("the response is not valid HTTP (" + original.getClass().getName() + ")");
		setStackTrace(original.getStackTrace());
	}

	/**
	 * Return a failure of an HTTP library, without the response that it may quote.
	 */
	static Throwable replaceIn(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 10; depth++) {
			if (isAboutSyntax(cause)) {
				return new InvalidHttpException(cause);
			}
			cause = cause.getCause();
		}
		return failure;
	}

	private static boolean isAboutSyntax(Throwable cause) {
		String name = cause.getClass().getName();
		return cause instanceof ProtocolException || cause instanceof IllegalArgumentException
				|| name.startsWith("org.apache.hc.core5.http.") && !(cause instanceof IOException)
				|| name.startsWith("org.eclipse.jetty.http.");
	}

}
