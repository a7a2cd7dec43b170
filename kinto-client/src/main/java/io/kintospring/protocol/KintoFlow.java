package io.kintospring.protocol;

import java.time.Duration;
import java.util.function.Function;

/**
 * What takes several requests, of which each depends on the answers before it. Like a
 * call it is a value: it is either done, or it asks a call whose answer tells how it goes
 * on.
 *
 * @param <R> the result
 */
public sealed interface KintoFlow<R> {

	/**
	 * Return the flow that is done.
	 * @param <R> the result
	 * @param result the result
	 * @return the flow
	 */
	static <R> KintoFlow<R> done(R result) {
		return new Done<>(result);
	}

	/**
	 * Return the flow of one call.
	 * @param <R> the result
	 * @param call gives the result
	 * @return the flow
	 */
	static <R> KintoFlow<R> ask(KintoCall<R> call) {
		return new Ask<>(call.map(KintoFlow::done), Duration.ZERO);
	}

	/**
	 * Return the flow of one call that is not sent at once.
	 * @param <R> the result
	 * @param call gives the result
	 * @param pause how long to wait before it is sent
	 * @return the flow
	 */
	static <R> KintoFlow<R> ask(KintoCall<R> call, Duration pause) {
		return new Ask<>(call.map(KintoFlow::done), pause);
	}

	/**
	 * Go on with the result.
	 * @param <S> the result of what follows
	 * @param next makes what follows
	 * @return the flow of both
	 */
	<S> KintoFlow<S> then(Function<? super R, KintoFlow<S>> next);

	/**
	 * Go on with an error instead of failing with it.
	 * @param <E> the type of the error
	 * @param type the type of the error
	 * @param next makes what follows
	 * @return the flow of both
	 */
	<E extends RuntimeException> KintoFlow<R> recover(Class<E> type, Function<? super E, KintoFlow<R>> next);

	/**
	 * A flow that is done.
	 *
	 * @param <R> the result
	 * @param result the result
	 */
	record Done<R>(R result) implements KintoFlow<R> {

		@Override
		public <S> KintoFlow<S> then(Function<? super R, KintoFlow<S>> next) {
			return next.apply(this.result);
		}

		@Override
		public <E extends RuntimeException> KintoFlow<R> recover(Class<E> type,
				Function<? super E, KintoFlow<R>> next) {
			return this;
		}

	}

	/**
	 * A flow that goes on with an answer.
	 *
	 * @param <R> the result
	 * @param call gives the rest of the flow
	 * @param pause how long to wait before it is sent
	 */
	record Ask<R>(KintoCall<KintoFlow<R>> call, Duration pause) implements KintoFlow<R> {

		@Override
		public String toString() {
			return this.call.toString();
		}

		@Override
		public <S> KintoFlow<S> then(Function<? super R, KintoFlow<S>> next) {
			return new Ask<>(this.call.map((flow) -> flow.then(next)), this.pause);
		}

		@Override
		public <E extends RuntimeException> KintoFlow<R> recover(Class<E> type,
				Function<? super E, KintoFlow<R>> next) {
			return new Ask<>(this.call.<KintoFlow<R>>map((flow) -> flow.recover(type, next)).recover(type, next),
					this.pause);
		}

	}

}
