package io.kintospring.protocol;

import java.time.Duration;
import java.util.function.Function;

/**
 * Chain of requests in which each request depends on the responses before it. A flow is
 * an immutable value: either done, or a call whose result is the rest of the flow.
 *
 * @param <R> the type of the result
 */
public sealed interface KintoFlow<R> {

	/**
	 * Return a flow that is done.
	 * @param <R> the type of the result
	 * @param result the result
	 * @return the flow
	 */
	static <R> KintoFlow<R> done(R result) {
		return new Done<>(result);
	}

	/**
	 * Return a flow of one call.
	 * @param <R> the type of the result
	 * @param call the call
	 * @return the flow
	 */
	static <R> KintoFlow<R> ask(KintoCall<R> call) {
		return ask(call, Duration.ZERO);
	}

	/**
	 * Return a flow of one call that is sent after a pause.
	 * @param <R> the type of the result
	 * @param call the call
	 * @param pause the time to wait before the call is sent
	 * @return the flow
	 */
	static <R> KintoFlow<R> ask(KintoCall<R> call, Duration pause) {
		return new Ask<>(call.map(KintoFlow::done), pause, false);
	}

	/**
	 * Return a flow of one call that begins another attempt of an update after a
	 * conflict.
	 * @param <R> the type of the result
	 * @param call the call
	 * @param pause the time to wait before the call is sent
	 * @return the flow
	 */
	static <R> KintoFlow<R> repeat(KintoCall<R> call, Duration pause) {
		return new Ask<>(call.map(KintoFlow::done), pause, true);
	}

	/**
	 * Return a flow that reads an object and writes it. A client runs only one of such
	 * flows at a time for each path.
	 * @param <R> the type of the result
	 * @param path the path of the object
	 * @param flow the flow
	 * @return the flow
	 */
	static <R> KintoFlow<R> exclusive(String path, KintoFlow<R> flow) {
		return new Exclusive<>(path, flow.then((result) -> done(done(result))));
	}

	/**
	 * Continue with another flow when this one is done.
	 * @param <S> the type of the new result
	 * @param next creates the flow that follows
	 * @return the combined flow
	 */
	<S> KintoFlow<S> then(Function<? super R, KintoFlow<S>> next);

	/**
	 * Continue with another flow if this one fails.
	 * @param <E> the type of the error
	 * @param type the type of the error
	 * @param next creates the flow that follows
	 * @return the combined flow
	 */
	<E extends RuntimeException> KintoFlow<R> recover(Class<E> type, Function<? super E, KintoFlow<R>> next);

	/**
	 * Flow that is done.
	 *
	 * @param <R> the type of the result
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
	 * Flow that continues with a call.
	 *
	 * @param <R> the type of the result
	 * @param call returns the rest of the flow
	 * @param pause the time to wait before the call is sent
	 * @param repeated whether the call begins another attempt after a conflict
	 */
	record Ask<R>(KintoCall<KintoFlow<R>> call, Duration pause, boolean repeated) implements KintoFlow<R> {

		@Override
		public String toString() {
			return this.call.toString();
		}

		@Override
		public <S> KintoFlow<S> then(Function<? super R, KintoFlow<S>> next) {
			return new Ask<>(this.call.map((flow) -> flow.then(next)), this.pause, this.repeated);
		}

		@Override
		public <E extends RuntimeException> KintoFlow<R> recover(Class<E> type,
				Function<? super E, KintoFlow<R>> next) {
			return new Ask<>(this.call.<KintoFlow<R>>map((flow) -> flow.recover(type, next)).recover(type, next),
					this.pause, this.repeated);
		}

	}

	/**
	 * Flow that continues with a flow that no other flow with the same path may overlap.
	 *
	 * @param <R> the type of the result
	 * @param path the path of an object
	 * @param flow returns the rest of this flow, which others may overlap
	 */
	record Exclusive<R>(String path, KintoFlow<KintoFlow<R>> flow) implements KintoFlow<R> {

		@Override
		public String toString() {
			return this.flow.toString();
		}

		@Override
		public <S> KintoFlow<S> then(Function<? super R, KintoFlow<S>> next) {
			return new Exclusive<>(this.path, this.flow.then((rest) -> KintoFlow.done(rest.then(next))));
		}

		@Override
		public <E extends RuntimeException> KintoFlow<R> recover(Class<E> type,
				Function<? super E, KintoFlow<R>> next) {
			return new Exclusive<>(this.path,
					this.flow.<KintoFlow<R>>then((rest) -> KintoFlow.done(rest.recover(type, next)))
						.recover(type, (ex) -> KintoFlow.done(next.apply(ex))));
		}

	}

}
