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
 * Calls that are sent together, in as few requests as the server allows. Immutable;
 * nothing is sent until a client runs it.
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
	 * @throws IllegalArgumentException if it contains a call twice
	 */
	KintoBatch(ResourceContext root, List<? extends KintoCall<?>> calls, KintoBatchOptions options) {
		this.root = root;
		this.calls = List.copyOf(calls);
		this.options = options;
		requireDistinct(this.calls);
	}

	/**
	 * The call is the key of its result, so it must be unique.
	 */
	private static void requireDistinct(List<KintoCall<?>> calls) {
		Set<KintoCall<?>> distinct = new HashSet<>(calls.size());
		for (KintoCall<?> call : calls) {
			if (!distinct.add(call)) {
				throw new IllegalArgumentException(call + " is in the batch twice: create a separate call for each");
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
	 * Return one call for each required capability. A client checks their requirements
	 * before it sends anything.
	 * @return the calls
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
	 * Return whether the limit of the server divides the batch.
	 * @return {@code false} if the options set a limit, or for fewer than two calls
	 */
	public boolean isLimitedByServer() {
		return this.options.maxRequests() == null && this.calls.size() > 1;
	}

	/**
	 * Return the call that reads the limit of the server.
	 * @return the call
	 */
	public KintoCall<KintoServerInfo> serverInfo() {
		return KintoCall.serverInfo("batch", this.root.headers(this.options.options()),
				this.root.retry(this.options.options()));
	}

	/**
	 * Divide the batch into requests by the limits of the options.
	 * @return the requests, in order
	 */
	public List<BatchChunk> chunks() {
		return chunks((this.options.maxRequests() != null) ? this.options.maxRequests() : Integer.MAX_VALUE);
	}

	/**
	 * Divide the batch into requests by the limits of the server and the options.
	 * @param info the server information
	 * @return the requests, in order
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
	 * Divide a rejected request by the current limit of the server.
	 * @param chunk the rejected request
	 * @param info the current server information
	 * @return several requests, or the same one if it is within the limit
	 */
	public List<BatchChunk> divide(BatchChunk chunk, KintoServerInfo info) {
		int limit = maxRequests(info);
		if (chunk.calls().size() <= limit) {
			return List.of(chunk);
		}
		return new BatchSplitter(this.root, this.options, limit).split(chunk.calls(), chunk.start())
			.stream()
			.map((part) -> part.partOf(chunk))
			.toList();
	}

	/**
	 * Return whether calls can be sent again after the later calls of this batch without
	 * changing their effect.
	 * @param chunk the request
	 * @param undone the number of calls of the request, which are the first ones
	 * @return {@code false} if a later write is to the same object, to one that contains
	 * it, or to one in it
	 */
	public boolean canRepeat(BatchChunk chunk, int undone) {
		Set<String> written = new HashSet<>();
		Set<String> containing = new HashSet<>();
		for (KintoCall<?> call : chunk.calls().subList(0, undone)) {
			if (!call.request().isRead()) {
				written.add(call.request().path());
				containing.addAll(parents(call.request().path()));
			}
		}
		return this.calls.subList(chunk.start() + undone, this.calls.size())
			.stream()
			.filter((later) -> !later.request().isRead())
			.map((later) -> later.request().path())
			.noneMatch((path) -> written.contains(path) || containing.contains(path)
					|| parents(path).stream().anyMatch(written::contains));
	}

	private static List<String> parents(String path) {
		List<String> parents = new ArrayList<>();
		for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
			parents.add(path.substring(0, slash));
		}
		return parents;
	}

	/**
	 * Return the maximum number of requests in flight.
	 * @return the number, at least 1
	 */
	public int parallel() {
		return this.options.parallel();
	}

	/**
	 * Return whether the batch stops after a request that failed as a whole.
	 * @return {@code true} if the options say so
	 */
	public boolean stopsAtFailedRequest() {
		return this.options.stopping();
	}

	/**
	 * Report progress to the listener of the options.
	 * @param progress the progress
	 */
	public void report(KintoBatchProgress progress) {
		this.options.progressListener().accept(progress);
	}

	/**
	 * Create the result of the batch.
	 * @param stopped whether a failed request stopped the batch
	 * @param outcomes the outcomes, in the order of the calls
	 * @return the result
	 * @throws KintoBatchException if a call failed, unless the options collect errors
	 */
	public BatchResult result(boolean stopped, List<Outcome<?>> outcomes) {
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
