package io.kintospring.protocol;

import java.time.Duration;
import java.util.List;

import io.kintospring.server.KintoServerInfo;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a flow step by step, with given responses. Like a client, it reads the
 * capabilities once.
 *
 * @param <R> the result of the flow
 */
final class Steps<R> {

	private KintoFlow<R> flow;

	private KintoFlow<?> requirement = KintoFlow.done(true);

	private @Nullable KintoServerInfo known;

	private Steps(KintoFlow<R> flow) {
		this.flow = unlocked(flow);
		readServerInfo();
	}

	static <R> Steps<R> of(KintoFlow<R> flow) {
		return new Steps<>(flow);
	}

	/**
	 * Return a flow without its lock.
	 */
	static <R> KintoFlow<R> unlocked(KintoFlow<R> flow) {
		return (flow instanceof KintoFlow.Exclusive<R> exclusive) ? exclusive.flow().then((rest) -> rest) : flow;
	}

	static <R> Steps<R> of(KintoCall<R> call) {
		return new Steps<>(KintoFlow.ask(call));
	}

	static <E> Steps<List<E>> of(KintoSequence<E> sequence) {
		return new Steps<>(sequence.collect());
	}

	/**
	 * Assert the next request.
	 * @param lines method and target, the headers except {@code Accept}, and the body
	 */
	Steps<R> sends(String... lines) {
		assertThat(Requests.text(call())
			.replace("Accept: application/json\n", "")
			.replace("\nAccept: application/json", "")).isEqualTo(String.join("\n", lines));
		return this;
	}

	Steps<R> respond(KintoResponse response) {
		if (this.requirement instanceof KintoFlow.Ask<?> ask) {
			this.requirement = ask.call().read(response);
		}
		else {
			this.flow = unlocked(next().call().read(response));
			readServerInfo();
		}
		return this;
	}

	/**
	 * Return the pause before the next request.
	 */
	Duration pause() {
		return next().pause();
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
		return (this.requirement instanceof KintoFlow.Ask<?> ask) ? ask.call() : next().call();
	}

	private KintoFlow.Ask<R> next() {
		assertThat(this.flow).as("the flow should continue").isInstanceOf(KintoFlow.Ask.class);
		return (KintoFlow.Ask<R>) this.flow;
	}

	private void readServerInfo() {
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
