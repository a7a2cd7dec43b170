package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoBatchProgress;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.server.KintoServerInfo;

/**
 * Several calls that are sent at once, in as few requests as the server allows. Like a
 * call it is an immutable value.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/batch.html">Kinto's
 * batch operations</a>
 */
public final class KintoBatch {

	private final ResourceContext root;

	private final List<KintoCall<?>> calls;

	private final KintoBatchOptions options;

	/**
	 * Create a batch.
	 * @throws IllegalArgumentException if a call is in it twice
	 */
	KintoBatch(ResourceContext root, List<? extends KintoCall<?>> calls, KintoBatchOptions options) {
		this.root = root;
		this.calls = List.copyOf(calls);
		this.options = options;
		requireDistinct(this.calls);
	}

	/**
	 * Results are found by the call, which could not tell two results apart.
	 */
	private static void requireDistinct(List<KintoCall<?>> calls) {
		Set<KintoCall<?>> distinct = new HashSet<>(calls.size());
		for (KintoCall<?> call : calls) {
			if (!distinct.add(call)) {
				throw new IllegalArgumentException(call + " is in the batch twice: make a call of its own for each");
			}
		}
	}

	/**
	 * Return the number of calls.
	 * @return the number of calls
	 */
	public int size() {
		return this.calls.size();
	}

	/**
	 * Return calls that require a capability: one for each capability.
	 * @return the calls, whose requirements have to be checked before anything is sent
	 */
	public List<KintoCall<?>> requirements() {
		List<KintoCall<?>> requirements = new ArrayList<>();
		Set<String> capabilities = new HashSet<>();
		for (KintoCall<?> call : this.calls) {
			if (call.capability() != null && capabilities.add(call.capability())) {
				requirements.add(call);
			}
		}
		return requirements;
	}

	/**
	 * Return whether the server's limit decides on how the batch is divided.
	 * @return {@code false} if the options set a limit, or if there is nothing to divide
	 */
	public boolean isLimitedByServer() {
		return this.options.maxRequests() == null && this.calls.size() > 1;
	}

	/**
	 * Return the call that asks the server for its limit.
	 * @return the call
	 */
	public KintoCall<KintoServerInfo> serverInfo() {
		return KintoCall.serverInfo("batch", this.root.headers(this.options.options()));
	}

	/**
	 * Divide the batch into requests by the limits of the options.
	 * @return the requests, in the order of their calls
	 */
	public List<BatchChunk> chunks() {
		return chunks((this.options.maxRequests() != null) ? this.options.maxRequests() : Integer.MAX_VALUE);
	}

	/**
	 * Divide the batch into requests.
	 * @param info what the server says about itself
	 * @return the requests, in the order of their calls
	 */
	public List<BatchChunk> chunks(KintoServerInfo info) {
		return chunks(maxRequests(info));
	}

	private List<BatchChunk> chunks(int maxRequests) {
		return new BatchSplitter(this.root, this.options, maxRequests).split(this.calls, 0);
	}

	private static int maxRequests(KintoServerInfo info) {
		int limit = info.settings().batchMaxRequests();
		return (limit > 0) ? limit : Integer.MAX_VALUE;
	}

	/**
	 * Divide a request anew.
	 * @param chunk the request, which the server has refused
	 * @param info what the server says about itself now
	 * @return several requests, or the same one alone if the server should have taken it
	 */
	public List<BatchChunk> divide(BatchChunk chunk, KintoServerInfo info) {
		int limit = maxRequests(info);
		return (chunk.calls().size() > limit)
				? new BatchSplitter(this.root, this.options, limit).split(chunk.calls(), chunk.start())
				: List.of(chunk);
	}

	/**
	 * Return how many requests can be under way at the same time.
	 * @return at least 1
	 */
	public int parallel() {
		return this.options.parallel();
	}

	/**
	 * Return whether nothing more is to be sent once a request has failed as a whole.
	 * @return {@code true} if the options say so
	 */
	public boolean stopsAtFailedRequest() {
		return this.options.stopping();
	}

	/**
	 * Report progress to the listener of the options.
	 * @param progress how far the batch is
	 */
	public void report(KintoBatchProgress progress) {
		this.options.progressListener().accept(progress);
	}

	/**
	 * Put together the outcomes of all calls.
	 * @param outcomes the outcomes, in the order of the calls
	 * @return the result
	 * @throws KintoBatchException if a call has failed, unless the options say otherwise
	 */
	public BatchResult result(List<Outcome<?>> outcomes) {
		boolean stopped = this.options.stopping() && outcomes.stream().anyMatch((outcome) -> outcome.status() == 0);
		BatchResult result = new BatchResult(outcomes, stopped);
		if (!this.options.collecting() && !result.isComplete()) {
			throw new KintoBatchException(result);
		}
		return result;
	}

	@Override
	public String toString() {
		return "batch";
	}

}
