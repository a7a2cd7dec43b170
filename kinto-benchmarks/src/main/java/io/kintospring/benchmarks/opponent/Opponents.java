package io.kintospring.benchmarks.opponent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.micrometer.observation.ObservationRegistry;

/**
 * Registry of the opponents that run in a JVM, by name.
 */
public final class Opponents {

	/** Name of the opponent that the others are compared with. */
	public static final String BASELINE = "WebClient";

	/** Names of the opponents of this project. */
	public static final List<String> OURS = List.of("KintoTemplate", "ReactiveKintoTemplate");

	private static final String UNOBSERVED = "-unobserved";

	private static final String OBSERVED_TWICE = "-observed-twice";

	private static final Map<String, Function<String, Opponent>> FACTORIES = new LinkedHashMap<>();

	/** Opponents with other observations, which run only if selected by name. */
	private static final Map<String, Function<String, Opponent>> VARIANTS = new LinkedHashMap<>();

	static {
		kinto(OURS.get(0), KintoTemplateOpponent::new);
		kinto(OURS.get(1), ReactiveKintoTemplateOpponent::new);
		FACTORIES.put(BASELINE, (url) -> new WebClientOpponent(url, Metrics.observations()));
		VARIANTS.put(BASELINE + UNOBSERVED, (url) -> new WebClientOpponent(url, ObservationRegistry.NOOP));
		FACTORIES.put("RestClient", RestClientOpponent::new);
		FACTORIES.put("ReactorNetty", ReactorNettyOpponent::new);
	}

	private Opponents() {
	}

	private static void kinto(String name, KintoFactory factory) {
		FACTORIES.put(name, (url) -> factory.create(url, Metrics.observations(), ObservationRegistry.NOOP));
		VARIANTS.put(name + UNOBSERVED,
				(url) -> factory.create(url, ObservationRegistry.NOOP, ObservationRegistry.NOOP));
		VARIANTS.put(name + OBSERVED_TWICE, (url) -> {
			ObservationRegistry observations = Metrics.observations();
			return factory.create(url, observations, observations);
		});
	}

	/**
	 * Return the opponents that run by default.
	 * @return the names
	 */
	public static Set<String> names() {
		return FACTORIES.keySet();
	}

	/**
	 * Return the opponents that run only if selected by name.
	 * @return the names
	 */
	public static Set<String> variants() {
		return VARIANTS.keySet();
	}

	/**
	 * Create an opponent.
	 * @param name the name of the opponent
	 * @param url the root URL of the API
	 * @return the opponent
	 */
	public static Opponent create(String name, String url) {
		Function<String, Opponent> factory = FACTORIES.getOrDefault(name, VARIANTS.get(name));
		if (factory == null) {
			throw new IllegalArgumentException(
					"Unknown opponent " + name + ", must be one of " + names() + " or " + variants());
		}
		return factory.apply(url);
	}

	/**
	 * Factory for an opponent with one of this project's templates.
	 */
	private interface KintoFactory {

		Opponent create(String url, ObservationRegistry observations, ObservationRegistry httpObservations);

	}

}
