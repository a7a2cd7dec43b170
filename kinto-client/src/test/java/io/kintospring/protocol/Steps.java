package io.kintospring.protocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goes through a flow step by step, with the answers that a test gives.
 *
 * @param <R> the result of the flow
 */
final class Steps<R> {

	private KintoFlow<R> flow;

	private Steps(KintoFlow<R> flow) {
		this.flow = flow;
	}

	static <R> Steps<R> of(KintoFlow<R> flow) {
		return new Steps<>(flow);
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
		this.flow = call().read(answer);
		return this;
	}

	KintoCall<KintoFlow<R>> call() {
		assertThat(this.flow).as("the flow should go on").isInstanceOf(KintoFlow.Ask.class);
		return ((KintoFlow.Ask<R>) this.flow).call();
	}

	R result() {
		assertThat(this.flow).as("the flow should be done").isInstanceOf(KintoFlow.Done.class);
		return ((KintoFlow.Done<R>) this.flow).result();
	}

}
