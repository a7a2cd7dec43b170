package io.kintospring.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;

import javax.net.ssl.SSLHandshakeException;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.KintoResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Turns what goes wrong in a {@code WebClient} into exceptions of the client. Those of
 * {@code WebClient} contain headers, and so credentials: they are in no cause.
 */
final class TransportErrors {

	private TransportErrors() {
	}

	/**
	 * Return the response that a filter of the application has turned into an exception.
	 */
	static KintoResponse response(WebClientResponseException ex) {
		return new KintoResponse(ex.getStatusCode().value(), ex.getHeaders(), List.of(ex.getResponseBodyAsByteArray()));
	}

	static KintoException error(Object what, String server, Throwable failure) {
		Throwable cause = Exceptions.unwrap(failure);
		if (cause instanceof WebClientRequestException request && request.getCause() != null) {
			cause = request.getCause();
		}
		if (cause instanceof KintoException exception) {
			return exception;
		}
		if (cause instanceof BodyCollector.TooLargeException tooLarge) {
			return new KintoTransportException(what + ": the response has more than " + tooLarge.limit()
					+ " bytes: ask for smaller pages, or raise kinto.max-in-memory-size", null);
		}
		if (isWebClients(cause)) {
			return new KintoTransportException(
					what + ": a filter of the WebClient failed: "
							+ ((cause instanceof WebClientException) ? cause.getClass().getName() : cause.toString()),
					null);
		}
		if (isBeforeSending(cause)) {
			return new KintoNotSentException(
					what + " was not sent: there is no connection to " + server + ": " + cause.getMessage(), cause);
		}
		if (cause instanceof IOException) {
			return new KintoTransportException(
					what + ": no complete response came from " + server + ": " + cause.getMessage(), cause);
		}
		return new KintoTransportException(what + ": " + cause, cause);
	}

	private static boolean isBeforeSending(Throwable failure) {
		return failure instanceof ConnectException || failure instanceof UnknownHostException
				|| failure instanceof NoRouteToHostException || failure instanceof SSLHandshakeException;
	}

	private static boolean isWebClients(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof WebClientException) {
				return true;
			}
		}
		return false;
	}

}
