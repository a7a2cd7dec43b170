package io.kintospring.protocol;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * What became of the calls of a batch, in their order.
 * <p>
 * The server takes calls one by one: those that failed do not undo the others.
 */
public final class BatchResult {

	private final List<Outcome<?>> outcomes;

	private final Map<KintoCall<?>, Outcome<?>> byCall;

	BatchResult(List<Outcome<?>> outcomes) {
		this.outcomes = List.copyOf(outcomes);
		this.byCall = new IdentityHashMap<>(outcomes.size());
		outcomes.forEach((outcome) -> this.byCall.put(outcome.call(), outcome));
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
		Outcome<?> outcome = this.byCall.get(call);
		if (outcome == null) {
			throw new IllegalArgumentException(call + " is none of the calls of this batch: pass the same object");
		}
		return ((Outcome<R>) outcome).get();
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

		private Outcome(KintoCall<R> call, @Nullable R result, @Nullable KintoException error) {
			this.call = call;
			this.result = result;
			this.error = error;
		}

		static <R> Outcome<R> read(KintoCall<R> call, KintoResponse response) {
			try {
				return new Outcome<>(call, call.read(response), null);
			}
			catch (KintoException ex) {
				return failed(call, ex);
			}
			catch (RuntimeException | Error ex) {
				return failed(call, Errors.unreadable(call.request(), response, KintoCall.EXPECTED, ex));
			}
		}

		static <R> Outcome<R> failed(KintoCall<R> call, KintoException error) {
			return new Outcome<>(call, null, error);
		}

		static <R> Outcome<R> notSent(KintoCall<R> call) {
			return new Outcome<>(call, null, null);
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
