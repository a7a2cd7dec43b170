package io.kintospring.docs;

import java.time.Duration;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoResponseException;
import io.kintospring.KintoTransportException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.boot.test.autoconfigure.KintoTest;
import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveCollectionOperations;
import io.kintospring.template.ReactiveKintoTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The circuit breaker of the page about reliability opens if the server is not available,
 * and only then.
 */
@KintoTest(properties = "kinto.retry.max-retries=0")
class CircuitBreakerTests {

	private final CircuitBreaker circuitBreaker = kintoCircuitBreaker();

	private CollectionOperations<Post> posts;

	private ReactiveCollectionOperations<Post> reactivePosts;

	@Autowired
	private EmbeddedKintoServer server;

	@BeforeEach
	void create(@Autowired KintoTemplate kinto, @Autowired ReactiveKintoTemplate reactiveKinto) {
		kinto.buckets().create("blog");
		kinto.bucket("blog").collections().create("posts");
		this.posts = kinto.bucket("blog").collection("posts", Post.class);
		this.reactivePosts = reactiveKinto.bucket("blog").collection("posts", Post.class);
		this.posts.create("a", new Post("A"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void unavailableServerOpensTheCircuit(boolean reactive) {
		this.server.faults().fail(5, (faulty) -> faulty.path(".*/records/a"), 503, Duration.ofSeconds(1));
		this.server.faults().dropConnection(5, (faulty) -> faulty.path(".*/records/a"));
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(KintoUnavailableException.class).isThrownBy(() -> read("a", reactive));
		}
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(KintoTransportException.class).isThrownBy(() -> read("a", reactive));
		}
		assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> read("a", reactive));
		assertThat(this.posts.get("a").data().title()).isEqualTo("A");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void answersDoNotOpenTheCircuit(boolean reactive) {
		for (int i = 0; i < 20; i++) {
			assertThatExceptionOfType(KintoNotFoundException.class).isThrownBy(() -> read("missing", reactive));
		}
		assertThat(read("a", reactive).data().title()).isEqualTo("A");
	}

	private KintoObject<Post> read(String id, boolean reactive) {
		return reactive ? readReactively(id).blockOptional().orElseThrow() : read(id);
	}

	CircuitBreaker kintoCircuitBreaker() {
		CircuitBreakerConfig config = CircuitBreakerConfig.custom()
			.recordException((ex) -> ex instanceof KintoTransportException
					|| (ex instanceof KintoResponseException response && response.status() >= 500))
			.slidingWindowSize(20)
			.minimumNumberOfCalls(10)
			.waitDurationInOpenState(Duration.ofSeconds(10))
			.build();
		return CircuitBreaker.of("kinto", config);
	}

	KintoObject<Post> read(String id) {
		return this.circuitBreaker.executeSupplier(() -> this.posts.get(id));
	}

	Mono<KintoObject<Post>> readReactively(String id) {
		return this.reactivePosts.get(id).transformDeferred(CircuitBreakerOperator.of(this.circuitBreaker));
	}

	record Post(String title) {
	}

}
