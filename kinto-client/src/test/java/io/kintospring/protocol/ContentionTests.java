package io.kintospring.protocol;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Concurrent updates of one object, in simulated time.
 */
class ContentionTests {

	private static final int WRITERS = 20;

	private static final Duration ROUND_TRIP = Duration.ofMillis(10);

	private final CollectionCalls<Post> posts = Requests.collection(Post.class);

	private final Queue<Writer> writers = new PriorityQueue<>(Comparator.comparing(Writer::time));

	private int version;

	@Test
	void concurrentUpdatesAllSucceed() {
		for (int i = 0; i < 10; i++) {
			run(this.posts.update("x", (post) -> new Post("T", post.stars() + 1)));
		}
		assertThat(this.version).isEqualTo(10 * WRITERS);
	}

	@Test
	void concurrentGrantsAllSucceed() {
		for (int i = 0; i < 10; i++) {
			run(this.posts.permissions("x").grant((p) -> p.read("account:a")));
		}
		assertThat(this.version).isEqualTo(10 * WRITERS);
	}

	/**
	 * Start all flows at once, as if each had a client of its own.
	 */
	private void run(KintoFlow<?> flow) {
		for (int i = 0; i < WRITERS; i++) {
			this.writers.add(new Writer(ROUND_TRIP, Steps.unlocked(flow)));
		}
		while (!this.writers.isEmpty()) {
			Writer writer = this.writers.remove();
			if (writer.flow() instanceof KintoFlow.Ask<?> ask) {
				KintoFlow<?> rest = ask.call().read(response(ask.call().request()));
				this.writers.add(new Writer(writer.time().plus(ROUND_TRIP).plus(pause(rest)), rest));
			}
		}
	}

	private static Duration pause(KintoFlow<?> flow) {
		return (flow instanceof KintoFlow.Ask<?> ask) ? ask.pause() : Duration.ZERO;
	}

	private KintoResponse response(KintoRequest request) {
		String object = "{\"id\":\"x\",\"last_modified\":%d,\"title\":\"T\",\"stars\":%<d}";
		if (request.method() != HttpMethod.GET) {
			if (!("\"" + (this.version + 1) + "\"").equals(request.headers().getFirst("If-Match"))) {
				return Responses.json(412, "{\"details\":{\"existing\":" + object.formatted(this.version + 1) + "}}");
			}
			this.version++;
		}
		return Responses.json(200, "{\"data\":" + object.formatted(this.version + 1) + "}");
	}

	private record Writer(Duration time, KintoFlow<?> flow) {
	}

}
