package io.kintospring.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.kintospring.KintoObject;
import io.kintospring.KintoTransportException;
import io.kintospring.protocol.CollectionCalls;
import io.kintospring.protocol.KintoResponse;
import io.kintospring.protocol.KintoSequence;
import org.junit.jupiter.api.Test;
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

	private <E> SequentialSlices<E> parts(KintoSequence<E> sequence) {
		Sinks.One<KintoResponse> response = Sinks.one();
		this.responses.put(sequence, response);
		return new SequentialSlices<>(sequence.first(),
				(call) -> new InFlight((head) -> response.asMono(), Runnable::run), () -> Duration.ZERO);
	}

}
