package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.kintospring.KintoException;
import io.kintospring.KintoNotSentException;
import io.kintospring.protocol.BatchResult.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * One request of a batch. Immutable.
 */
public final class BatchChunk {

	private final Function<List<KintoCall<?>>, KintoCall<BatchMembers>> request;

	private final List<KintoCall<?>> calls;

	private final int start;

	private final int retries;

	private final Duration pause;

	private final @Nullable KintoException uncertain;

	BatchChunk(Function<List<KintoCall<?>>, KintoCall<BatchMembers>> request, List<KintoCall<?>> calls, int start) {
		this(request, calls, start, 0, Duration.ZERO, null);
	}

	private BatchChunk(Function<List<KintoCall<?>>, KintoCall<BatchMembers>> request, List<KintoCall<?>> calls,
			int start, int retries, Duration pause, @Nullable KintoException uncertain) {
		this.request = request;
		this.calls = calls;
		this.start = start;
		this.retries = retries;
		this.pause = pause;
		this.uncertain = uncertain;
	}

	/**
	 * Return the request that sends the undone calls again.
	 * @param members the responses to the calls of this request
	 * @param pause the pause before it
	 * @return the request
	 * @see BatchMembers#undone()
	 */
	public BatchChunk again(BatchMembers members, Duration pause) {
		return new BatchChunk(this.request, this.calls.subList(0, members.undone()), this.start, this.retries + 1,
				pause, members.uncertain());
	}

	/**
	 * Return this request after a response to it.
	 * @param response the response, which knows whether an earlier attempt may have been
	 * applied
	 * @return the request
	 */
	public BatchChunk after(KintoResponse response) {
		return new BatchChunk(this.request, this.calls, this.start, this.retries, this.pause, response.uncertain());
	}

	/**
	 * Return this part of a request that was sent before.
	 */
	BatchChunk partOf(BatchChunk sent) {
		return new BatchChunk(this.request, this.calls, this.start, sent.retries, Duration.ZERO, sent.uncertain);
	}

	/**
	 * Return a response to this request, which may have been sent before.
	 * @param response the response
	 * @return the response, which reports conflicts with earlier attempts as such
	 */
	public KintoResponse received(KintoResponse response) {
		return (this.retries > 0 || this.uncertain != null) ? response.repeated(this.uncertain) : response;
	}

	/**
	 * Return how often the calls were sent before.
	 * @return the number, 0 for the first request
	 */
	public int retries() {
		return this.retries;
	}

	/**
	 * Return how long to wait before sending the request.
	 * @return the pause, zero for the first request
	 */
	public Duration pause() {
		return this.pause;
	}

	/**
	 * Return the calls that this request sends.
	 * @return the calls, in order
	 */
	public List<KintoCall<?>> calls() {
		return this.calls;
	}

	/**
	 * Return the index of the first call within the batch.
	 * @return the index, starting with 0
	 */
	public int start() {
		return this.start;
	}

	/**
	 * Create the call that sends this request. Each invocation encodes the body again.
	 * @return the call, which returns the outcome of each call
	 */
	public KintoCall<BatchMembers> request() {
		return this.request.apply(this.calls);
	}

	/**
	 * Return whether the server may have rejected the request for too many calls. It then
	 * executed none of them.
	 * @param response the response to the request
	 * @return {@code true} if the limit of the server should be read again
	 */
	public boolean isRefused(KintoResponse response) {
		return this.calls.size() > 1 && response.status() == HttpStatus.BAD_REQUEST.value();
	}

	/**
	 * Return the outcomes of the calls if the whole request failed. A request that was
	 * not sent does not hide that an earlier attempt may have been applied.
	 * @param error the error
	 * @return the outcome of each call
	 */
	public List<Outcome<?>> failed(KintoException error) {
		KintoException reported = (this.uncertain != null && error instanceof KintoNotSentException) ? this.uncertain
				: error;
		return this.calls.stream().<Outcome<?>>map((call) -> Outcome.failed(call, reported)).toList();
	}

	/**
	 * Return the outcomes of the calls if the request was not sent.
	 * @return the outcome of each call
	 */
	public List<Outcome<?>> notSent() {
		return (this.uncertain != null) ? failed(this.uncertain)
				: this.calls.stream().<Outcome<?>>map(Outcome::notSent).toList();
	}

	@Override
	public String toString() {
		return "batch of " + this.calls.size();
	}

}
