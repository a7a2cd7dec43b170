package io.kintospring.boot.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.kintospring.client.KintoClient;
import io.kintospring.client.KintoClientStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Metrics of the statistics and the remaining backoff of a client. All meters have the
 * tags {@code client} and {@code server}. A registry only keeps a weak reference to the
 * client.
 *
 * @see KintoClient#statistics()
 * @see KintoClient#remainingBackoff()
 */
public final class KintoClientMetrics implements MeterBinder {

	private final KintoClient client;

	private final Tags tags;

	/**
	 * Create the metrics.
	 * @param client the client
	 * @param name the value of the tag {@code client}, which distinguishes the clients of
	 * one server
	 */
	public KintoClientMetrics(KintoClient client, String name) {
		this.client = client;
		this.tags = Tags.of("client", name, "server", client.name());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		TimeGauge
			.builder("kinto.client.backoff", this.client, TimeUnit.MILLISECONDS,
					(client) -> client.remainingBackoff().toMillis())
			.description("Remaining time for which the server asks clients to send fewer requests")
			.tags(this.tags)
			.register(registry);
		bindSignals(registry, "backoff", KintoClientStatistics::backoffs);
		bindSignals(registry, "retry-after", KintoClientStatistics::retryAfters);
		bindSignals(registry, "alert", KintoClientStatistics::alerts);
		bind(registry, "kinto.client.retries", "Requests that were sent again after a failure", this.tags,
				KintoClientStatistics::retries);
		bind(registry, "kinto.client.conflicts",
				"Conflicts (412), also within batches: an object was changed concurrently, or exists already",
				this.tags, KintoClientStatistics::conflicts);
		bind(registry, "kinto.client.updates.repeated", "Attempts of updates that were repeated after a conflict",
				this.tags, KintoClientStatistics::repeatedUpdates);
		bind(registry, "kinto.client.batch.requests", "Requests that were sent for batches", this.tags,
				KintoClientStatistics::batchRequests);
		bind(registry, "kinto.client.batch.calls", "Calls in the requests that were sent for batches", this.tags,
				KintoClientStatistics::batchCalls);
		bind(registry, "kinto.client.streams", "Streams that were started, without watches", this.tags,
				KintoClientStatistics::streams);
		bind(registry, "kinto.client.stream.pages", "Pages that streams received", this.tags,
				KintoClientStatistics::streamPages);
	}

	private void bindSignals(MeterRegistry registry, String signal, ToLongFunction<KintoClientStatistics> value) {
		bind(registry, "kinto.client.signals", "Backoff, Retry-After and Alert headers of the server",
				this.tags.and("signal", signal), value);
	}

	private void bind(MeterRegistry registry, String name, String description, Tags with,
			ToLongFunction<KintoClientStatistics> value) {
		FunctionCounter.builder(name, this.client, (client) -> value.applyAsLong(client.statistics()))
			.description(description)
			.tags(with)
			.register(registry);
	}

}
