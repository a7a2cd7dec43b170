package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.kintospring.KintoException;
import io.kintospring.protocol.BatchResult.Outcome;

import org.springframework.http.HttpStatus;

/**
 * One request of a batch.
 */
public final class BatchChunk {

	private final Function<List<KintoCall<?>>, KintoCall<BatchMembers>> request;

	private final List<KintoCall<?>> calls;

	private final int start;

	BatchChunk(Function<List<KintoCall<?>>, KintoCall<BatchMembers>> request, List<KintoCall<?>> calls, int start) {
		this.request = request;
		this.calls = calls;
		this.start = start;
	}

	/**
	 * Return the calls that the request is for.
	 * @return the calls, in their order
	 */
	public List<KintoCall<?>> calls() {
		return this.calls;
	}

	/**
	 * Return the place of the first call within the batch.
	 * @return the place, starting with 0
	 */
	public int start() {
		return this.start;
	}

	/**
	 * Write the request, anew each time.
	 * @return the call that sends it, and gives the outcome of each call
	 */
	public KintoCall<BatchMembers> request() {
		return this.request.apply(this.calls);
	}

	/**
	 * Return whether a response can mean that there are too many calls in the request.
	 * Then none of them was done.
	 * @param response the response to the request
	 * @return {@code true} if the server's limit should be asked for
	 */
	public boolean isRefused(KintoResponse response) {
		return this.calls.size() > 1 && response.status() == HttpStatus.BAD_REQUEST.value();
	}

	/**
	 * Return the outcomes of the calls if the request as a whole fails.
	 * @param error what went wrong
	 * @return the outcome of each
	 */
	public List<Outcome<?>> failed(KintoException error) {
		List<Outcome<?>> outcomes = new ArrayList<>();
		this.calls.forEach((call) -> outcomes.add(Outcome.failed(call, error)));
		return outcomes;
	}

	/**
	 * Return the outcomes of the calls if the request is not sent.
	 * @return the outcome of each
	 */
	public List<Outcome<?>> notSent() {
		List<Outcome<?>> outcomes = new ArrayList<>();
		this.calls.forEach((call) -> outcomes.add(Outcome.notSent(call)));
		return outcomes;
	}

	@Override
	public String toString() {
		return "batch of " + this.calls.size();
	}

}
