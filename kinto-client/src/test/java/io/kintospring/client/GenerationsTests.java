package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.kintospring.client.Generations.Generation;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.reactive.ClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Generations}.
 */
class GenerationsTests {

	private final List<Library> created = new ArrayList<>();

	private final Generations<Integer> generations = new Generations<>(this::create);

	@Test
	void unusedGenerationIsClosedOnReconnect() {
		this.generations.use().release();
		this.generations.reconnect();
		assertThat(this.created).extracting(Library::closed).containsExactly(1, 0);
		assertThat(this.generations.use().clients()).isEqualTo(2);
	}

	@Test
	void usedGenerationIsClosedByItsLastUser() {
		Generation<Integer> one = this.generations.use();
		Generation<Integer> two = this.generations.use();
		this.generations.reconnect();
		one.release();
		assertThat(this.created).extracting(Library::closed).containsExactly(0, 0);
		two.release();
		await().atMost(Duration.ofSeconds(5)).until(() -> this.created.get(0).closed() == 1);
		this.generations.close();
		assertThat(this.created).extracting(Library::closed).containsExactly(1, 1);
	}

	@Test
	void closingClosesGenerationsInUseOnce() {
		Generation<Integer> used = this.generations.use();
		this.generations.reconnect();
		this.generations.close();
		used.release();
		assertThat(this.created).extracting(Library::closed).containsExactly(1, 1);
	}

	@Test
	void closedTransportDoesNotReconnect() {
		this.generations.close();
		this.generations.reconnect();
		assertThat(this.created).hasSize(1);
	}

	private Generation<Integer> create() {
		Library library = new Library();
		this.created.add(library);
		return new Generation<>(library, this.created.size());
	}

	private static final class Library implements HttpLibrary {

		private final AtomicInteger closed = new AtomicInteger();

		int closed() {
			return this.closed.get();
		}

		@Override
		public ClientHttpConnector connector() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean needsConnectionClose() {
			return false;
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
