package io.kintospring.embedded.junit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.TestClient;
import io.kintospring.embedded.settings.Concurrency;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedKinto} with concurrent transactions.
 */
@EmbeddedKinto(concurrency = Concurrency.REPEATABLE_READ, concurrencySeed = 1,
		settings = { "embedded.concurrency_percentage=100", "embedded.concurrency_milliseconds=300" })
class ConcurrentEmbeddedKintoTests {

	@Test
	void conflictingPatchIsRejected(EmbeddedKintoServer server) {
		TestClient client = new TestClient(server, "alice");
		client.send("PUT", "/buckets/blog", "");
		List<CompletableFuture<Integer>> patches = Stream.of("a", "b")
			.map((field) -> CompletableFuture.supplyAsync(
					() -> client.send("PATCH", "/buckets/blog", "{\"data\":{\"%s\":1}}".formatted(field)).statusCode()))
			.toList();
		assertThat(patches.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 503);
	}

}
