package io.kintospring.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What became of the calls of a batch, in their order.
 * <p>
 * The server takes calls one by one: those that failed do not undo the others.
 */
public final class BatchResult {

	private final List<Outcome<?>> outcomes;

	private final boolean stopped;

	private volatile @Nullable Map<KintoCall<?>, Outcome<?>> byCall;

	BatchResult(List<Outcome<?>> outcomes, boolean stopped) {
		this.outcomes = List.copyOf(outcomes);
		this.stopped = stopped;
	}

	/**
	 * Return what a call gave.
	 * @param <R> what the call gives
	 * @param call one of the calls of the batch
	 * @return what the call gave
	 * @throws KintoException if the call failed: what it would have thrown by itself; if
	 * that is no {@link KintoException}, such as from a function of yours, it is the
	 * cause
	 * @throws IllegalStateException if it was not sent, as an earlier request failed
	 * @throws IllegalArgumentException if it is none of the calls of the batch
	 */
	@SuppressWarnings("unchecked")
	public <R> R get(KintoCall<R> call) {
		Outcome<?> outcome = byCall().get(call);
		if (outcome == null) {
			throw new IllegalArgumentException(call + " is none of the calls of this batch: pass the same object");
		}
		return ((Outcome<R>) outcome).get();
	}

	/**
	 * Many batches are never asked for a single result.
	 */
	private Map<KintoCall<?>, Outcome<?>> byCall() {
		Map<KintoCall<?>, Outcome<?>> map = this.byCall;
		if (map == null) {
			map = new HashMap<>();
			for (Outcome<?> outcome : this.outcomes) {
				map.put(outcome.call(), outcome);
			}
			this.byCall = map;
		}
		return map;
	}

	/**
	 * Return what became of each call.
	 * @return the outcomes in the order of the calls
	 */
	public List<Outcome<?>> outcomes() {
		return this.outcomes;
	}

	/**
	 * Return the calls that did what they were made for.
	 * @return their outcomes
	 */
	public List<Outcome<?>> published() {
		return outcomes(Outcome::isPublished);
	}

	/**
	 * Return the calls that were refused as somebody else was faster (412).
	 * @return their outcomes
	 */
	public List<Outcome<?>> conflicts() {
		return outcomes((outcome) -> outcome.error() instanceof KintoConflictException);
	}

	/**
	 * Return the calls to objects that are not there (404).
	 * @return their outcomes
	 */
	public List<Outcome<?>> skipped() {
		return outcomes((outcome) -> outcome.error() instanceof KintoNotFoundException);
	}

	/**
	 * Return the calls that failed in any other way.
	 * @return their outcomes
	 */
	public List<Outcome<?>> errors() {
		return outcomes((outcome) -> outcome.error() != null && !(outcome.error() instanceof KintoConflictException)
				&& !(outcome.error() instanceof KintoNotFoundException));
	}

	/**
	 * Return the calls that were not sent, as an earlier request failed.
	 * @return their outcomes
	 */
	public List<Outcome<?>> notSent() {
		return outcomes((outcome) -> !outcome.isPublished() && outcome.error() == null);
	}

	/**
	 * Return whether all calls did what they were made for.
	 * @return {@code false} if one of them failed or was not sent
	 */
	public boolean isComplete() {
		return this.outcomes.stream().allMatch(Outcome::isPublished);
	}

	/**
	 * Return whether the batch stopped at a failed request, as its options can demand.
	 * @return {@code true} if calls after the failed request were not sent
	 */
	public boolean isStopped() {
		return this.stopped;
	}

	private List<Outcome<?>> outcomes(Predicate<Outcome<?>> filter) {
		return this.outcomes.stream().filter(filter).toList();
	}

	@Override
	public String toString() {
		return "BatchResult[published=" + published().size() + ", conflicts=" + conflicts().size() + ", skipped="
				+ skipped().size() + ", errors=" + errors().size() + ", notSent=" + notSent().size() + "]";
	}

	/**
	 * What became of a call.
	 *
	 * @param <R> what the call gives
	 */
	public static final class Outcome<R> {

		private final KintoCall<R> call;

		private final @Nullable R result;

		private final @Nullable KintoException error;

		private final @Nullable KintoResponse response;

		private Outcome(KintoCall<R> call, @Nullable R result, @Nullable KintoException error,
				@Nullable KintoResponse response) {
			this.call = call;
			this.result = result;
			this.error = error;
			this.response = (response != null) ? response.withoutBody() : null;
		}

		static <R> Outcome<R> read(KintoCall<R> call, KintoResponse response) {
			try {
				return new Outcome<>(call, call.read(response), null, response);
			}
			catch (KintoException ex) {
				return new Outcome<>(call, null, ex, response);
			}
			catch (RuntimeException | Error ex) {
				return new Outcome<>(call, null, Errors.unreadable(call.request(), response, KintoCall.EXPECTED, ex),
						response);
			}
		}

		static <R> Outcome<R> unreadable(KintoCall<R> call, KintoResponse response, KintoException error) {
			return new Outcome<>(call, null, error, response);
		}

		static <R> Outcome<R> failed(KintoCall<R> call, KintoException error) {
			return new Outcome<>(call, null, error, null);
		}

		static <R> Outcome<R> notSent(KintoCall<R> call) {
			return new Outcome<>(call, null, null, null);
		}

		/**
		 * Return the call.
		 * @return the call, as it was given to the batch
		 */
		public KintoCall<R> call() {
			return this.call;
		}

		/**
		 * Return what went wrong.
		 * @return the exception, or {@code null} if nothing did or it was not sent
		 */
		public @Nullable KintoException error() {
			return this.error;
		}

		/**
		 * Return the HTTP status of the response to this call.
		 * @return the status, or 0 if there was no response that could be read
		 */
		public int status() {
			return (this.response != null) ? this.response.status() : 0;
		}

		/**
		 * Return the headers of the response to this call, such as {@code ETag}.
		 * @return the headers, empty if there was no response that could be read
		 */
		public HttpHeaders headers() {
			return (this.response != null) ? this.response.headers() : HttpHeaders.EMPTY;
		}

		/**
		 * Return whether the call did what it was made for.
		 * @return {@code true} if {@link #get()} throws nothing
		 */
		public boolean isPublished() {
			return this.result != null;
		}

		/**
		 * Return what the call gave.
		 * @return what the call gave
		 * @throws KintoException if the call failed
		 * @throws IllegalStateException if it was not sent
		 */
		public R get() {
			if (this.error != null) {
				throw this.error;
			}
			if (this.result == null) {
				throw new IllegalStateException(this.call + " was not sent, as an earlier request of the batch failed");
			}
			return this.result;
		}

		@Override
		public String toString() {
			return this.call + ": " + (isPublished() ? "published" : (this.error != null) ? this.error : "not sent");
		}

	}

}
