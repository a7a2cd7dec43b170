package io.kintospring.embedded.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What goes wrong with the next requests, so that it can be tested how a client copes.
 * <p>
 * Each fault is for a number of requests. A request has the first fault that is for it
 * and not used up; what is within a batch has none of its own. Safe for use by several
 * threads.
 */
public final class Faults {

	private static final Set<Integer> TEMPORARY = Set.of(409, 429, 503);

	private final Queue<Planned> planned = new ArrayDeque<>();

	private final Duration retryAfter;

	/**
	 * Creates none yet.
	 * @param retryAfter when clients may try again after a failure that is temporary
	 */
	public Faults(Duration retryAfter) {
		this.retryAfter = retryAfter;
	}

	/**
	 * Answers the next requests by an error; those of 409, 429 and 503 have the
	 * <code>Retry-After</code> that the server is configured with.
	 * @param times how many requests
	 * @param requests which requests
	 * @param status the status of the answer, from 400 to 599
	 * @return these faults
	 */
	public Faults fail(int times, UnaryOperator<RequestPattern> requests, int status) {
		Optional<Duration> delay = TEMPORARY.contains(status) ? Optional.of(this.retryAfter) : Optional.empty();
		return add(times, requests, Fault.failure(errorStatus(status), delay));
	}

	/**
	 * Answers the next requests by an error with <code>Retry-After</code>.
	 * @param times how many requests
	 * @param requests which requests
	 * @param status the status of the answer, from 400 to 599
	 * @param retryAfter when the client may try again, in whole seconds
	 * @return these faults
	 */
	public Faults fail(int times, UnaryOperator<RequestPattern> requests, int status, Duration retryAfter) {
		return add(times, requests, Fault.failure(errorStatus(status), Optional.of(retryAfter)));
	}

	/**
	 * Ends the connections of the next requests without an answer.
	 * @param times how many requests
	 * @param requests which requests
	 * @return these faults
	 */
	public Faults dropConnection(int times, UnaryOperator<RequestPattern> requests) {
		return add(times, requests, Fault.drop());
	}

	/**
	 * Holds the next requests back for some time, then answers them.
	 * @param times how many requests
	 * @param delay for how long
	 * @param requests which requests
	 * @return these faults
	 */
	public Faults delay(int times, Duration delay, UnaryOperator<RequestPattern> requests) {
		return add(times, requests, Fault.delay(delay));
	}

	/**
	 * Forgets all faults that are left.
	 */
	public synchronized void clear() {
		this.planned.clear();
	}

	/**
	 * The fault of a request, which counts as one of its times.
	 * @param method the method of the request
	 * @param path its path below the version prefix
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
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("An error has a status from 400 to 599, not " + status);
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
