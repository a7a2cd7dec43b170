package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;

import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goes through a flow step by step, with the answers that a test gives. What the server
 * can do is asked for once, as a client does.
 *
 * @param <R> the result of the flow
 */
final class Steps<R> {

	private KintoFlow<R> flow;

	private KintoFlow<?> requirement = KintoFlow.done(true);

	private @Nullable KintoServerInfo known;

	private Steps(KintoFlow<R> flow) {
		this.flow = flow;
		findOut();
	}

	static <R> Steps<R> of(KintoFlow<R> flow) {
		return new Steps<>(flow);
	}

	static <R> Steps<R> of(KintoCall<R> call) {
		return new Steps<>(KintoFlow.ask(call));
	}

	static <E> Steps<List<E>> of(KintoSequence<E> sequence) {
		return new Steps<>(sequence.collect());
	}

	/**
	 * Assert what is sent next.
	 * @param lines method and target, the headers beside {@code Accept}, and the body
	 */
	Steps<R> sends(String... lines) {
		assertThat(Requests.text(call())
			.replace("Accept: application/json\n", "")
			.replace("\nAccept: application/json", "")).isEqualTo(String.join("\n", lines));
		return this;
	}

	Steps<R> answer(KintoResponse answer) {
		if (this.requirement instanceof KintoFlow.Ask<?> question) {
			this.requirement = question.call().read(answer);
		}
		else {
			this.flow = asked().call().read(answer);
			findOut();
		}
		return this;
	}

	/**
	 * Return how long to wait before the next request.
	 */
	Duration pause() {
		return asked().pause();
	}

	R result() {
		assertThat(this.flow).as("the flow should be done").isInstanceOf(KintoFlow.Done.class);
		return ((KintoFlow.Done<R>) this.flow).result();
	}

	@Override
	public String toString() {
		return call().toString();
	}

	private KintoCall<?> call() {
		return (this.requirement instanceof KintoFlow.Ask<?> question) ? question.call() : asked().call();
	}

	private KintoFlow.Ask<R> asked() {
		assertThat(this.flow).as("the flow should go on").isInstanceOf(KintoFlow.Ask.class);
		return (KintoFlow.Ask<R>) this.flow;
	}

	private void findOut() {
		if (this.flow instanceof KintoFlow.Ask<R> ask) {
			KintoCall<?> call = ask.call();
			boolean supported = call.capability() == null || (this.known != null && call.isSupportedBy(this.known));
			this.requirement = supported ? KintoFlow.done(true) : KintoFlow.ask(call.serverInfo()).then((info) -> {
				call.requireSupport(info);
				this.known = info;
				return KintoFlow.done(true);
			});
		}
	}

}
