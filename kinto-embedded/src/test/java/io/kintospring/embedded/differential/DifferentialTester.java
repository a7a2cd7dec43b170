package io.kintospring.embedded.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.kintospring.embedded.EmbeddedKintoServer;
import io.kintospring.embedded.conformance.Difference;
import io.kintospring.embedded.conformance.Replay;
import io.kintospring.embedded.conformance.ScenarioClient;
import io.kintospring.embedded.settings.KintoServerSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Comparison of embedded servers with a reference server, by random sequences of
 * requests.
 */
final class DifferentialTester {

	private static final int MAX_ATTEMPTS = 600;

	private static final int MAX_OF_A_KIND = 5;

	private static final AtomicLong NONCES = new AtomicLong(System.currentTimeMillis() * 1000);

	/** Letters instead of digits, because no filter of a sequence looks for them. */
	private static final String NONCE_LETTERS = "ghjkmpqvwz";

	private final String reference;

	private final KintoServerSettings settings;

	private final Set<KnownDifference> avoided;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/**
	 * Create a tester.
	 * @param reference the URL of the reference server
	 * @param settings the settings of the embedded servers
	 * @param avoided the known differences to avoid
	 */
	DifferentialTester(String reference, KintoServerSettings settings, Set<KnownDifference> avoided) {
		this.reference = reference;
		this.settings = settings;
		this.avoided = avoided;
	}

	/**
	 * Compare the servers.
	 * @param seed the seed of the first sequence; the next one has the next seed
	 * @param sequences the number of sequences
	 * @param threads the number of sequences at the same time
	 * @param limit the number of different findings after which the run ends
	 * @return one minimal sequence for each kind of difference
	 */
	Collection<Finding> run(long seed, int sequences, int threads, int limit)
			throws InterruptedException, ExecutionException {
		Map<String, Finding> findings = new ConcurrentHashMap<>();
		Map<String, Integer> minimized = new ConcurrentHashMap<>();
		AtomicLong next = new AtomicLong(seed);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> workers = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				workers.add(executor.submit(() -> {
					work(next, seed + sequences, limit, findings, minimized);
					return null;
				}));
			}
			for (Future<?> worker : workers) {
				worker.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		return findings.values();
	}

	private void work(AtomicLong next, long end, int limit, Map<String, Finding> findings,
			Map<String, Integer> minimized) {
		try (EmbeddedKintoServer server = EmbeddedKintoServer.builder().settings(this.settings).start()) {
			for (long seed = next.getAndIncrement(); seed < end
					&& findings.size() < limit; seed = next.getAndIncrement()) {
				List<Step> steps = RandomSequence.of(seed, this.avoided);
				String name = "random/" + seed;
				compare(server, name, steps)
					.filter((finding) -> minimized.merge(finding.kind(), 1, Integer::sum) <= MAX_OF_A_KIND)
					.flatMap((finding) -> minimize(server, name, steps, finding.kind()))
					.ifPresent((finding) -> findings.putIfAbsent(finding.detailedKind(), finding));
			}
		}
	}

	/**
	 * Reduce a sequence, unless the difference does not appear again.
	 */
	private Optional<Finding> minimize(EmbeddedKintoServer server, String name, List<Step> steps, String kind) {
		if (!differs(server, name, steps, kind)) {
			return Optional.empty();
		}
		List<Step> minimal = new Minimizer((candidate) -> !isKnown(candidate) && differs(server, name, candidate, kind),
				MAX_ATTEMPTS)
			.minimize(steps);
		return compare(server, name, minimal);
	}

	private boolean isKnown(List<Step> steps) {
		return steps.stream()
			.anyMatch(
					(step) -> KnownDifference.any(this.avoided, steps.subList(0, steps.indexOf(step)), step.request()));
	}

	private boolean differs(EmbeddedKintoServer server, String name, List<Step> steps, String kind) {
		return compare(server, name, steps).filter((finding) -> finding.kind().equals(kind)).isPresent();
	}

	private Optional<Finding> compare(EmbeddedKintoServer server, String name, List<Step> steps) {
		try {
			ScenarioClient recording = new ScenarioClient(this.client, this.reference);
			ObjectNode scenario = new Recorder(recording, nonce()).record(name, steps);
			server.flush();
			Optional<Difference> difference = new Replay(new ScenarioClient(this.client, server.url()))
				.play(scenario.toString(), "response");
			return difference.filter((found) -> !isIgnored(found)).map((found) -> Finding.of(scenario, found));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return whether the difference is an error of Kinto itself, which is not imitated,
	 * or a conflict with a bucket of another sequence.
	 */
	private static boolean isIgnored(Difference difference) {
		JsonNode response = difference.expected();
		return response.path("status").asInt(0) == 500 || (response.path("body").path("errno").asInt(0) == 122
				&& difference.request().path("path").asString("").matches("/buckets(/[^/?]*)?([?].*)?"));
	}

	private static String nonce() {
		return Long.toString(NONCES.incrementAndGet())
			.chars()
			.mapToObj((digit) -> NONCE_LETTERS.substring(digit - '0', digit - '0' + 1))
			.collect(Collectors.joining());
	}

}
