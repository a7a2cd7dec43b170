package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kintospring.KintoConflictException;
import io.kintospring.protocol.KintoBatchException;
import io.kintospring.protocol.KintoCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.template.Flavour;
import io.kintospring.template.KintoOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KintoClient#statistics()}.
 */
@ParameterizedClass
@EnumSource
@Timeout(20)
class StatisticsTests {

	private static final KintoResponse RECORD = Calls.answer(200, "{\"data\":{\"id\":\"r\",\"last_modified\":5}}");

	private static final KintoResponse CONFLICT = Calls.answer(412,
			"{\"errno\":114,\"details\":{\"existing\":{\"id\":\"r\",\"last_modified\":6}}}");

	private final Deque<KintoResponse> answers = new ArrayDeque<>();

	private final KintoClient client = KintoClient.builder((request) -> Mono.fromSupplier(this.answers::remove))
		.build();

	@Parameter
	private Flavour flavour;

	@Test
	void newClientHasCountedNothing() {
		assertThat(this.client.statistics()).isEqualTo(new KintoClientStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void conflictsOfSingleCallsAndInBatchesAreCounted() {
		this.answers.add(Calls.answer(412, "{\"errno\":114}"));
		KintoOperations kinto = kinto(this.client);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> kinto.buckets().create("b"));
		assertThat(this.client.statistics().conflicts()).isOne();
		this.answers.add(Calls.answer(200, """
				{"responses": [{"status": 412, "body": {"errno": 114}},
				  {"status": 404, "body": {"errno": 110}},
				  {"status": 412, "body": {"errno": 114}}]}"""));
		assertThatExceptionOfType(KintoBatchException.class)
			.isThrownBy(() -> kinto.batch(List.of(kinto.buckets().calls().create("b"), kinto.buckets().calls().get("c"),
					kinto.buckets().calls().create("d")), (options) -> options.maxRequests(25)));
		assertThat(this.client.statistics()).isEqualTo(new KintoClientStatistics(0, 3, 0, 0, 0, 0, 1, 3, 0, 0));
	}

	/**
	 * Of three attempts, two are repeated. The second one takes the object from the
	 * conflict, the third one reads it again.
	 */
	@Test
	void repeatedAttemptsOfUpdatesAreCounted() {
		this.answers.addAll(List.of(RECORD, CONFLICT, CONFLICT, RECORD, RECORD));
		kinto(this.client).bucket("b").collection("c").update("r", (data) -> Map.of("stars", 1));
		assertThat(this.client.statistics()).isEqualTo(new KintoClientStatistics(0, 2, 2, 0, 0, 0, 0, 0, 0, 0));
		assertThat(this.answers).isEmpty();
	}

	@Test
	void signalsAreCounted() {
		this.answers.add(Calls.found("Backoff", "30", "Retry-After", "10"));
		this.answers.add(Calls.found("Backoff", "20", "Retry-After", "10", "Alert", "{\"code\": \"soft-eol\"}"));
		this.answers.add(Calls.found("Backoff", "10"));
		IntStream.range(0, 3).forEach((i) -> kinto(this.client).bucket("b").attributes().get());
		assertThat(this.client.statistics()).isEqualTo(new KintoClientStatistics(0, 0, 0, 3, 2, 1, 0, 0, 0, 0));
	}

	@Test
	void requestsAndCallsOfBatchesAreCounted() {
		String created = "{\"status\":201,\"body\":{\"data\":{\"id\":\"x\",\"last_modified\":1}}}";
		this.answers.add(Calls.answer(200, "{\"responses\":[" + created + "," + created + "]}"));
		this.answers.add(Calls.answer(201, "{\"data\":{\"id\":\"x\",\"last_modified\":1}}"));
		KintoOperations kinto = kinto(this.client);
		kinto.batch(Stream.generate(() -> kinto.buckets().calls().create("x")).limit(3).toList(),
				(options) -> options.maxRequests(2));
		assertThat(this.client.statistics()).isEqualTo(new KintoClientStatistics(0, 0, 0, 0, 0, 0, 2, 3, 0, 0));
	}

	@Test
	void pagesOfStreamsAreCounted() {
		KintoClient paged = KintoClient.builder(new PagedTransport(3, 2)).build();
		assertThat(kinto(paged).bucket("b").collection("c").stream().toList()).hasSize(6);
		assertThat(kinto(paged).bucket("b").collection("c").list().data()).hasSize(2);
		assertThat(paged.statistics()).isEqualTo(new KintoClientStatistics(0, 0, 0, 0, 0, 0, 0, 0, 1, 3));
	}

	@Test
	void pagesOfParallelStreamsAreCountedForOneStream() {
		KintoClient paged = KintoClient.builder(new PagedTransport(1, 2)).build();
		assertThat(kinto(paged).bucket("b").collection("c").streamInParallel(4).toList()).hasSize(2);
		assertThat(paged.statistics()).isEqualTo(new KintoClientStatistics(0, 0, 0, 0, 0, 0, 0, 0, 1, 1));
	}

	@Test
	void pollsOfWatchesAreNoPages() {
		KintoClient paged = KintoClient.builder(new PagedTransport(1, 2)).build();
		assertThat(kinto(paged).bucket("b").collection("c").watch(null, Duration.ofDays(1)).limit(1)).hasSize(1);
		assertThat(paged.statistics()).isEqualTo(new KintoClientStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void clientsCountSeparately() {
		this.answers.add(Calls.answer(412, "{\"errno\":114}"));
		KintoClient other = this.client.mutate().build();
		KintoOperations kinto = kinto(other);
		assertThatExceptionOfType(KintoConflictException.class).isThrownBy(() -> kinto.buckets().create("b"));
		assertThat(other.statistics().conflicts()).isOne();
		assertThat(this.client.statistics().conflicts()).isZero();
	}

	private KintoOperations kinto(KintoClient of) {
		return this.flavour.template(of, KintoCalls.defaults());
	}

}
