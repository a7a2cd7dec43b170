package io.kintospring.embedded.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.springframework.http.HttpStatus;

/**
 * Faults that the server injects into the next requests, to test how a client handles
 * them.
 * <p>
 * Each fault applies to a number of requests. A request gets the first fault that matches
 * it and is not used up. The requests inside a batch get no faults of their own.
 * Thread-safe.
 */
public final class Faults {

	private static final Set<Integer> TEMPORARY = Set.of(409, 429, 503);

	private final Queue<Planned> planned = new ArrayDeque<>();

	private final Duration retryAfter;

	private boolean closingAfterHead;

	/**
	 * Create an empty list of faults.
	 * @param retryAfter the default {@code Retry-After} of temporary failures
	 */
	public Faults(Duration retryAfter) {
		this.retryAfter = retryAfter;
	}

	/**
	 * Fail the next requests with an error response. Responses with status 409, 429 or
	 * 503 have a {@code Retry-After} header with the value of the setting
	 * {@code kinto.retry_after_seconds}.
	 * @param times the number of requests
	 * @param requests a function that restricts which requests match, such as
	 * {@code (r) -> r.method("POST").path("/batch")}
	 * @param status the status of the response, a constant of {@link HttpStatus} from 400
	 * to 599
	 * @return these faults
	 * @throws IllegalArgumentException if it is no such status
	 */
	public Faults fail(int times, UnaryOperator<RequestPattern> requests, int status) {
		Optional<Duration> delay = TEMPORARY.contains(status) ? Optional.of(this.retryAfter) : Optional.empty();
		return add(times, requests, Fault.failure(errorStatus(status), delay));
	}

	/**
	 * Fail the next requests with an error response that has a {@code Retry-After}
	 * header.
	 * @param times the number of requests
	 * @param requests a function that restricts which requests match, such as
	 * {@code (r) -> r.method("POST").path("/batch")}
	 * @param status the status of the response, a constant of {@link HttpStatus} from 400
	 * to 599
	 * @param retryAfter the delay before the client should retry, in whole seconds
	 * @return these faults
	 * @throws IllegalArgumentException if it is no such status
	 */
	public Faults fail(int times, UnaryOperator<RequestPattern> requests, int status, Duration retryAfter) {
		return add(times, requests, Fault.failure(errorStatus(status), Optional.of(retryAfter)));
	}

	/**
	 * Close the connections of the next requests without a response. The requests have no
	 * effect.
	 * @param times the number of requests
	 * @param requests a function that restricts which requests match, such as
	 * {@code (r) -> r.method("POST").path("/batch")}
	 * @return these faults
	 */
	public Faults dropConnection(int times, UnaryOperator<RequestPattern> requests) {
		return add(times, requests, Fault.drop());
	}

	/**
	 * Apply the next requests, but close their connections without a response. The client
	 * cannot know whether they were applied.
	 * @param times the number of requests
	 * @param requests a function that restricts which requests match, such as
	 * {@code (r) -> r.method("POST").path("/batch")}
	 * @return these faults
	 */
	public Faults dropResponse(int times, UnaryOperator<RequestPattern> requests) {
		return add(times, requests, Fault.dropResponse());
	}

	/**
	 * Apply the next requests later. They are applied even if the client does not wait
	 * for the response.
	 * @param times the number of requests
	 * @param delay the delay
	 * @param requests a function that restricts which requests match, such as
	 * {@code (r) -> r.method("POST").path("/batch")}
	 * @return these faults
	 */
	public Faults delay(int times, Duration delay, UnaryOperator<RequestPattern> requests) {
		return add(times, requests, Fault.delay(delay));
	}

	/**
	 * Set whether the server closes the connection after each response to a {@code HEAD}
	 * request, without announcing it with {@code Connection: close}. The next request on
	 * this connection fails. Waitress before version 3.0, which serves many installations
	 * of Kinto, does the same. By default, connections stay open.
	 * @param closed whether these connections are closed
	 * @return these faults
	 */
	public synchronized Faults closeAfterHead(boolean closed) {
		this.closingAfterHead = closed;
		return this;
	}

	/**
	 * Return whether the server closes the connection after a response to a {@code HEAD}
	 * request.
	 * @return whether it closes the connection
	 */
	public synchronized boolean closesAfterHead() {
		return this.closingAfterHead;
	}

	/**
	 * Remove all remaining faults, and keep connections open after {@code HEAD}.
	 */
	public synchronized void clear() {
		this.planned.clear();
		this.closingAfterHead = false;
	}

	/**
	 * Return the fault of a request, and count it as used once.
	 * @param method the method of the request
	 * @param path the path of the request below the version prefix
	 * @return the fault
	 */
	public synchronized Fault next(String method, String path) {
		for (Iterator<Planned> all = this.planned.iterator(); all.hasNext();) {
			Planned next = all.next();
			if (next.requests.matches(method, path)) {
				next.times--;
				if (next.times == 0) {
					all.remove();
				}
				return next.fault;
			}
		}
		return Fault.NONE;
	}

	private synchronized Faults add(int times, UnaryOperator<RequestPattern> requests, Fault fault) {
		if (times > 0) {
			this.planned.add(new Planned(times, requests.apply(RequestPattern.ANY), fault));
		}
		return this;
	}

	private static int errorStatus(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		if (known == null || !known.isError()) {
			throw new IllegalArgumentException(
					"The status of a failure must be a constant of HttpStatus from 400 to 599, but was " + status);
		}
		return status;
	}

	private static final class Planned {

		private int times;

		private final RequestPattern requests;

		private final Fault fault;

		private Planned(int times, RequestPattern requests, Fault fault) {
			this.times = times;
			this.requests = requests;
			this.fault = fault;
		}

	}

}
