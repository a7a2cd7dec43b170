package io.kintospring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;

import io.kintospring.KintoObject;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ParallelSlices}.
 */
class ParallelSlicesTests {

	private static final CollectionCalls<Map<String, Object>> RECORDS = Calls.KINTO.bucket("b").collection("c");

	private final Map<KintoSequence<?>, Sinks.One<KintoResponse>> responses = new HashMap<>();

	@Test
	void concurrentFailureIsReportedSeparately() {
		KintoSequence<KintoObject<Map<String, Object>>> failing = RECORDS.stream();
		KintoSequence<KintoObject<Map<String, Object>>> answered = RECORDS.stream();
		ParallelSlices<KintoObject<Map<String, Object>>> parts = new ParallelSlices<>(List.of(failing, answered), 2,
				this::parts);
		InFlight first = parts.next();
		KintoResponse response = Calls.answer(200, "{\"data\":[{\"id\":\"x\",\"last_modified\":5}]}", "ETag", "\"5\"");
		this.responses.get(answered).tryEmitValue(response);
		this.responses.get(failing).tryEmitError(new KintoTransportException("reset", null));
		assertThat(first.response()).isCompletedWithValue(response);
		assertThat(parts.read(response)).hasSize(1);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> parts.next().response().join())
			.withCauseInstanceOf(KintoTransportException.class);
	}

	@Test
	void everySequenceIsReadToItsEnd() {
		PagedTransport transport = new PagedTransport(3, 2);
		ParallelSlices<KintoObject<Map<String, Object>>> slices = slices(transport, 3, 2);
		List<String> ids = new ArrayList<>();
		while (!slices.isFinished()) {
			KintoResponse page = Objects.requireNonNull(slices.next()).response().join();
			slices.read(page).forEach((record) -> ids.add(record.id()));
		}
		assertThat(ids).hasSize(18).containsOnly("0", "1", "2", "3", "4", "5");
		assertThat(transport.asked()).hasSize(9);
	}

	@Test
	void closingCancelsTheRequestsInFlight() {
		PagedTransport transport = new PagedTransport(3, 2).answer(1, Mono.never());
		ParallelSlices<KintoObject<Map<String, Object>>> slices = slices(transport, 3, 2);
		assertThat(Objects.requireNonNull(slices.next()).response()).isNotDone();
		slices.close();
		assertThat(transport.cancelled()).isEqualTo(2);
		assertThat(slices.isFinished()).isTrue();
		assertThat(slices.next()).isNull();
		assertThat(transport.asked()).hasSize(2);
	}

	private static ParallelSlices<KintoObject<Map<String, Object>>> slices(PagedTransport transport, int sequences,
			int parallel) {
		return new ParallelSlices<>(Collections.nCopies(sequences, RECORDS.stream()), parallel,
				(sequence) -> new SequentialSlices<>(sequence.first(),
						(call) -> new InFlight((head) -> transport.exchange(call.request()), Runnable::run),
						() -> Duration.ZERO));
	}

	private <E> SequentialSlices<E> parts(KintoSequence<E> sequence) {
		Sinks.One<KintoResponse> response = Sinks.one();
		this.responses.put(sequence, response);
		return new SequentialSlices<>(sequence.first(),
				(call) -> new InFlight((head) -> response.asMono(), Runnable::run), () -> Duration.ZERO);
	}

}
