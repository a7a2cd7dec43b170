package io.kintospring.protocol;

import java.util.ArrayList;
import java.util.List;

import io.kintospring.KintoBatchOptions;
import io.kintospring.KintoBatchOptions.OnFailure;
import io.kintospring.KintoException;
import io.kintospring.protocol.BatchResult.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Several calls that are sent at once, in as few requests as the server allows. Like a
 * call it is a value.
 *
 * @see <a href="https://docs.kinto-storage.org/en/stable/api/1.x/batch.html">Kinto's
 * batch operations</a>
 */
public final class KintoBatch {

	private final KintoFlow<List<Part>> parts;

	private final KintoBatchOptions options;

	KintoBatch(KintoFlow<List<Part>> parts, KintoBatchOptions options) {
		this.parts = parts;
		this.options = options;
	}

	/**
	 * Return what to send, of which the order matters.
	 * @return gives the parts, each of which is a request that is written when the part
	 * is taken from the list
	 */
	public KintoFlow<List<Part>> parts() {
		return this.parts;
	}

	/**
	 * Return how many parts can be under way at the same time.
	 * @return at least 1
	 */
	public int parallel() {
		return this.options.parallel();
	}

	/**
	 * Return whether nothing more is to be sent after a part.
	 * @param answer the answer to the part, or {@code null} if none came
	 * @return {@code true} if the part failed as a whole, and that is to be the end
	 */
	public boolean stopsAfter(@Nullable KintoResponse answer) {
		return this.options.onFailure() == OnFailure.STOP && (answer == null || answer.status() >= 500);
	}

	/**
	 * Put together what became of the parts.
	 * @param answered what became of each, in their order
	 * @return what became of the calls
	 * @throws KintoException if that was asked for and a call has failed
	 */
	public BatchResult result(List<List<Outcome<?>>> answered) {
		List<Outcome<?>> outcomes = new ArrayList<>();
		answered.forEach(outcomes::addAll);
		if (this.options.onFailure() == OnFailure.THROW) {
			throwFirst(outcomes);
		}
		return new BatchResult(outcomes);
	}

	private static void throwFirst(List<Outcome<?>> outcomes) {
		List<KintoException> errors = new ArrayList<>();
		for (Outcome<?> outcome : outcomes) {
			if (outcome.error() != null && !errors.contains(outcome.error())) {
				errors.add(outcome.error());
			}
		}
		if (!errors.isEmpty()) {
			KintoException first = errors.get(0);
			errors.subList(1, errors.size()).forEach(first::addSuppressed);
			throw first;
		}
	}

	@Override
	public String toString() {
		return "batch";
	}

	/**
	 * One request of a batch.
	 *
	 * @param calls the calls that it is for
	 * @param request sends them, and gives what became of each
	 */
	public record Part(List<KintoCall<?>> calls, KintoCall<Members> request) {

		/**
		 * Return what becomes of the calls if the request as a whole fails.
		 * @param error what went wrong
		 * @return what became of each
		 */
		public List<Outcome<?>> failed(KintoException error) {
			List<Outcome<?>> outcomes = new ArrayList<>();
			this.calls.forEach((call) -> outcomes.add(Outcome.failed(call, error)));
			return outcomes;
		}

		/**
		 * Return what becomes of the calls if the request is not sent.
		 * @return what became of each
		 */
		public List<Outcome<?>> notSent() {
			List<Outcome<?>> outcomes = new ArrayList<>();
			this.calls.forEach((call) -> outcomes.add(Outcome.notSent(call)));
			return outcomes;
		}

	}

	/**
	 * What one request of a batch has brought.
	 *
	 * @param outcomes what became of each call
	 * @param answers the answers among them that say more than what they are asked for
	 */
	public record Members(List<Outcome<?>> outcomes, List<KintoResponse> answers) {
	}

}
