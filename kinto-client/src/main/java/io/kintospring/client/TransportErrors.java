package io.kintospring.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;

import javax.net.ssl.SSLHandshakeException;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoResponse;
import reactor.core.Exceptions;

import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Converts exceptions of a {@code WebClient} into exceptions of the client. Exceptions of
 * {@code WebClient} contain headers and so credentials; they are never a cause.
 */
final class TransportErrors {

	private TransportErrors() {
	}

	/**
	 * Return the response that a filter of the application turned into an exception.
	 */
	static KintoResponse response(WebClientResponseException ex, int maxInMemorySize) throws IOException {
		byte[] body = ex.getResponseBodyAsByteArray();
		return Decompression.decompress(ex.getStatusCode().value(), ex.getHeaders(),
				(body.length > 0) ? List.of(body) : List.of(), maxInMemorySize);
	}

	/**
	 * Return whether a failure is a response of the server, and not of another server
	 * that a filter called.
	 */
	static boolean isResponse(Throwable failure, Attempts attempts) {
		return failure instanceof WebClientResponseException response && response.getRequest() != null
				&& attempts.contains(response.getRequest().getURI());
	}

	/**
	 * Return the error of an exchange with filters.
	 */
	static KintoException error(Object what, String server, Throwable failure, Attempts attempts) {
		Throwable thrown = Exceptions.unwrap(failure);
		Throwable cause = cause(thrown);
		if (cause instanceof KintoException exception) {
			return exception;
		}
		if (attempts.isEmpty() || isOfFilter(thrown, attempts)) {
			String problem = (cause instanceof WebClientException) ? cause.getClass().getName() : cause.toString();
			return attempts.maybeSent()
					? new KintoTransportException(what + ": a filter of the WebClient failed: " + problem, null)
					: new KintoNotSentException(what
							+ " was not sent: a filter of the WebClient failed before the request was sent: " + problem,
							null);
		}
		return error(what, server, cause, !attempts.maybeSent());
	}

	/**
	 * Return the error of an exchange without filters.
	 */
	static KintoException error(Object what, String server, Throwable failure) {
		return error(what, server, cause(Exceptions.unwrap(failure)), true);
	}

	private static KintoException error(Object what, String server, Throwable cause, boolean canBeUnsent) {
		if (cause instanceof KintoException exception) {
			return exception;
		}
		if (cause instanceof BodyCollector.TooLargeException tooLarge) {
			return new KintoTransportException(
					what + ": the response has more than " + tooLarge.limit()
							+ " bytes: request smaller pages, or raise maxInMemorySize (kinto.max-in-memory-size)",
					null);
		}
		if (canBeUnsent && isBeforeSending(cause)) {
			return new KintoNotSentException(
					what + " was not sent: could not connect to " + server + ": " + problem(cause), cause);
		}
		if (cause instanceof IOException) {
			return new KintoTransportException(what + ": no complete response from " + server + ": " + problem(cause),
					cause);
		}
		return new KintoTransportException(what + ": " + cause, cause);
	}

	/**
	 * The JDK's client throws exceptions without a message.
	 */
	private static String problem(Throwable cause) {
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getName();
	}

	private static Throwable cause(Throwable thrown) {
		return (thrown instanceof WebClientRequestException && thrown.getCause() != null)
				? InvalidHttpException.replaceIn(thrown.getCause()) : thrown;
	}

	/**
	 * Return whether the HTTP library failed before it sent anything.
	 */
	static boolean isBeforeSending(Throwable failure) {
		Throwable cause = cause(failure);
		return cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof NoRouteToHostException || cause instanceof SSLHandshakeException
				|| cause instanceof HttpConnectTimeoutException;
	}

	private static boolean isOfFilter(Throwable thrown, Attempts attempts) {
		if (thrown instanceof WebClientRequestException request) {
			return !attempts.contains(request.getUri());
		}
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof WebClientException) {
				return true;
			}
		}
		return false;
	}

}
