package io.kintospring.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Outcomes of the calls of a batch, in the order of the calls. A batch is no transaction:
 * a failed call does not undo the others. On PostgreSQL, there is one exception: a call
 * that is in conflict with a concurrent write (409) undoes the earlier calls of the same
 * request. They are sent again or reported as failed.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/batch.html">Kinto's
 * batch operations</a>
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
	 * Return the result of a call.
	 * @param <R> the type of the result
	 * @param call a call of the batch, the same object
	 * @return the result
	 * @throws KintoException if the call failed. Any other exception, such as one of your
	 * functions, is the cause.
	 * @throws IllegalStateException if the call was not sent because an earlier request
	 * failed
	 * @throws IllegalArgumentException if the call is not in the batch
	 */
	@SuppressWarnings("unchecked")
	public <R> R get(KintoCall<R> call) {
		Outcome<?> outcome = byCall().get(call);
		if (outcome == null) {
			throw new IllegalArgumentException(call + " is not in this batch: pass the call object that you added");
		}
		return ((Outcome<R>) outcome).get();
	}

	/**
	 * Created on demand, because many batches never need it.
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
	 * Return the outcome of each call.
	 * @return the outcomes, in the order of the calls
	 */
	public List<Outcome<?>> outcomes() {
		return this.outcomes;
	}

	/**
	 * Return the outcomes of the calls that succeeded.
	 * @return the outcomes
	 */
	public List<Outcome<?>> published() {
		return outcomes(Outcome::isPublished);
	}

	/**
	 * Return the outcomes of the calls that failed with a conflict ({@code 412}).
	 * @return the outcomes
	 */
	public List<Outcome<?>> conflicts() {
		return outcomes((outcome) -> outcome.error() instanceof KintoConflictException);
	}

	/**
	 * Return the outcomes of the calls to objects that do not exist ({@code 404}).
	 * @return the outcomes
	 */
	public List<Outcome<?>> skipped() {
		return outcomes((outcome) -> outcome.error() instanceof KintoNotFoundException);
	}

	/**
	 * Return the outcomes of the calls that failed with any other error.
	 * @return the outcomes
	 */
	public List<Outcome<?>> errors() {
		return outcomes((outcome) -> outcome.error() != null && !(outcome.error() instanceof KintoConflictException)
				&& !(outcome.error() instanceof KintoNotFoundException));
	}

	/**
	 * Return the outcomes of the calls that were not sent because an earlier request
	 * failed.
	 * @return the outcomes
	 */
	public List<Outcome<?>> notSent() {
		return outcomes((outcome) -> !outcome.isPublished() && outcome.error() == null);
	}

	/**
	 * Return whether all calls succeeded.
	 * @return {@code false} if a call failed or was not sent
	 */
	public boolean isComplete() {
		return this.outcomes.stream().allMatch(Outcome::isPublished);
	}

	/**
	 * Return whether a failed request stopped the batch, as its options can demand. Calls
	 * after that request, if any, were not sent.
	 * @return {@code true} if the batch stopped
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
	 * Outcome of a call.
	 *
	 * @param <R> the type of the result
	 */
	public static final class Outcome<R> {

		private static final int CONSTRAINT_VIOLATED = 122;

		private final KintoCall<R> call;

		private final @Nullable R result;

		private final @Nullable KintoException error;

		private final @Nullable KintoResponse response;

		private final boolean undoing;

		private Outcome(KintoCall<R> call, @Nullable R result, @Nullable KintoException error,
				@Nullable KintoResponse response) {
			this.call = call;
			this.result = result;
			this.error = error;
			this.response = (response != null) ? response.withoutBody() : null;
			this.undoing = response != null && response.status() == HttpStatus.CONFLICT.value()
					&& Objects.equals(Errors.errno(response), CONSTRAINT_VIOLATED);
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

		/**
		 * Return the outcome of a call that a later call of the same request undid.
		 */
		Outcome<R> undoneBy(Outcome<?> later) {
			KintoException cause = later.error;
			if (this.result == null || cause == null || this.call.request().isRead()) {
				return this;
			}
			String message = this.call + ": undone by the server, because a later call of the same request failed: "
					+ cause.getMessage();
			return failed(this.call,
					(cause instanceof KintoUnavailableException ex)
							? new KintoUnavailableException(message, ex.response(), ex.retryAfter())
							: new KintoTransportException(message, cause));
		}

		/**
		 * Return whether the server undid all earlier calls of the same request.
		 */
		boolean undoesEarlier() {
			return this.undoing;
		}

		static <R> Outcome<R> failed(KintoCall<R> call, KintoException error) {
			return new Outcome<>(call, null, error, null);
		}

		static <R> Outcome<R> notSent(KintoCall<R> call) {
			return new Outcome<>(call, null, null, null);
		}

		/**
		 * Return the call.
		 * @return the call, the same object as in the batch
		 */
		public KintoCall<R> call() {
			return this.call;
		}

		/**
		 * Return the error.
		 * @return the exception, or {@code null} if the call succeeded or was not sent
		 */
		public @Nullable KintoException error() {
			return this.error;
		}

		/**
		 * Return the HTTP status of the response to this call.
		 * @return the status, or 0 without a readable response
		 */
		public int status() {
			return (this.response != null) ? this.response.status() : 0;
		}

		/**
		 * Return the headers of the response to this call, such as {@code ETag}.
		 * @return the headers, empty without a readable response
		 */
		public HttpHeaders headers() {
			return (this.response != null) ? this.response.headers() : HttpHeaders.EMPTY;
		}

		/**
		 * Return whether the call succeeded.
		 * @return {@code true} if {@link #get()} returns a result
		 */
		public boolean isPublished() {
			return this.result != null;
		}

		/**
		 * Return the result of the call.
		 * @return the result
		 * @throws KintoException if the call failed
		 * @throws IllegalStateException if it was not sent
		 */
		public R get() {
			if (this.error != null) {
				throw this.error;
			}
			if (this.result == null) {
				throw new IllegalStateException(
						this.call + " was not sent because an earlier request of the batch failed");
			}
			return this.result;
		}

		@Override
		public String toString() {
			return this.call + ": " + (isPublished() ? "published" : (this.error != null) ? this.error : "not sent");
		}

	}

}
