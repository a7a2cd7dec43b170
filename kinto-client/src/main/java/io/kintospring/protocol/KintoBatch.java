package io.kintospring.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoBatchProgress;
import io.kintospring.KintoException;
import io.kintospring.KintoSignal;
import io.kintospring.protocol.BatchResult.Outcome;
import io.kintospring.server.KintoServerInfo;

import org.springframework.http.HttpStatus;

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
		return ServerInfoReader.call("batch", this.root.headers(this.root.options().merge(this.options.options())));
	}

	/**
	 * Divide the batch into requests by the limits of the options.
	 * @return the requests, in the order of their calls
	 */
	public List<Chunk> chunks() {
		return chunks((this.options.maxRequests() != null) ? this.options.maxRequests() : Integer.MAX_VALUE);
	}

	/**
	 * Divide the batch into requests.
	 * @param info what the server says about itself
	 * @return the requests, in the order of their calls
	 */
	public List<Chunk> chunks(KintoServerInfo info) {
		return chunks(maxRequests(info));
	}

	private List<Chunk> chunks(int maxRequests) {
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
	public List<Chunk> divide(Chunk chunk, KintoServerInfo info) {
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

	/**
	 * One request of a batch.
	 */
	public static final class Chunk {

		private final BatchSplitter splitter;

		private final List<KintoCall<?>> calls;

		private final int start;

		Chunk(BatchSplitter splitter, List<KintoCall<?>> calls, int start) {
			this.splitter = splitter;
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
		public KintoCall<Members> request() {
			return this.splitter.request(this.calls);
		}

		/**
		 * Return whether a response can mean that there are too many calls in the
		 * request. Then none of them was done.
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

	/**
	 * The response to one request of a batch.
	 *
	 * @param outcomes the outcome of each call
	 * @param signalling the responses to single calls that contain signals
	 * @param contradicting whether a response says that the server lacks a capability
	 * after all
	 */
	public record Members(List<Outcome<?>> outcomes, List<KintoResponse> signalling, boolean contradicting) {

		/**
		 * Return the signals of single calls that differ from each other, and from those
		 * of the request as a whole.
		 * @param whole the response to the request as a whole
		 * @param now when the response came
		 * @return the signals
		 */
		public List<KintoSignal> signals(KintoResponse whole, Instant now) {
			if (this.signalling.isEmpty()) {
				return List.of();
			}
			List<KintoSignal> heard = whole.signals(now);
			return this.signalling.stream()
				.flatMap((response) -> response.signals(now).stream())
				.distinct()
				.filter((signal) -> !heard.contains(signal))
				.toList();
		}

	}

}
