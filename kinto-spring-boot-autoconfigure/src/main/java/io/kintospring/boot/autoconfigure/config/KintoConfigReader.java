package io.kintospring.boot.autoconfigure.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.KintoTransportException;
import io.kintospring.boot.autoconfigure.KintoBootstrapConnection;
import io.kintospring.client.KintoClient;
import io.kintospring.template.ReactiveCollectionOperations;
import io.kintospring.template.ReactiveKintoPage;
import io.kintospring.template.ReactiveKintoTemplate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reader of configuration, with a client of its own.
 */
final class KintoConfigReader implements AutoCloseable {

	private final KintoConfigDataResource resource;

	private final KintoClient client;

	private final ReactiveCollectionOperations<Map<String, Object>> records;

	KintoConfigReader(KintoConfigDataResource resource) {
		this.resource = resource;
		KintoBootstrapConnection connection = resource.connection();
		this.client = connection.open();
		this.records = new ReactiveKintoTemplate(this.client, connection.calls()).bucket(resource.bucket())
			.collection(resource.collection());
	}

	/**
	 * Read the properties, and wait for them.
	 * @param known the version that is known, or {@code null} to read any version
	 * @return the properties, or empty if they still have this version. An object that
	 * may be missing, and is missing, has no properties.
	 * @throws io.kintospring.KintoException if the properties cannot be read
	 * @throws KintoConfigDataException if the data cannot be used as properties
	 */
	Optional<KintoConfig> readIfChanged(@Nullable KintoTimestamp known) {
		Duration timeout = this.resource.connection().configTimeout();
		Mono<KintoConfig> config = (this.resource.record() != null) ? readRecord(this.resource.record(), known)
				: readCollection(known);
		return config
			.onErrorResume(KintoNotFoundException.class,
					(ex) -> this.resource.mayBeMissing() ? Mono.just(KintoConfig.MISSING) : Mono.error(ex))
			.timeout(timeout,
					Mono.error(() -> new KintoTransportException(
							"no complete response within " + timeout.toMillis() + "ms (kinto.config.timeout)", null)))
			.blockOptional();
	}

	private Mono<KintoConfig> readRecord(String id, @Nullable KintoTimestamp known) {
		return this.records.getIfChanged(id, known).map((record) -> config(record.lastModified(), List.of(record)));
	}

	/**
	 * Read all pages in the order of ids. In the default order, a record that changes
	 * meanwhile would move to a page that was read already.
	 */
	private Mono<KintoConfig> readCollection(@Nullable KintoTimestamp known) {
		Mono<ReactiveKintoPage<Map<String, Object>>> all = this.records
			.list((query) -> query.sort("id").pages(Integer.MAX_VALUE));
		return ((known != null) ? this.records.listIfChanged(known, (query) -> query.limit(1)).flatMap((page) -> all)
				: all)
			.map((page) -> config(page.timestamp(), page.data()));
	}

	private KintoConfig config(KintoTimestamp version, Iterable<KintoObject<Map<String, Object>>> objects) {
		RecordProperties properties = new RecordProperties(this.resource);
		objects.forEach(properties::add);
		return new KintoConfig(version, properties.asMap());
	}

	/**
	 * Return how long the server asks to wait before the next request.
	 */
	Duration backoff() {
		return this.client.remainingBackoff();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
