package io.kintospring.docs;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.kintospring.boot.test.autoconfigure.KintoConcurrency;
import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.client.KintoAuthentication;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@KintoTest(concurrency = KintoConcurrency.REPEATABLE_READ, concurrencySeed = 7,
		properties = "kinto.embedded.settings.retry-after-seconds=0")
class CounterTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	@Test
	void noVisitIsLost(@Autowired KintoTemplate kinto, @Autowired EmbeddedKintoServer server) throws Exception {
		Counter.create(kinto);
		// each instance of the application has its own client
		Callable<Long> instance = () -> {
			try (KintoTemplate own = instance(server)) {
				Counter counter = new Counter(own);
				return IntStream.range(0, 5).filter((i) -> counter.visit()).count();
			}
		};
		long visits = 0;
		for (Future<Long> counted : this.threads.invokeAll(Collections.nCopies(4, instance))) {
			visits += counted.get();
		}
		assertThat(new Counter(kinto).visits()).isEqualTo(visits).isPositive();
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	private static KintoTemplate instance(EmbeddedKintoServer server) {
		return KintoTemplate.builder(server.url())
			.authentication(KintoAuthentication.basic("embedded", "embedded"))
			.build();
	}

}
