package io.kintospring.embedded.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;

import io.kintospring.embedded.request.KintoRequest;
import io.kintospring.embedded.request.PendingRequest;
import io.kintospring.embedded.settings.Concurrency;
import io.kintospring.embedded.settings.KintoServerSettings;
import io.kintospring.embedded.settings.KintoSetting;
import io.kintospring.embedded.storage.Storage;
import io.kintospring.embedded.storage.Transaction;
import io.kintospring.embedded.storage.Transactions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Rounds of requests that are in flight at the same time. A sequence of random numbers
 * decides their order, and which of them are concurrent.
 * <p>
 * A concurrent request sees the objects at the beginning of its round, and is executed
 * after others. Some concurrent writes reserve their timestamp, and are executed at the
 * end of the next round. Any other request is a transaction that begins when the previous
 * one has ended.
 */
final class ConcurrentRequests {

	/**
	 * Order that does not depend on the time of arrival.
	 */
	private static final Comparator<KintoRequest> REPEATABLE = Comparator
		.comparing((KintoRequest request) -> request.method().name())
		.thenComparing(KintoRequest::path)
		.thenComparing((request) -> request.query().toString())
		.thenComparing((request) -> header(request, HttpHeaders.AUTHORIZATION))
		.thenComparing((request) -> header(request, HttpHeaders.IF_MATCH))
		.thenComparing((request) -> header(request, HttpHeaders.IF_NONE_MATCH))
		.thenComparing(KintoRequest::body, Arrays::compare);

	private static final int SLOW_DIVISOR = 2;

	private static final int COLLISION_PERCENTAGE = 10;

	private final boolean repeatableRead;

	private final int percentage;

	private final int seed;

	private final Storage storage;

	private final Transactions transactions;

	private List<Started> slow = List.of();

	private Random random;

	/**
	 * Create an empty sequence of rounds.
	 * @param settings the settings of the server
	 * @param storage the storage of the objects
	 * @param transactions the transactions of the storage
	 */
	ConcurrentRequests(KintoServerSettings settings, Storage storage, Transactions transactions) {
		this.repeatableRead = settings.get(KintoSetting.CONCURRENCY) == Concurrency.REPEATABLE_READ;
		this.percentage = settings.get(KintoSetting.CONCURRENCY_PERCENTAGE);
		this.seed = settings.get(KintoSetting.CONCURRENCY_SEED);
		this.storage = storage;
		this.transactions = transactions;
		this.random = new Random(this.seed);
	}

	/**
	 * Begin the sequence of random numbers again.
	 */
	void reset() {
		this.random = new Random(this.seed);
	}

	/**
	 * Execute the requests that wait for the end of the next round.
	 * @param executor executes a request in the current transaction, and ends it
	 */
	void complete(Consumer<PendingRequest> executor) {
		List<Started> late = this.slow;
		this.slow = List.of();
		late.forEach((request) -> execute(request, executor));
	}

	/**
	 * Execute a round.
	 * @param arrived the requests that have arrived since the previous round
	 * @param executor executes a request in the current transaction, and ends it
	 * @return whether there are requests that are executed after the next round
	 */
	boolean execute(List<PendingRequest> arrived, Consumer<PendingRequest> executor) {
		List<PendingRequest> requests = new ArrayList<>(arrived);
		requests.sort(Comparator.comparing(PendingRequest::request, REPEATABLE));
		Collections.shuffle(requests, this.random);
		List<Started> started = requests.stream().map(this::start).toList();
		Queue<Started> late = new ArrayDeque<>(this.slow);
		this.slow = started.stream().filter(Started::slow).toList();
		for (Started request : started) {
			if (isFlush(request.pending().request())) {
				// a flush waits for all writes that have begun
				complete(late, executor);
				complete(executor);
			}
			if (!request.slow()) {
				execute(request, executor);
			}
		}
		complete(late, executor);
		return !this.slow.isEmpty();
	}

	private void complete(Queue<Started> late, Consumer<PendingRequest> executor) {
		while (!late.isEmpty()) {
			execute(late.remove(), executor);
		}
	}

	private static boolean isFlush(KintoRequest request) {
		return request.method() == HttpMethod.POST && request.path().equals(UtilityEndpoints.FLUSH_PATH);
	}

	private Started start(PendingRequest request) {
		boolean concurrent = this.random.nextInt(100) < this.percentage;
		boolean slow = this.random.nextInt(SLOW_DIVISOR) == 0 && concurrent && !request.request().isReading()
				&& !isFlush(request.request());
		Random collisions = new Random(this.random.nextLong());
		if (!concurrent) {
			return new Started(request, null, false);
		}
		Transaction transaction = new Transaction(this.repeatableRead, slow ? this.storage.reserveTimestamp() : null,
				() -> collisions.nextInt(100) < COLLISION_PERCENTAGE);
		this.transactions.begin(transaction);
		return new Started(request, transaction, slow);
	}

	private void execute(Started request, Consumer<PendingRequest> executor) {
		if (request.transaction() != null) {
			this.transactions.execute(request.transaction());
		}
		executor.accept(request.pending());
	}

	private static String header(KintoRequest request, String name) {
		String value = request.headers().getFirst(name);
		return (value != null) ? value : "";
	}

	/**
	 * Request that has begun.
	 *
	 * @param pending the request
	 * @param transaction the transaction if it is concurrent with others, or {@code null}
	 * @param slow whether it is executed at the end of the next round
	 */
	private record Started(PendingRequest pending, @Nullable Transaction transaction, boolean slow) {

	}

}
