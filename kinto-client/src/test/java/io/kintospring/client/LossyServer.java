package io.kintospring.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.kintospring.protocol.KintoRequest;
import io.kintospring.protocol.KintoResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;

/**
 * Server that stores records with stars. Like Kinto on PostgreSQL with its default
 * isolation level, it compares versions before it writes, and not at the same time.
 */
final class LossyServer implements KintoTransport {

	private static final Duration BETWEEN_COMPARISON_AND_WRITE = Duration.ofMillis(5);

	private final Map<String, Stored> records = new ConcurrentHashMap<>();

	@Override
	public Mono<KintoResponse> exchange(KintoRequest request) {
		return Mono.defer(() -> (request.method() == HttpMethod.GET) ? Mono.just(answer(200, record(request.path())))
				: write(request));
	}

	private Mono<KintoResponse> write(KintoRequest request) {
		Stored stored = record(request.path());
		if (!("\"" + stored.version() + "\"").equals(request.headers().getFirst("If-Match"))) {
			return Mono.just(answer(412, stored));
		}
		int stars = stars(request);
		return Mono.delay(BETWEEN_COMPARISON_AND_WRITE)
			.map((written) -> answer(200, this.records.merge(request.path(), new Stored(stored.version() + 1, stars),
					(before, after) -> new Stored(before.version() + 1, stars))));
	}

	Stored record(String path) {
		return this.records.computeIfAbsent(path, (missing) -> new Stored(1, 0));
	}

	private static int stars(KintoRequest request) {
		try {
			return new JsonMapper().readTree(Objects.requireNonNull(request.body()).getContentAsByteArray())
				.at("/data/stars")
				.intValue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static KintoResponse answer(int status, Stored stored) {
		String data = "{\"id\":\"r\",\"last_modified\":%d,\"stars\":%d}".formatted(stored.version(), stored.stars());
		return Calls.answer(status, (status == 412) ? "{\"errno\":114,\"details\":{\"existing\":" + data + "}}"
				: "{\"data\":" + data + "}");
	}

	record Stored(long version, int stars) {
	}

}
